package io.stemline.audio;

import java.nio.file.Path;

/**
 * A file could not be read or written as audio. The message is the file's name and a sentence a person can act on.
 */
public abstract sealed class AudioException extends RuntimeException
        permits AudioFileAccessException,
                DecodingLimitException,
                NotAudioException,
                NoSuchStreamException,
                UnsupportedAudioException {

    private static final long serialVersionUID = 1L;

    private final transient Path file;
    private final String sentence;

    AudioException(Path file, String sentence, Throwable cause) {
        super(nameOf(file) + ": " + sentence, cause);
        this.file = file;
        this.sentence = sentence;
    }

    /** The file that the message is about. */
    public Path file() {
        return file;
    }

    /** The message without the file's name. */
    public String sentence() {
        return sentence;
    }

    private static String nameOf(Path file) {
        Path name = file.getFileName();
        return name == null ? file.toString() : name.toString();
    }
}
