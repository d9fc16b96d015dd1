package io.stemline.local;

/** Something on this machine does not start or stop; the message names it and says what can be done. */
public class LocalStackException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** A failure with nothing underneath. */
    public LocalStackException(String message) {
        super(message);
    }

    /** A failure that something else caused. */
    public LocalStackException(String message, Throwable cause) {
        super(message, cause);
    }
}
