package io.stemline.training.songs;

import java.util.Map;

/**
 * A generated song. Every sample is a multiple of 2^-20, so the stems add up to the mixture exactly, in any order.
 *
 * @param recipe what it was made from
 * @param stems all four stems, each {@code [2][lengthFrames]} at 44.1 kHz; a stem without a part is silent
 * @param mixture their sum, {@code [2][lengthFrames]}, within (-1, 1) as every stem is
 */
public record Song(SongRecipe recipe, Map<Stem, float[][]> stems, float[][] mixture) {
    public Song {
        stems = Map.copyOf(stems);
    }

    /** Length of the mixture and of each stem. */
    public int lengthFrames() {
        return mixture[0].length;
    }
}
