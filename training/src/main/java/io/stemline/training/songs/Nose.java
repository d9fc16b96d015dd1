package io.stemline.training.songs;

import static java.lang.Math.fma;

/**
 * What the nose adds to a throat: a resonance of its own, and a zero that lies on it while the nose is shut, and moves up as
 * it opens.
 */
final class Nose {
    private static final double WIDTH_HZ = 100;

    /** The zero of a closed mouth is wider than that of a nasal vowel. */
    private static final double WIDENING = 0.15;

    private final double b;
    private final double c;
    private double y1;
    private double y2;

    Nose() {
        double r = Resonator.radius(WIDTH_HZ);
        b = 2 * r * Resonator.cosine(Articulation.NOSE_HZ);
        c = -r * r;
    }

    void filter(double[] block, double zeroHz) {
        double r = Resonator.radius(WIDTH_HZ + WIDENING * (zeroHz - Articulation.NOSE_HZ));
        double zero1 = -2 * r * Resonator.cosine(zeroHz);
        double zero2 = r * r;
        double gain = (1 - b - c) / (1 + zero1 + zero2);
        for (int i = 0; i < block.length; i++) {
            double y = fma(b, y1, fma(c, y2, block[i]));
            block[i] = gain * fma(zero1, y1, fma(zero2, y2, y));
            y2 = y1;
            y1 = y;
        }
    }

    void stop() {
        y1 = 0;
        y2 = 0;
    }
}
