package io.stemline.separation.streaming;

/** Makes samples of one group of channels, at the network's rate, of what the network says. */
sealed interface SegmentSynthesis permits SpectrogramSynthesis, WaveformSynthesis {

    /**
     * Takes the next segment of the group and adds what is finished with it to the stems.
     *
     * @param stems a queue for each synthesised stem, of all channels of the mixture
     */
    void accept(Segment segment, SampleQueue[] stems);
}
