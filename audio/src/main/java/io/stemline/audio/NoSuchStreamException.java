package io.stemline.audio;

import java.nio.file.Path;

/**
 * The file has audio streams, but not the one that was asked for.
 */
public final class NoSuchStreamException extends AudioException {

    private static final long serialVersionUID = 1L;

    public NoSuchStreamException(Path file, String sentence) {
        super(file, sentence, null);
    }

    public NoSuchStreamException(Path file, String sentence, Throwable cause) {
        super(file, sentence, cause);
    }
}
