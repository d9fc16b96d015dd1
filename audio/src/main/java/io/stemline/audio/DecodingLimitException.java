package io.stemline.audio;

import java.nio.file.Path;

/** A file is beyond one of the {@link DecodingLimits}; the message names the limit and its setting. */
public final class DecodingLimitException extends AudioException {

    private static final long serialVersionUID = 1L;

    public DecodingLimitException(Path file, String sentence) {
        super(file, sentence, null);
    }
}
