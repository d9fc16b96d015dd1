package io.stemline.separation.streaming;

/** Tells a listener, in frames of the mixture, how much of the stems is written. */
record WritingProgress(SeparationOptions options, int mixtureRateHz, int stemsRateHz) {

    void written(long stemFrames) {
        long mixtureFrames = Math.multiplyExact(stemFrames, (long) mixtureRateHz) / stemsRateHz;
        options.listener().progress(mixtureFrames, options.lengthFrames());
    }
}
