package io.stemline.training.datasets.effects;

import java.util.Arrays;

/**
 * Makes a signal longer or shorter and keeps its pitch: WSOLA (Verhelst and Roelands, "An overlap-add technique based on
 * waveform similarity", ICASSP 1993). Windows of the source are added up at another spacing; each is taken from where the
 * source is most like what would follow the window before. Both sides use the same windows. Used by one thread at a time.
 */
final class TimeStretch {
    private static final int HOP = 1024;
    private static final int WINDOW = 2 * HOP;
    /** How far from its place a window may be taken: 12 ms at 44.1 kHz. */
    private static final int REACH = 512;
    /** The search goes over every fourth frame first. */
    private static final int COARSE = 4;

    private static final float[] FADE = fade();

    private float[] mid = {};
    private double[] midEnergyBefore = {};
    private float[] coarse = {};
    private double[] coarseEnergyBefore = {};

    private static float[] fade() {
        float[] fade = new float[WINDOW];
        for (int i = 0; i < WINDOW; i++) {
            fade[i] = (float) (0.5 - 0.5 * StrictMath.cos(2 * Math.PI * i / WINDOW));
        }
        return fade;
    }

    /** How many frames before the first and after the last place must be there. */
    static int margin(double stretch) {
        return (int) Math.ceil(HOP / stretch) + 2 * WINDOW + 2 * REACH;
    }

    /**
     * {@code out[n]} sounds as {@code in} does around {@code start + n / stretch}.
     *
     * @param in {@code [channel][frame]}, with {@link #margin(double)} more frames on both ends than the places
     * @param out {@code [channel][frame]}, the first frames are overwritten
     */
    void stretch(float[][] in, int inFrames, int start, double stretch, float[][] out, int frames) {
        listen(in, inFrames);
        for (float[] channel : out) {
            Arrays.fill(channel, 0, frames, 0);
        }
        int from = start - (int) Math.round(HOP / stretch);
        add(in, from, out, -HOP, frames);
        for (int at = 0; at < frames; at += HOP) {
            from = mostAlike(from + HOP, start + (int) Math.round(at / stretch));
            add(in, from, out, at, frames);
        }
    }

    private void listen(float[][] in, int frames) {
        if (mid.length < frames) {
            mid = new float[frames];
            midEnergyBefore = new double[frames + 1];
            coarse = new float[frames / COARSE];
            coarseEnergyBefore = new double[coarse.length + 1];
        }
        Arrays.fill(mid, 0, frames, 0);
        for (float[] channel : in) {
            for (int i = 0; i < frames; i++) {
                mid[i] += channel[i];
            }
        }
        for (int i = 0; i < frames / COARSE; i++) {
            int at = i * COARSE;
            coarse[i] = mid[at] + mid[at + 1] + mid[at + 2] + mid[at + 3];
        }
        addUp(mid, frames, midEnergyBefore);
        addUp(coarse, frames / COARSE, coarseEnergyBefore);
    }

    private static void addUp(float[] x, int frames, double[] energyBefore) {
        for (int i = 0; i < frames; i++) {
            energyBefore[i + 1] = energyBefore[i] + (double) x[i] * x[i];
        }
    }

    /** The place within reach of the nominal one where the source goes on like at {@code natural}. */
    private int mostAlike(int natural, int nominal) {
        int rough = roughlyMostAlike(natural, nominal);
        int best = rough;
        double bestLikeness = -1;
        for (int candidate = rough - COARSE + 1; candidate < rough + COARSE; candidate++) {
            double likeness = likeness(mid, midEnergyBefore, natural, candidate, HOP);
            if (likeness > bestLikeness) {
                bestLikeness = likeness;
                best = candidate;
            }
        }
        return best;
    }

    private int roughlyMostAlike(int natural, int nominal) {
        int template = natural / COARSE;
        int centre = nominal / COARSE;
        int best = centre;
        double bestLikeness = 0;
        for (int candidate = centre - REACH / COARSE; candidate <= centre + REACH / COARSE; candidate++) {
            double likeness = likeness(coarse, coarseEnergyBefore, template, candidate, HOP / COARSE);
            if (likeness > bestLikeness) {
                bestLikeness = likeness;
                best = candidate;
            }
        }
        return nominal + (best - centre) * COARSE;
    }

    /** Correlation of two stretches, over the norm of the second. */
    private static double likeness(float[] x, double[] energyBefore, int first, int second, int frames) {
        float a = 0;
        float b = 0;
        float c = 0;
        float d = 0;
        for (int i = 0; i < frames; i += 4) {
            a += x[first + i] * x[second + i];
            b += x[first + i + 1] * x[second + i + 1];
            c += x[first + i + 2] * x[second + i + 2];
            d += x[first + i + 3] * x[second + i + 3];
        }
        double energy = energyBefore[second + frames] - energyBefore[second];
        return energy <= 0 ? 0 : ((double) a + b + c + d) / Math.sqrt(energy);
    }

    private static void add(float[][] in, int from, float[][] out, int at, int frames) {
        int first = Math.max(0, -at);
        int last = Math.min(WINDOW, frames - at);
        for (int channel = 0; channel < out.length; channel++) {
            float[] source = in[channel];
            float[] sum = out[channel];
            for (int i = first; i < last; i++) {
                sum[at + i] += FADE[i] * source[from + i];
            }
        }
    }
}
