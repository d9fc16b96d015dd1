package io.stemline.audio;

import java.nio.file.Path;

/**
 * The audio is sound, but what was asked for is impossible: an encoding that cannot hold it, or a conversion nobody defined.
 */
public final class UnsupportedAudioException extends AudioException {

    private static final long serialVersionUID = 1L;

    public UnsupportedAudioException(Path file, String sentence) {
        super(file, sentence, null);
    }

    public UnsupportedAudioException(Path file, String sentence, Throwable cause) {
        super(file, sentence, cause);
    }
}
