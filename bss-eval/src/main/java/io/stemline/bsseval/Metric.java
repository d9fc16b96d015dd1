package io.stemline.bsseval;

/** The figures of BSS Eval. */
public enum Metric {
    /** Source to distortion ratio. */
    SDR,
    /** Image to spatial distortion ratio. */
    ISR,
    /** Source to interference ratio. */
    SIR,
    /** Source to artifacts ratio. */
    SAR
}
