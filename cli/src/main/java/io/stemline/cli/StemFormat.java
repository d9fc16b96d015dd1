package io.stemline.cli;

import java.util.Locale;

/** How stems are written. */
enum StemFormat {
    WAV("wav-float"),
    WAV16("wav-16"),
    WAV24("wav-24"),
    FLAC("flac-24"),
    FLAC16("flac-16"),
    MP3("mp3"),
    M4A("aac");

    private final String encoding;

    StemFormat(String encoding) {
        this.encoding = encoding;
    }

    /** The encoding's name in events and requests. */
    String encoding() {
        return encoding;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
