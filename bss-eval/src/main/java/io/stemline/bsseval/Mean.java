package io.stemline.bsseval;

/** What becomes of the signals' mean values before scale-invariant scoring. */
public enum Mean {
    /** The signals are scored as they are. */
    KEPT,
    /** The mean over all scored samples of a signal is subtracted from it first. */
    REMOVED
}
