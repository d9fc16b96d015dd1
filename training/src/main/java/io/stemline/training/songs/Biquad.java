package io.stemline.training.songs;

import static java.lang.Math.fma;
import static java.lang.StrictMath.cos;
import static java.lang.StrictMath.pow;
import static java.lang.StrictMath.sin;
import static java.lang.StrictMath.sqrt;

import java.util.List;

/**
 * Second-order filters after the Audio EQ Cookbook (Bristow-Johnson), in direct form I: its recursion is a single fused
 * multiplication and addition, which makes it the fastest. A filter has no state between sounds.
 */
final class Biquad {
    /** Keeps the state out of the denormal numbers, which are slow; 300 dB down. */
    private static final double ANTI_DENORMAL = 1e-15;

    private final double b0;
    private final double b1;
    private final double b2;
    private final double a1;
    private final double a2;

    private Biquad(double b0, double b1, double b2, double a0, double a1, double a2) {
        this.b0 = b0 / a0;
        this.b1 = b1 / a0;
        this.b2 = b2 / a0;
        this.a1 = a1 / a0;
        this.a2 = a2 / a0;
    }

    private static double angle(double frequencyHz) {
        return 2 * Math.PI * Math.min(frequencyHz, 0.48 * SongGenerator.SAMPLE_RATE_HZ) / SongGenerator.SAMPLE_RATE_HZ;
    }

    static Biquad lowPass(double frequencyHz, double q) {
        double w = angle(frequencyHz);
        double alpha = sin(w) / (2 * q);
        double c = cos(w);
        return new Biquad((1 - c) / 2, 1 - c, (1 - c) / 2, 1 + alpha, -2 * c, 1 - alpha);
    }

    static Biquad highPass(double frequencyHz, double q) {
        double w = angle(frequencyHz);
        double alpha = sin(w) / (2 * q);
        double c = cos(w);
        return new Biquad((1 + c) / 2, -(1 + c), (1 + c) / 2, 1 + alpha, -2 * c, 1 - alpha);
    }

    /** Gain 1 at the centre. */
    static Biquad bandPass(double frequencyHz, double q) {
        double w = angle(frequencyHz);
        double alpha = sin(w) / (2 * q);
        return new Biquad(alpha, 0, -alpha, 1 + alpha, -2 * cos(w), 1 - alpha);
    }

    static Biquad peak(double frequencyHz, double q, double gainDb) {
        double w = angle(frequencyHz);
        double alpha = sin(w) / (2 * q);
        double a = pow(10, gainDb / 40);
        double c = -2 * cos(w);
        return new Biquad(1 + alpha * a, c, 1 - alpha * a, 1 + alpha / a, c, 1 - alpha / a);
    }

    static Biquad lowShelf(double frequencyHz, double gainDb) {
        return shelf(frequencyHz, gainDb, 1);
    }

    static Biquad highShelf(double frequencyHz, double gainDb) {
        return shelf(frequencyHz, gainDb, -1);
    }

    private static Biquad shelf(double frequencyHz, double gainDb, int side) {
        double w = angle(frequencyHz);
        double a = pow(10, gainDb / 40);
        double beta = sqrt(a) * sin(w) * sqrt(2);
        double c = side * cos(w);
        return new Biquad(
                a * (a + 1 - (a - 1) * c + beta),
                side * 2 * a * (a - 1 - (a + 1) * c),
                a * (a + 1 - (a - 1) * c - beta),
                a + 1 + (a - 1) * c + beta,
                side * -2 * (a - 1 + (a + 1) * c),
                a + 1 + (a - 1) * c - beta);
    }

    void filter(float[] x) {
        double x1 = 0;
        double x2 = 0;
        double y1 = 0;
        double y2 = 0;
        for (int i = 0; i < x.length; i++) {
            double in = x[i] + ANTI_DENORMAL;
            double out = fma(-a1, y1, fma(b0, in, fma(b1, x1, fma(b2, x2, -a2 * y2))));
            x2 = x1;
            x1 = in;
            y2 = y1;
            y1 = out;
            x[i] = (float) out;
        }
    }

    /** Both sides in one loop: their recursions do not wait for each other. */
    void filter(Track track) {
        float[] left = track.left;
        float[] right = track.right;
        double lx1 = 0;
        double lx2 = 0;
        double ly1 = 0;
        double ly2 = 0;
        double rx1 = 0;
        double rx2 = 0;
        double ry1 = 0;
        double ry2 = 0;
        for (int i = 0; i < left.length; i++) {
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
    }

    /** A cascade over a track, two filters at a time: half as many ways through memory. */
    static void filter(List<Biquad> cascade, Track track) {
        for (int i = 0; i + 1 < cascade.size(); i += 2) {
            filterByBoth(cascade.get(i), cascade.get(i + 1), track.left, track.right);
        }
        if (cascade.size() % 2 == 1) {
            cascade.getLast().filter(track);
        }
    }

    private static void filterByBoth(Biquad f, Biquad g, float[] left, float[] right) {
        double lx1 = 0;
        double lx2 = 0;
        double lm1 = 0;
        double lm2 = 0;
        double ly1 = 0;
        double ly2 = 0;
        double rx1 = 0;
        double rx2 = 0;
        double rm1 = 0;
        double rm2 = 0;
        double ry1 = 0;
        double ry2 = 0;
        for (int i = 0; i < left.length; i++) {
            double lx = left[i] + ANTI_DENORMAL;
            double rx = right[i] + ANTI_DENORMAL;
            double lm = fma(-f.a1, lm1, fma(f.b0, lx, fma(f.b1, lx1, fma(f.b2, lx2, -f.a2 * lm2))));
            double rm = fma(-f.a1, rm1, fma(f.b0, rx, fma(f.b1, rx1, fma(f.b2, rx2, -f.a2 * rm2))));
            double ly = fma(-g.a1, ly1, fma(g.b0, lm, fma(g.b1, lm1, fma(g.b2, lm2, -g.a2 * ly2))));
            double ry = fma(-g.a1, ry1, fma(g.b0, rm, fma(g.b1, rm1, fma(g.b2, rm2, -g.a2 * ry2))));
            lx2 = lx1;
            lx1 = lx;
            lm2 = lm1;
            lm1 = lm;
            ly2 = ly1;
            ly1 = ly;
            rx2 = rx1;
            rx1 = rx;
            rm2 = rm1;
            rm1 = rm;
            ry2 = ry1;
            ry1 = ry;
            left[i] = (float) ly;
            right[i] = (float) ry;
        }
    }
}
