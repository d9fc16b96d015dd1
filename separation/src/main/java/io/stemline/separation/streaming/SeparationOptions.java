package io.stemline.separation.streaming;

import java.util.OptionalLong;

/**
 * How a caller wants a mixture to be separated.
 *
 * @param lengthFrames the mixture's length, passed on to the listener
 * @param listener hears of progress
 * @param cancellation stops the separation
 * @param stems which stems come out, and in which form
 * @param refinement how much work goes into them
 */
public record SeparationOptions(
        OptionalLong lengthFrames,
        SeparationListener listener,
        Cancellation cancellation,
        StemWishes stems,
        Refinement refinement) {

    /** No wishes. */
    public static SeparationOptions none() {
        return new SeparationOptions(
                OptionalLong.empty(), (done, total) -> {}, new Cancellation(), StemWishes.ALL, Refinement.NONE);
    }

    public SeparationOptions withLengthFrames(long lengthFrames) {
        return new SeparationOptions(OptionalLong.of(lengthFrames), listener, cancellation, stems, refinement);
    }

    public SeparationOptions withListener(SeparationListener listener) {
        return new SeparationOptions(lengthFrames, listener, cancellation, stems, refinement);
    }

    public SeparationOptions withCancellation(Cancellation cancellation) {
        return new SeparationOptions(lengthFrames, listener, cancellation, stems, refinement);
    }

    public SeparationOptions withStems(StemWishes stems) {
        return new SeparationOptions(lengthFrames, listener, cancellation, stems, refinement);
    }

    public SeparationOptions withRefinement(Refinement refinement) {
        return new SeparationOptions(lengthFrames, listener, cancellation, stems, refinement);
    }
}
