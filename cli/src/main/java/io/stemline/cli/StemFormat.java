package io.stemline.cli;

import io.stemline.audio.Encoding;
import java.util.Locale;

/** How stems are written. */
enum StemFormat {
    WAV(Encoding.WAV_FLOAT),
    WAV16(Encoding.WAV_16),
    WAV24(Encoding.WAV_24),
    FLAC(Encoding.FLAC_24),
    FLAC16(Encoding.FLAC_16),
    MP3(Encoding.MP3),
    M4A(Encoding.AAC);

    private final Encoding encoding;

    StemFormat(Encoding encoding) {
        this.encoding = encoding;
    }

    Encoding encoding() {
        return encoding;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
