package io.stemline.bsseval;

/** Signals or settings that cannot be scored. The message is one sentence that names the signal or setting at fault. */
public final class ScoringException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    ScoringException(String message) {
        super(message);
    }
}
