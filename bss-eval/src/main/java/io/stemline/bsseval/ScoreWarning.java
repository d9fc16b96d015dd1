package io.stemline.bsseval;

import java.util.Set;

/**
 * Something that the reader of the figures must know.
 *
 * @param kind what it is
 * @param distrusted the figures that it makes unreliable; empty if all stand
 * @param message one sentence for people
 */
public record ScoreWarning(Kind kind, Set<Metric> distrusted, String message) {

    /** Kinds of warnings. */
    public enum Kind {
        /** The references' shifted copies are linearly dependent within rounding. */
        SINGULAR_SYSTEM,
        /** An estimate was padded or cut to the length of the references. */
        LENGTH_CHANGED,
        /** Fewer than two windows fit, and the whole signal was scored as one. */
        WHOLE_SIGNAL
    }

    public ScoreWarning {
        distrusted = Set.copyOf(distrusted);
    }
}
