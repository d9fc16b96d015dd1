package io.stemline.training.datasets.effects;

import java.util.HashMap;
import java.util.Map;

/**
 * Plays a signal faster or slower, its pitch going with it, by windowed sinc interpolation. Rates are multiples of 1/256, so
 * that only 256 places between two samples occur and their weights are kept. Used by one thread at a time.
 */
public final class RateChange {
    /** Rates are counted in this many steps to 1. */
    public static final int STEPS = 256;

    private static final int LEAST_TAPS = 32;
    private static final double PASSED_BAND = 0.94;
    private static final double KAISER_BETA = 8;
    private static final double KAISER_PEAK = bessel(KAISER_BETA);

    /** {@code [phase * taps + tap]} by rate. */
    private final Map<Integer, float[]> weights = new HashMap<>();

    /** The nearest rate there is, in steps. */
    public static int nearestSteps(double rate) {
        return (int) Math.round(rate * STEPS);
    }

    /** How many frames before the first and after the last place must be there. */
    static int margin(int steps) {
        return taps(steps) / 2;
    }

    /** More taps for higher rates, whose filter is narrower; a multiple of four. */
    private static int taps(int steps) {
        return LEAST_TAPS * Math.max(1, (steps + STEPS - 1) / STEPS);
    }

    /**
     * {@code out[n] = in(start + n * steps / 256)}.
     *
     * @param start frame of {@code in} that the first frame of {@code out} stands for; {@link #margin} frames are there before it
     */
    void play(float[] in, int start, int steps, float[] out, int frames) {
        int taps = taps(steps);
        float[] table = weights.computeIfAbsent(steps, RateChange::weights);
        for (int n = 0; n < frames; n++) {
            long place = (long) n * steps;
            int at = start + (int) (place / STEPS) - taps / 2 + 1;
            int weight = (int) (place % STEPS) * taps;
            float a = 0;
            float b = 0;
            float c = 0;
            float d = 0;
            for (int tap = 0; tap < taps; tap += 4) {
                a += table[weight + tap] * in[at + tap];
                b += table[weight + tap + 1] * in[at + tap + 1];
                c += table[weight + tap + 2] * in[at + tap + 2];
                d += table[weight + tap + 3] * in[at + tap + 3];
            }
            out[n] = (a + b) + (c + d);
        }
    }

    private static float[] weights(int steps) {
        int taps = taps(steps);
        double cutoff = PASSED_BAND * Math.min(1, (double) STEPS / steps);
        float[] table = new float[STEPS * taps];
        for (int phase = 0; phase < STEPS; phase++) {
            double[] row = new double[taps];
            double sum = 0;
            for (int tap = 0; tap < taps; tap++) {
                double distance = tap - (taps / 2 - 1) - (double) phase / STEPS;
                row[tap] = sinc(cutoff * distance) * kaiser(2 * distance / taps);
                sum += row[tap];
            }
            for (int tap = 0; tap < taps; tap++) {
                table[phase * taps + tap] = (float) (row[tap] / sum);
            }
        }
        return table;
    }

    private static double sinc(double x) {
        return x == 0 ? 1 : StrictMath.sin(Math.PI * x) / (Math.PI * x);
    }

    private static double kaiser(double place) {
        double inside = 1 - place * place;
        return inside <= 0 ? 0 : bessel(KAISER_BETA * Math.sqrt(inside)) / KAISER_PEAK;
    }

    /** I0, the modified Bessel function of the first kind, by its series. */
    private static double bessel(double x) {
        double sum = 1;
        double term = 1;
        for (int k = 1; term > 1e-12 * sum; k++) {
            term *= x * x / (4.0 * k * k);
            sum += term;
        }
        return sum;
    }
}
