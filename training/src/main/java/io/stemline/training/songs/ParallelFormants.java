package io.stemline.training.songs;

import static java.lang.Math.fma;

import java.util.List;

/**
 * Formants side by side (as in Holmes 1983), whose levels are free: the upper ones as strong as in voices that were equalised
 * and compressed, the chest below the first. Those that articulation moves come first, then two that stand still, then the chest.
 */
final class ParallelFormants implements Formants {
    static final int COUNT = Articulation.FORMANTS + 3;

    private static final double[] BANDWIDTHS_HZ = {90, 110, 150, 210, 280, 600, 900, 1400, 220};
    private static final double[] STILL_HZ = {7200, 9500};
    private static final double CHEST_HZ = 210;

    private final double[] gain = new double[COUNT];
    private final double[] radius = new double[COUNT];
    private final double[] b = new double[COUNT];
    private final double[] c = new double[COUNT];
    private final double[] y1 = new double[COUNT];
    private final double[] y2 = new double[COUNT];
    private double x1;
    private double x2;

    /** @param levelsDb of all, {@value #COUNT} */
    ParallelFormants(Part.Throat throat, List<Double> levelsDb) {
        if (levelsDb.size() != COUNT) {
            throw new IllegalArgumentException(
                    "A voice of parallel formants has " + COUNT + " levels, not " + levelsDb.size());
        }
        for (int i = 0; i < COUNT; i++) {
            radius[i] = Resonator.radius(BANDWIDTHS_HZ[i] * throat.width());
            c[i] = -radius[i] * radius[i];
            // Neighbours of one sign would cancel each other between their frequencies.
            double side = i % 2 == 0 ? 1 : -1;
            gain[i] = side * Decibel.factor(levelsDb.get(i)) * (1 - radius[i]);
        }
        for (int i = 0; i < STILL_HZ.length; i++) {
            tune(Articulation.FORMANTS + i, STILL_HZ[i] * Math.clamp(throat.scale(), 0.92, 1.15));
        }
        tune(COUNT - 1, CHEST_HZ);
    }

    private void tune(int resonator, double hertz) {
        b[resonator] = 2 * radius[resonator] * Resonator.cosine(hertz);
    }

    @Override
    public void filter(double[] block, Articulation articulation, int hop) {
        for (int i = 0; i < Articulation.FORMANTS; i++) {
            tune(i, articulation.formantHz[i][hop]);
        }
        for (int i = 0; i < block.length; i++) {
            double x = block[i] - x2;
            x2 = x1;
            x1 = block[i];
            block[i] = resonate(x);
        }
    }

    /** One sample through all of them. */
    private double resonate(double x) {
        double sum = 0;
        for (int i = 0; i < COUNT; i++) {
            double y = fma(b[i], y1[i], fma(c[i], y2[i], gain[i] * x));
            y2[i] = y1[i];
            y1[i] = y;
            sum += y;
        }
        return sum;
    }

    @Override
    public void stop() {
        x1 = 0;
        x2 = 0;
        for (int i = 0; i < COUNT; i++) {
            y1[i] = 0;
            y2[i] = 0;
        }
    }
}
