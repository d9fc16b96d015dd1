package io.stemline.training.songs;

import java.util.Locale;

/** The four parts that a generated song is made of, in the order in which MUSDB lists them. */
public enum Stem {
    VOCALS,
    DRUMS,
    BASS,
    OTHER;

    /** The stem's name in file names and model cards: lower case. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
