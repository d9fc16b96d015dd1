package io.stemline.separation.streaming;

import java.util.OptionalLong;

/**
 * What a caller may wish for besides the stems.
 *
 * @param lengthFrames the mixture's length, passed on to the listener
 * @param listener hears of progress
 * @param cancellation stops the separation
 */
public record SeparationOptions(OptionalLong lengthFrames, SeparationListener listener, Cancellation cancellation) {

    /** No wishes. */
    public static SeparationOptions none() {
        return new SeparationOptions(OptionalLong.empty(), (done, total) -> {}, new Cancellation());
    }

    public SeparationOptions withLengthFrames(long lengthFrames) {
        return new SeparationOptions(OptionalLong.of(lengthFrames), listener, cancellation);
    }

    public SeparationOptions withListener(SeparationListener listener) {
        return new SeparationOptions(lengthFrames, listener, cancellation);
    }

    public SeparationOptions withCancellation(Cancellation cancellation) {
        return new SeparationOptions(lengthFrames, listener, cancellation);
    }
}
