package io.stemline.audio.spectrum;

/**
 * What stands before the beginning and after the end of a signal when frames are centred.
 */
public enum CenterPadding {
    /** Silence. */
    ZERO,
    /** The signal mirrored at its first and last sample, which are not repeated. */
    REFLECT
}
