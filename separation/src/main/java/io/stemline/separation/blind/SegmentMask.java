package io.stemline.separation.blind;

/** Says which share of a segment is the first of two stems. Used by one thread. */
interface SegmentMask {

    /**
     * Computes the share.
     *
     * @param mixture the segment
     * @param mask receives it, 0 to 1, {@code [channel][frame * bins + bin]}
     */
    void compute(SegmentSpectrum mixture, float[][] mask);
}
