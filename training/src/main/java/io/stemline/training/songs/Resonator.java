package io.stemline.training.songs;

import static java.lang.Math.fma;
import static java.lang.StrictMath.cos;

/**
 * One formant: two poles that move, followed by two zeros that stand still, with gain 1 at the lowest frequencies (the poles
 * as in Klatt 1980). Poles come first: with the zeros before them every movement would click, since zeros alone lift the
 * highest frequencies by 60 dB.
 */
final class Resonator {
    private static final int TABLE = 8192;
    private static final double NYQUIST_HZ = SongGenerator.SAMPLE_RATE_HZ / 2.0;
    private static final double[] COSINES = cosines();

    private final double zero0;
    private final double zero1;
    private final double zero2;
    private boolean tuned;
    private double b;
    private double c;
    private double nextB;
    private double nextC;
    private double y1;
    private double y2;

    /** Zeros at a frequency, so wide. */
    Resonator(double zeroHz, double zeroWidthHz) {
        double r = radius(zeroWidthHz);
        double middle = -2 * r * cosine(zeroHz);
        double sum = 1 + middle + r * r;
        zero0 = 1 / sum;
        zero1 = middle / sum;
        zero2 = r * r / sum;
    }

    private static double[] cosines() {
        double[] cosines = new double[TABLE + 2];
        for (int i = 0; i < cosines.length; i++) {
            cosines[i] = cos(Math.PI * i / TABLE);
        }
        return cosines;
    }

    /** Cosine of the angle that a frequency advances by in a sample. */
    static double cosine(double hertz) {
        double place = Math.clamp(hertz / NYQUIST_HZ, 0, 1) * TABLE;
        int index = (int) place;
        return COSINES[index] + (place - index) * (COSINES[index + 1] - COSINES[index]);
    }

    /** Distance of a pole from the centre of the plane: e to the power of -pi B / fs, by its series. */
    static double radius(double bandwidthHz) {
        double x = Math.min(1, Math.PI * bandwidthHz / SongGenerator.SAMPLE_RATE_HZ);
        return 1 - x * (1 - x / 2 * (1 - x / 3 * (1 - x / 4 * (1 - x / 5))));
    }

    /** Where the poles are to be at the end of the next block. */
    void tune(double hertz, double bandwidthHz) {
        double r = radius(bandwidthHz);
        nextC = -r * r;
        nextB = 2 * r * cosine(hertz);
        if (!tuned) {
            tuned = true;
            b = nextB;
            c = nextC;
        }
    }

    void filter(double[] block, int length) {
        double before = y1;
        double beforeThat = y2;
        double bStep = (nextB - b) / length;
        double cStep = (nextC - c) / length;
        double bNow = b;
        double cNow = c;
        for (int i = 0; i < length; i++) {
            bNow += bStep;
            cNow += cStep;
            double gain = 1 - bNow - cNow;
            double y = fma(bNow, before, fma(cNow, beforeThat, gain * block[i]));
            block[i] = fma(zero0, y, fma(zero1, before, zero2 * beforeThat));
            beforeThat = before;
            before = y;
        }
        b = nextB;
        c = nextC;
        y1 = before;
        y2 = beforeThat;
    }

    void stop() {
        tuned = false;
        y1 = 0;
        y2 = 0;
    }
}
