package io.stemline.training.datasets.effects;

import static java.lang.Math.fma;

import java.util.Arrays;

/**
 * Second-order filters one after another over both sides of a chunk, after the Audio EQ Cookbook (Bristow-Johnson). The
 * filters go over a block that stays in the cache before they go on to the next. Used by one thread at a time.
 */
public final class BandFilter {
    private static final int BLOCK_FRAMES = 1024;
    /** Keeps the state out of the denormal numbers, which are slow; 300 dB down. */
    private static final double ANTI_DENORMAL = 1e-15;
    /** Of the two sections of a Butterworth filter of fourth order. */
    private static final double[] BUTTERWORTH_Q = {0.541196100146197, 1.3065629648763766};

    private static final int MOST_SECTIONS = 16;
    private static final int STATES = 4;

    private final double sampleRateHz;
    /** {@code [section]}: b0, b1, b2, a1, a2. */
    private final double[][] sections = new double[MOST_SECTIONS][5];
    /** {@code [section][channel * 4 + (x1, x2, y1, y2)]}. */
    private final double[][] states = new double[MOST_SECTIONS][2 * STATES];

    private int count;

    public BandFilter(double sampleRateHz) {
        this.sampleRateHz = sampleRateHz;
    }

    /** Lets everything through again. */
    public void clear() {
        count = 0;
    }

    public boolean isEmpty() {
        return count == 0;
    }

    /** Raises or lowers a band; exactly by the gain at its centre. */
    public void addPeak(double frequencyHz, double q, double gainDb) {
        double w = angle(frequencyHz);
        double alpha = StrictMath.sin(w) / (2 * q);
        double a = StrictMath.pow(10, gainDb / 40);
        double c = -2 * StrictMath.cos(w);
        add(1 + alpha * a, c, 1 - alpha * a, 1 + alpha / a, c, 1 - alpha / a);
    }

    /** Takes away what lies above: 3 dB down at the frequency, 24 dB an octave. */
    public void addLowPass(double frequencyHz) {
        double w = angle(frequencyHz);
        double c = StrictMath.cos(w);
        for (double q : BUTTERWORTH_Q) {
            double alpha = StrictMath.sin(w) / (2 * q);
            add((1 - c) / 2, 1 - c, (1 - c) / 2, 1 + alpha, -2 * c, 1 - alpha);
        }
    }

    /** Takes away what lies below: 3 dB down at the frequency, 24 dB an octave. */
    public void addHighPass(double frequencyHz) {
        double w = angle(frequencyHz);
        double c = StrictMath.cos(w);
        for (double q : BUTTERWORTH_Q) {
            double alpha = StrictMath.sin(w) / (2 * q);
            add((1 + c) / 2, -(1 + c), (1 + c) / 2, 1 + alpha, -2 * c, 1 - alpha);
        }
    }

    private double angle(double frequencyHz) {
        return 2 * Math.PI * Math.min(frequencyHz, 0.48 * sampleRateHz) / sampleRateHz;
    }

    private void add(double b0, double b1, double b2, double a0, double a1, double a2) {
        double[] section = sections[count++];
        section[0] = b0 / a0;
        section[1] = b1 / a0;
        section[2] = b2 / a0;
        section[3] = a1 / a0;
        section[4] = a2 / a0;
    }

    /** Filters the first frames in place, beginning at rest. At most two channels. */
    public void filter(float[][] samples, int frames) {
        for (int i = 0; i < count; i++) {
            Arrays.fill(states[i], 0);
        }
        for (int from = 0; from < frames; from += BLOCK_FRAMES) {
            int to = Math.min(frames, from + BLOCK_FRAMES);
            for (int i = 0; i < count; i++) {
                if (samples.length == 2) {
                    filterBoth(sections[i], states[i], samples[0], samples[1], from, to);
                } else {
                    for (int channel = 0; channel < samples.length; channel++) {
                        filterOne(sections[i], states[i], channel * STATES, samples[channel], from, to);
                    }
                }
            }
        }
    }

    private static void filterOne(double[] section, double[] state, int at, float[] x, int from, int to) {
        double b0 = section[0];
        double b1 = section[1];
        double b2 = section[2];
        double a1 = section[3];
        double a2 = section[4];
        double x1 = state[at];
        double x2 = state[at + 1];
        double y1 = state[at + 2];
        double y2 = state[at + 3];
        for (int i = from; i < to; i++) {
            double in = x[i] + ANTI_DENORMAL;
            double out = fma(-a1, y1, fma(b0, in, fma(b1, x1, fma(b2, x2, -a2 * y2))));
            x2 = x1;
            x1 = in;
            y2 = y1;
            y1 = out;
            x[i] = (float) out;
        }
        state[at] = x1;
        state[at + 1] = x2;
        state[at + 2] = y1;
        state[at + 3] = y2;
    }

    /** Both sides in one loop: their recursions do not wait for each other. */
    private static void filterBoth(double[] section, double[] state, float[] left, float[] right, int from, int to) {
        double b0 = section[0];
        double b1 = section[1];
        double b2 = section[2];
        double a1 = section[3];
        double a2 = section[4];
        double lx1 = state[0];
        double lx2 = state[1];
        double ly1 = state[2];
        double ly2 = state[3];
        double rx1 = state[4];
        double rx2 = state[5];
        double ry1 = state[6];
        double ry2 = state[7];
        for (int i = from; i < to; i++) {
            double inLeft = left[i] + ANTI_DENORMAL;
            double inRight = right[i] + ANTI_DENORMAL;
            double outLeft = fma(-a1, ly1, fma(b0, inLeft, fma(b1, lx1, fma(b2, lx2, -a2 * ly2))));
            double outRight = fma(-a1, ry1, fma(b0, inRight, fma(b1, rx1, fma(b2, rx2, -a2 * ry2))));
            lx2 = lx1;
            lx1 = inLeft;
            ly2 = ly1;
            ly1 = outLeft;
            rx2 = rx1;
            rx1 = inRight;
            ry2 = ry1;
            ry1 = outRight;
            left[i] = (float) outLeft;
            right[i] = (float) outRight;
        }
        state[0] = lx1;
        state[1] = lx2;
        state[2] = ly1;
        state[3] = ly2;
        state[4] = rx1;
        state[5] = rx2;
        state[6] = ry1;
        state[7] = ry2;
    }
}
