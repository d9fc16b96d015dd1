package io.stemline.reports.charts;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * An axis with round numbers on it.
 *
 * @param least the figure at its beginning
 * @param most the figure at its end
 * @param from where it begins on paper
 * @param to where it ends on paper
 * @param step between the numbers on it
 */
record Scale(double least, double most, double from, double to, double step) {

    private static final double[] STEPS = {1, 2, 5, 10};
    private static final double ROUNDING = 1e-9;

    /** A scale that holds two figures, with about as many numbers on it as are wanted. */
    static Scale around(double least, double most, double from, double to, int wanted) {
        double low = least < most ? least : least - 1;
        double high = least < most ? most : most + 1;
        double step = step(high - low, wanted);
        return new Scale(
                Math.floor(low / step + ROUNDING) * step, Math.ceil(high / step - ROUNDING) * step, from, to, step);
    }

    private static double step(double range, int wanted) {
        double magnitude = Math.pow(10, Math.floor(Math.log10(range / wanted)));
        for (double step : STEPS) {
            if (step * magnitude * wanted >= range * (1 - ROUNDING)) {
                return step * magnitude;
            }
        }
        return 10 * magnitude;
    }

    boolean holds(double figure) {
        return figure >= least && figure <= most;
    }

    /** Where a figure stands on paper; what is beyond stands at the end. */
    double place(double figure) {
        double within = Math.clamp(figure, least, most);
        return from + (within - least) / (most - least) * (to - from);
    }

    List<Double> marks() {
        var marks = new ArrayList<Double>();
        for (long i = Math.round(least / step); i <= Math.round(most / step); i++) {
            marks.add(i * step);
        }
        return marks;
    }

    /** A mark in as many decimals as the step needs, with a true minus sign. */
    String label(double mark) {
        int decimals = Math.max(0, (int) Math.ceil(-Math.log10(step) - ROUNDING));
        String text = String.format(Locale.ROOT, "%." + decimals + "f", Math.abs(mark));
        return mark < -ROUNDING ? "\u2212" + text : text;
    }
}
