package io.stemline.training.soundfont;

/** A sound font cannot be used; the message names it and says why. */
public final class SoundFontException extends RuntimeException {
    public SoundFontException(String message) {
        super(message);
    }

    public SoundFontException(String message, Throwable cause) {
        super(message, cause);
    }
}
