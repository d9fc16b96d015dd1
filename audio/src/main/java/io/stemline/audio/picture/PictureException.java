package io.stemline.audio.picture;

/** A picture cannot be drawn or written. */
public final class PictureException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    PictureException(String message, Throwable cause) {
        super(message, cause);
    }
}
