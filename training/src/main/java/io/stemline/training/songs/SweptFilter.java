package io.stemline.training.songs;

import static java.lang.StrictMath.tan;

/** A resonant low-pass whose cut-off moves: the state-variable filter with trapezoidal integration (Zavalishin 2012, 4.4). */
final class SweptFilter {
    private static final int BLOCK = 32;

    /** The cut-off in hertz at a frame of the note. */
    interface CutOff {
        double at(int frame);
    }

    private SweptFilter() {}

    static void lowPass(float[] x, int frames, CutOff cutOff, double q) {
        double k = 1 / q;
        double ic1 = 0;
        double ic2 = 0;
        for (int start = 0; start < frames; start += BLOCK) {
            double hertz = Math.clamp(cutOff.at(start), 20, 0.45 * SongGenerator.SAMPLE_RATE_HZ);
            double g = tan(Math.PI * hertz / SongGenerator.SAMPLE_RATE_HZ);
            double a1 = 1 / (1 + g * (g + k));
            double a2 = g * a1;
            double a3 = g * a2;
            int end = Math.min(frames, start + BLOCK);
            for (int i = start; i < end; i++) {
                double v3 = x[i] + 1e-15 - ic2;
                double v1 = a1 * ic1 + a2 * v3;
                double v2 = ic2 + a2 * ic1 + a3 * v3;
                ic1 = 2 * v1 - ic1;
                ic2 = 2 * v2 - ic2;
                x[i] = (float) v2;
            }
        }
    }
}
