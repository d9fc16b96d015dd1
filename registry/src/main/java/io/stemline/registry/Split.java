package io.stemline.registry;

/** What a track with references may be used for, once and for all. */
public enum Split {
    /** To learn from. */
    TRAIN,
    /** To choose by while training. */
    VALIDATION,
    /** To judge finished models by. */
    TEST,
    /** Nothing: it ties an artist of one split to an album of another. */
    SET_ASIDE
}
