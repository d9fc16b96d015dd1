package io.stemline.training.batches;

import io.stemline.training.folder.Setting;

/**
 * Which passages of the data set a step may use: a window that moves along the endless row of passages. It depends on the
 * step alone, so that a run can be repeated and resumed however fast passages are made.
 *
 * @param passageSeconds length of a passage, or less where a track is shorter
 * @param atStart passages that the first step chooses from
 * @param atOnce passages that a later step chooses from; all of them are in memory, decoded
 * @param newPerStep how many passages enter with each step
 */
public record Curriculum(
        @Setting(doc = "length of a passage, or less where a track is shorter", unit = "s", above = 0)
        double passageSeconds,

        @Setting(doc = "passages that the first step chooses from", min = 1)
        int atStart,

        @Setting(doc = "passages that a later step chooses from; all of them are in memory, decoded", min = 1)
        int atOnce,

        @Setting(doc = "passages that enter with each step", min = 0)
        double newPerStep) {
    public Curriculum {
        if (!(passageSeconds > 0) || atStart < 1 || atOnce < atStart || !(newPerStep >= 0 && newPerStep <= atOnce)) {
            throw new IllegalArgumentException(
                    "A window of %d, later %d passages of %s s, %s new with each step: lengths and counts are above zero, the window does not shrink"
                            .formatted(atStart, atOnce, passageSeconds, newPerStep));
        }
    }

    /** What is used where nothing else is asked for: 48 passages of 12 seconds, 810 MB of four stereo stems. */
    public static Curriculum standard() {
        return new Curriculum(12, 8, 48, 0.12);
    }

    /** Number of the first passage after those that the step chooses from. */
    long end(long step) {
        return atStart + (long) (step * newPerStep);
    }

    /** Number of the first passage that the step chooses from. */
    long start(long step) {
        return Math.max(0, end(step) - atOnce);
    }
}
