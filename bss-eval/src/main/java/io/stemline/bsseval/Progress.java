package io.stemline.bsseval;

/** Told how far a scoring has come, from any of its threads, one call at a time. */
@FunctionalInterface
public interface Progress {
    /** Nobody is told. */
    Progress NONE = fraction -> {};

    /** {@code fraction} is the share of the work that is done, from 0 to 1, and never falls. */
    void at(double fraction);
}
