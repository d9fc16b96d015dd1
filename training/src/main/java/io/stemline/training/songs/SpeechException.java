package io.stemline.training.songs;

/** Speech that cannot be sung with; the message names the file or folder. */
public final class SpeechException extends RuntimeException {
    private static final long serialVersionUID = 1;

    SpeechException(String message) {
        super(message);
    }

    SpeechException(String message, Throwable cause) {
        super(message, cause);
    }
}
