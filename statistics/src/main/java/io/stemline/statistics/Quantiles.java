package io.stemline.statistics;

import java.util.Arrays;

/**
 * Quantiles by linear interpolation between the order statistics around {@code (n - 1) p}: definition 7 of Hyndman and Fan,
 * "Sample quantiles in statistical packages", The American Statistician 50, 1996, which NumPy, R and museval use.
 */
public final class Quantiles {
    private Quantiles() {}

    /** What of the figures is not NaN, in ascending order. */
    public static double[] sorted(double... figures) {
        double[] present = new double[figures.length];
        int count = 0;
        for (double figure : figures) {
            if (!Double.isNaN(figure)) {
                present[count++] = figure;
            }
        }
        double[] sorted = count == figures.length ? present : Arrays.copyOf(present, count);
        Arrays.sort(sorted);
        return sorted;
    }

    /**
     * A quantile of figures in ascending order without NaN; NaN of none.
     *
     * @param share from 0, the smallest, to 1, the largest
     */
    public static double ofSorted(double[] sorted, double share) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("a quantile's share is from 0 to 1, and is " + share);
        }
        if (sorted.length == 0) {
            return Double.NaN;
        }
        double place = (sorted.length - 1) * share;
        int below = (int) place;
        double lower = sorted[below];
        double upper = sorted[Math.min(below + 1, sorted.length - 1)];
        double part = place - below;
        // Infinite neighbours have no finite distance to interpolate over.
        return part == 0 || lower == upper ? lower : (1 - part) * lower + part * upper;
    }

    /** The median of figures in ascending order without NaN; NaN of none. */
    public static double medianOfSorted(double[] sorted) {
        return ofSorted(sorted, 0.5);
    }

    /** The median of what is not NaN; NaN of none. */
    public static double median(double... figures) {
        return medianOfSorted(sorted(figures));
    }
}
