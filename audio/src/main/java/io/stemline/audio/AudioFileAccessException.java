package io.stemline.audio;

import java.nio.file.Path;

/**
 * The file system refuses: the file is missing, a directory, not permitted, a broken link, or the disk is full or failing.
 */
public final class AudioFileAccessException extends AudioException {

    private static final long serialVersionUID = 1L;

    public AudioFileAccessException(Path file, String sentence) {
        super(file, sentence, null);
    }

    public AudioFileAccessException(Path file, String sentence, Throwable cause) {
        super(file, sentence, cause);
    }
}
