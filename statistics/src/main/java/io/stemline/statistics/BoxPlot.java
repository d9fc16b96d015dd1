package io.stemline.statistics;

import java.util.Arrays;

/**
 * The figures of a box plot: Tukey, "Exploratory Data Analysis", 1977. Whiskers end at the outermost figures that lie within 1.5
 * times the box's height of the box; what lies beyond is an outlier. Quartiles are those of {@link Quantiles}.
 *
 * @param count how many figures were not NaN; where it is 0, all others are NaN
 * @param outliers figures beyond the whiskers, ascending
 */
public record BoxPlot(
        int count,
        double minimum,
        double lowerWhisker,
        double lowerQuartile,
        double median,
        double upperQuartile,
        double upperWhisker,
        double maximum,
        double mean,
        double[] outliers) {

    private static final double REACH = 1.5;

    public BoxPlot {
        outliers = outliers.clone();
    }

    @Override
    public double[] outliers() {
        return outliers.clone();
    }

    /** The box plot of what is not NaN. */
    public static BoxPlot of(double... figures) {
        double[] sorted = Quantiles.sorted(figures);
        if (sorted.length == 0) {
            double none = Double.NaN;
            return new BoxPlot(0, none, none, none, none, none, none, none, none, new double[0]);
        }
        double lowerQuartile = Quantiles.ofSorted(sorted, 0.25);
        double upperQuartile = Quantiles.ofSorted(sorted, 0.75);
        double reach = upperQuartile == lowerQuartile ? 0 : REACH * (upperQuartile - lowerQuartile);
        int first = 0;
        while (sorted[first] < lowerQuartile - reach) {
            first++;
        }
        int last = sorted.length - 1;
        while (sorted[last] > upperQuartile + reach) {
            last--;
        }
        return new BoxPlot(
                sorted.length,
                sorted[0],
                Math.min(sorted[first], lowerQuartile),
                lowerQuartile,
                Quantiles.medianOfSorted(sorted),
                upperQuartile,
                Math.max(sorted[last], upperQuartile),
                sorted[sorted.length - 1],
                Arrays.stream(sorted).average().orElseThrow(),
                outside(sorted, first, last));
    }

    private static double[] outside(double[] sorted, int first, int last) {
        double[] outside = new double[first + sorted.length - 1 - last];
        System.arraycopy(sorted, 0, outside, 0, first);
        System.arraycopy(sorted, last + 1, outside, first, sorted.length - 1 - last);
        return outside;
    }
}
