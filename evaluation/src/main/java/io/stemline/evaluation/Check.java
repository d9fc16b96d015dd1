package io.stemline.evaluation;

/**
 * Something that must hold for every separation, with or without references.
 *
 * @param name one of the constants here
 * @param passed whether it holds
 * @param detail the measured figure in words
 */
public record Check(String name, boolean passed, String detail) {
    /** Stems are as long as the mixture, to the sample, and have its sample rate and channels. */
    public static final String SAME_SHAPE = "same-shape";

    /** The sum of the stems is the mixture. */
    public static final String STEMS_ADD_UP = "stems-add-up";

    /** Where the mixture sounds, some stem sounds, and not all of it went into one. */
    public static final String STEMS_SOUND = "stems-sound";

    /** Stems do not go beyond full scale where the mixture does not. */
    public static final String NO_CLIPPING = "no-clipping";

    /** No stem has more energy than the whole mixture allows. */
    public static final String ENERGY_SHARES = "energy-shares";
}
