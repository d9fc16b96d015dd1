package io.stemline.audio;

import java.nio.file.Path;

/**
 * The file was read, but it holds no sound that can be decoded.
 */
public final class NotAudioException extends AudioException {

    private static final long serialVersionUID = 1L;

    public NotAudioException(Path file, String sentence) {
        super(file, sentence, null);
    }

    public NotAudioException(Path file, String sentence, Throwable cause) {
        super(file, sentence, cause);
    }
}
