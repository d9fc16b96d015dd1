package io.stemline.modelimport.spleeter;

import java.util.List;

/**
 * The networks that Spleeter publishes: one U-Net for each stem, over two channels of magnitudes.
 *
 * <p>They differ in their activations, and in what makes magnitudes of the U-Nets' outputs: a sigmoid each, or a softmax
 * over all. Their weights know nothing of the number of bins: Spleeter's "16 kHz" settings are the same checkpoints on
 * half as many bins again.
 */
public enum SpleeterModel {
    /** Vocals and accompaniment. */
    TWO_STEMS("2stems", List.of("vocals", "accompaniment")),
    /** Vocals, drums, bass and other. */
    FOUR_STEMS("4stems", List.of("vocals", "drums", "bass", "other")),
    /** Vocals, piano, drums, bass and other. */
    FIVE_STEMS("5stems", List.of("vocals", "piano", "drums", "bass", "other"));

    /** Bins of the usual settings: up to 11 kHz. */
    public static final int BINS = 1024;

    /** Bins of the settings called 16 kHz. */
    public static final int BINS_16_KHZ = 1536;

    private final String title;
    private final List<String> stems;

    SpleeterModel(String title, List<String> stems) {
        this.title = title;
        this.stems = stems;
    }

    /** Spleeter's own name of the model, such as {@code 4stems}. */
    public String title() {
        return title;
    }

    /** The stems in the order of Spleeter's U-Nets. */
    public List<String> stems() {
        return stems;
    }
}
