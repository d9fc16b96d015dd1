package io.stemline.training.examples;

/**
 * Which songs a step may use: a window that moves along the endless row of songs. It depends on the step alone, so that a
 * run can be repeated and resumed however fast songs are made.
 *
 * @param firstSeed seed of the first song; the others follow
 * @param songSeconds length of each
 * @param atStart songs the first step chooses from
 * @param atOnce songs a later step chooses from
 * @param newSongsPerStep how many songs enter with each step
 */
public record Curriculum(long firstSeed, double songSeconds, int atStart, int atOnce, double newSongsPerStep) {

    /** Number of the first song after those that the step chooses from. */
    int end(int step) {
        return atStart + (int) (step * newSongsPerStep);
    }

    int start(int step) {
        return Math.max(0, end(step) - atOnce);
    }
}
