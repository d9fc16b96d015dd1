package io.stemline.cli.scores;

/** Tracks that cannot be found, or a folder of scores that cannot be used. The message names the file or folder. */
public final class ScoresException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ScoresException(String message) {
        super(message);
    }

    ScoresException(String message, Throwable cause) {
        super(message, cause);
    }
}
