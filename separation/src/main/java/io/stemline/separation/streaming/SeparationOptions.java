package io.stemline.separation.streaming;

import io.stemline.separation.model.StemFilter;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How a caller wants a mixture to be separated.
 *
 * @param lengthFrames the mixture's length, passed on to the listener
 * @param listener hears of progress
 * @param cancellation stops the separation
 * @param stems which stems come out, and in which form
 * @param refinement how much work goes into them
 * @param filter how spectra of stems are made of masks; empty for what the model's card says
 */
public record SeparationOptions(
        OptionalLong lengthFrames,
        SeparationListener listener,
        Cancellation cancellation,
        StemWishes stems,
        Refinement refinement,
        Optional<StemFilter> filter) {

    /** No wishes. */
    public static SeparationOptions none() {
        return new SeparationOptions(
                OptionalLong.empty(),
                (done, total) -> {},
                new Cancellation(),
                StemWishes.ALL,
                Refinement.NONE,
                Optional.empty());
    }

    public SeparationOptions withLengthFrames(long lengthFrames) {
        return new SeparationOptions(OptionalLong.of(lengthFrames), listener, cancellation, stems, refinement, filter);
    }

    public SeparationOptions withListener(SeparationListener listener) {
        return new SeparationOptions(lengthFrames, listener, cancellation, stems, refinement, filter);
    }

    public SeparationOptions withCancellation(Cancellation cancellation) {
        return new SeparationOptions(lengthFrames, listener, cancellation, stems, refinement, filter);
    }

    public SeparationOptions withStems(StemWishes stems) {
        return new SeparationOptions(lengthFrames, listener, cancellation, stems, refinement, filter);
    }

    public SeparationOptions withRefinement(Refinement refinement) {
        return new SeparationOptions(lengthFrames, listener, cancellation, stems, refinement, filter);
    }

    /** The same, with a filter, or with that of the model's card if it is empty. */
    public SeparationOptions withFilter(Optional<StemFilter> filter) {
        return new SeparationOptions(lengthFrames, listener, cancellation, stems, refinement, filter);
    }
}
