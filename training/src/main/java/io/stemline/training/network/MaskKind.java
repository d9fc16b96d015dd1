package io.stemline.training.network;

/** Whether a cell of the spectrogram may be shared by stems. */
public enum MaskKind {
    /** Masks have every value from 0 to 1. */
    SOFT,
    /**
     * In inference a cell belongs to a stem entirely or not at all: masks are 1 from one half on and 0 below. In training
     * they stay soft, because a step has no gradient.
     */
    BINARY
}
