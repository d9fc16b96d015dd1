package io.stemline.training.datasets;

import java.util.Locale;

/** What a track may be used for. */
public enum Split {
    TRAIN,
    VALIDATION,
    TEST;

    /** The split's name as folders and files spell it: lower case. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
