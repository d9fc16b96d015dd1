package io.stemline.training.songs;

import static java.lang.StrictMath.cos;
import static java.lang.StrictMath.exp;
import static java.lang.StrictMath.sin;

/**
 * The sound of the vocal folds before it passes throat and mouth: the derivative of the glottal flow by the model of
 * Liljencrants and Fant (Fant, Liljencrants and Lin 1985), its four times ruled by the one number Rd (Fant 1995). Rd goes
 * from {@value #PRESSED}, pressed and bright, to {@value #LAX}, lax and nearly a sine; the first harmonic stands
 * -7.6 + 11.1 Rd decibels over the second (Fant 1997).
 *
 * <p>Cycles of neighbouring shapes are in step: their flow is cut off at phase 0, so that one can be faded into the other.
 */
final class GlottalSource {
    static final double PRESSED = 0.3;
    static final double LAX = 2.7;
    private static final int SHAPES = 17;
    private static final double STEP = (LAX - PRESSED) / (SHAPES - 1);
    private static final int HARMONICS = 300;
    private static final int POINTS = 4096;
    private static final Wavetable[] CYCLES = cycles();

    private GlottalSource() {}

    /** Where a shape lies between two neighbours: the whole part names the first, the rest is the share of the second. */
    static double place(double rd) {
        return Math.clamp((rd - PRESSED) / STEP, 0, SHAPES - 1.0001);
    }

    /** One of the shapes, with a root mean square of 1. */
    static Wavetable shape(int index) {
        return CYCLES[index];
    }

    private static Wavetable[] cycles() {
        double[] circle = new double[POINTS];
        for (int i = 0; i < POINTS; i++) {
            circle[i] = sin(2 * Math.PI * i / POINTS);
        }
        Wavetable[] cycles = new Wavetable[SHAPES];
        for (int shape = 0; shape < SHAPES; shape++) {
            cycles[shape] = byHarmonics(derivative(PRESSED + shape * STEP), circle);
        }
        return cycles;
    }

    private static Wavetable byHarmonics(double[] cycle, double[] circle) {
        double[] sine = new double[HARMONICS + 1];
        double[] cosine = new double[HARMONICS + 1];
        double power = 0;
        for (int h = 1; h <= HARMONICS; h++) {
            for (int i = 0; i < POINTS; i++) {
                sine[h] += cycle[i] * circle[h * i % POINTS];
                cosine[h] += cycle[i] * circle[(h * i + POINTS / 4) % POINTS];
            }
            power += (sine[h] * sine[h] + cosine[h] * cosine[h]) / 2;
        }
        double scale = 1 / Math.sqrt(power);
        return Wavetable.ofHarmonics(HARMONICS, h -> scale * sine[h], h -> scale * cosine[h]);
    }

    /** One cycle of the flow's derivative, from the moment of its steepest fall on. */
    private static double[] derivative(double rd) {
        double ra = (-1 + 4.8 * rd) / 100;
        double rk = (22.4 + 11.8 * rd) / 100;
        double rg = rk / (4 * (0.11 * rd / (0.5 + 1.2 * rk) - ra));
        double te = (1 + rk) / (2 * rg);
        double omega = 2 * Math.PI * rg;
        double epsilon = epsilon(ra, 1 - te);
        double alpha = alpha(omega, te, returnArea(epsilon, ra, 1 - te));
        double scale = -1 / (exp(alpha * te) * sin(omega * te));
        double[] cycle = new double[POINTS];
        for (int i = 0; i < POINTS; i++) {
            double t = (i + 0.5) / POINTS;
            if (t < 1 - te) {
                cycle[i] = -(exp(-epsilon * t) - exp(-epsilon * (1 - te))) / (epsilon * ra);
            } else {
                double opened = t - (1 - te);
                cycle[i] = scale * exp(alpha * opened) * sin(omega * opened);
            }
        }
        return cycle;
    }

    private static double epsilon(double ta, double tb) {
        double epsilon = 1 / ta;
        for (int i = 0; i < 100; i++) {
            epsilon = (1 - exp(-epsilon * tb)) / ta;
        }
        return epsilon;
    }

    private static double returnArea(double epsilon, double ta, double tb) {
        return -((1 - exp(-epsilon * tb)) / epsilon - tb * exp(-epsilon * tb)) / (epsilon * ta);
    }

    /** The growth at which the flow returns to where it began. */
    private static double alpha(double omega, double te, double returnArea) {
        double low = -50;
        double high = 200;
        for (int i = 0; i < 100; i++) {
            double alpha = (low + high) / 2;
            double scale = -1 / (exp(alpha * te) * sin(omega * te));
            double rising = exp(alpha * te) * (alpha * sin(omega * te) - omega * cos(omega * te)) + omega;
            double area = scale * rising / (alpha * alpha + omega * omega) + returnArea;
            if (area > 0) {
                low = alpha;
            } else {
                high = alpha;
            }
        }
        return low;
    }
}
