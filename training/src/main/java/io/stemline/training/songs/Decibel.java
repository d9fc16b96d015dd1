package io.stemline.training.songs;

import static java.lang.StrictMath.pow;

/** Levels and intervals as factors. */
final class Decibel {
    private Decibel() {}

    static double factor(double decibels) {
        return pow(10, decibels / 20);
    }

    /** The frequency of a MIDI pitch, A4 = 69 = 440 Hz. */
    static double hertz(double pitch) {
        return 440 * pow(2, (pitch - 69) / 12);
    }
}
