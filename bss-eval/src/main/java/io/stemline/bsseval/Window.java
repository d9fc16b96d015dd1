package io.stemline.bsseval;

/** A stretch of the signals that gets figures of its own. */
public record Window(long startFrame, long lengthFrames) {

    public double startSeconds(double sampleRateHz) {
        return startFrame / sampleRateHz;
    }

    public double lengthSeconds(double sampleRateHz) {
        return lengthFrames / sampleRateHz;
    }
}
