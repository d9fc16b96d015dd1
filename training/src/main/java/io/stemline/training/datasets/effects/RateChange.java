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

    /** More taps for higher rates, whose filter is narrower; a multiple of eight. */
    private static int taps(int steps) {
        return Math.max(LEAST_TAPS, (LEAST_TAPS * steps + 8 * STEPS - 1) / (8 * STEPS) * 8);
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
            out[n] = dot(table, (int) (place % STEPS) * taps, in, at, taps);
        }
    }

    /** In eight sums side by side, since each addition would otherwise wait for the one before. */
    private static float dot(float[] x, int xFrom, float[] y, int yFrom, int count) {
        float a = 0;
        float b = 0;
        float c = 0;
        float d = 0;
        float e = 0;
        float f = 0;
        float g = 0;
        float h = 0;
        for (int i = 0; i < count; i += 8) {
            a = Math.fma(x[xFrom + i], y[yFrom + i], a);
            b = Math.fma(x[xFrom + i + 1], y[yFrom + i + 1], b);
            c = Math.fma(x[xFrom + i + 2], y[yFrom + i + 2], c);
            d = Math.fma(x[xFrom + i + 3], y[yFrom + i + 3], d);
            e = Math.fma(x[xFrom + i + 4], y[yFrom + i + 4], e);
            f = Math.fma(x[xFrom + i + 5], y[yFrom + i + 5], f);
            g = Math.fma(x[xFrom + i + 6], y[yFrom + i + 6], g);
            h = Math.fma(x[xFrom + i + 7], y[yFrom + i + 7], h);
        }
        return ((a + b) + (c + d)) + ((e + f) + (g + h));
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
