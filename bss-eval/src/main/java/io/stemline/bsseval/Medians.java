package io.stemline.bsseval;

import java.util.Arrays;

/**
 * Medians that leave NaN out: the field reports the median over windows, then the median of those over tracks. NaN if no
 * figure is left.
 */
public final class Medians {
    private Medians() {}

    public static double of(double... figures) {
        var sorted =
                Arrays.stream(figures).filter(x -> !Double.isNaN(x)).sorted().toArray();
        int middle = sorted.length / 2;
        if (sorted.length == 0) {
            return Double.NaN;
        }
        if (sorted.length % 2 == 1 || sorted[middle - 1] == sorted[middle]) {
            return sorted[middle];
        }
        return (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** The median over windows, [source], of figures [source][window]. */
    public static double[] overWindows(double[][] figures) {
        return Arrays.stream(figures).mapToDouble(Medians::of).toArray();
    }
}
