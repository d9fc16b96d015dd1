package io.stemline.separator;

import io.stemline.audio.Encoding;
import io.stemline.pipeline.queue.PermanentFailure;
import java.util.Locale;

/** Encodings as events spell them: {@code wav-float} is {@link Encoding#WAV_FLOAT}. */
final class Encodings {
    private Encodings() {}

    static Encoding named(String name) {
        try {
            return Encoding.valueOf(name.replace('-', '_').toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new PermanentFailure("the encoding '%s' is not one that stems can be written in".formatted(name), e);
        }
    }
}
