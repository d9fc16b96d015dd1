package io.stemline.trainer.runs;

/** A run that cannot be made, or not be gone on with, and that no repetition helps. The sentence is what people read. */
final class RefusedRunException extends Exception {
    private static final long serialVersionUID = 1L;

    RefusedRunException(String sentence) {
        super(sentence);
    }

    RefusedRunException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
