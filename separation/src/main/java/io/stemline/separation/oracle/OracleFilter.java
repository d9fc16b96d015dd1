package io.stemline.separation.oracle;

/** Estimates the sources in one frame. */
sealed interface OracleFilter permits IdealMask, OracleWiener {

    /**
     * Estimates them.
     *
     * @param re receives the real parts, {@code [source][channel][bin]}
     * @param im receives the imaginary parts, likewise
     */
    void apply(OracleFrame frame, float[][][] re, float[][][] im);
}
