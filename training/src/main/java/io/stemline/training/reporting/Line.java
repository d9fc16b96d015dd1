package io.stemline.training.reporting;

import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * A figure over the steps.
 *
 * @param name for the legend
 * @param steps in rising order
 * @param values NaN where there is none
 */
record Line(String name, double[] steps, double[] values) {

    /** Lines of so many points are drawn as a band, with their moving mean over it. */
    private static final int DENSE = 120;

    private static final int WINDOWS = 40;
    private static final double LOWEST_QUANTILE = 0.01;

    static Line of(String name, List<History.Point> points) {
        return new Line(
                name,
                points.stream().mapToDouble(History.Point::step).toArray(),
                points.stream().mapToDouble(History.Point::value).toArray());
    }

    boolean dense() {
        return values.length >= DENSE;
    }

    /** The last value that is a number, or NaN. */
    double last() {
        return IntStream.iterate(values.length - 1, i -> i >= 0, i -> i - 1)
                .mapToDouble(i -> values[i])
                .filter(Double::isFinite)
                .findFirst()
                .orElse(Double.NaN);
    }

    /**
     * The values that the axis has to show: all, but of dense lines not the rare ones far out.
     *
     * @param lowest values below it are not shown
     */
    DoubleStream extremes(double lowest) {
        double[] sorted = Arrays.stream(values)
                .filter(value -> Double.isFinite(value) && value >= lowest)
                .sorted()
                .toArray();
        if (sorted.length == 0) {
            return DoubleStream.empty();
        }
        int left = dense() ? (int) (LOWEST_QUANTILE * sorted.length) : 0;
        return DoubleStream.of(sorted[left], sorted[sorted.length - 1 - left]);
    }

    /** The mean of the values around each, a fortieth of all; NaN where none of them is a number. */
    Line smooth() {
        int half = Math.max(1, values.length / WINDOWS / 2);
        double[] means = new double[values.length];
        double sum = 0;
        int count = 0;
        for (int i = -half; i < values.length; i++) {
            int entering = i + half;
            if (entering < values.length && Double.isFinite(values[entering])) {
                sum += values[entering];
                count++;
            }
            int leaving = i - half - 1;
            if (leaving >= 0 && Double.isFinite(values[leaving])) {
                sum -= values[leaving];
                count--;
            }
            if (i >= 0) {
                means[i] = count == 0 ? Double.NaN : sum / count;
            }
        }
        return new Line(name, steps, means);
    }

    /**
     * The line with at most two values, the least and the greatest, in each of so many equal parts of the axis. It looks the
     * same.
     */
    Line thinned(double firstStep, double lastStep, int parts) {
        if (values.length <= 2 * parts) {
            return this;
        }
        double[] thinSteps = new double[2 * parts];
        double[] thinValues = new double[2 * parts];
        int kept = 0;
        int i = 0;
        while (i < values.length) {
            int part = part(steps[i], firstStep, lastStep, parts);
            int lowest = i;
            int highest = i;
            for (; i < values.length && part(steps[i], firstStep, lastStep, parts) == part; i++) {
                lowest = values[i] < values[lowest] || Double.isNaN(values[lowest]) ? i : lowest;
                highest = values[i] > values[highest] || Double.isNaN(values[highest]) ? i : highest;
            }
            for (int chosen : new int[] {Math.min(lowest, highest), Math.max(lowest, highest)}) {
                thinSteps[kept] = steps[chosen];
                thinValues[kept++] = values[chosen];
            }
        }
        return new Line(name, Arrays.copyOf(thinSteps, kept), Arrays.copyOf(thinValues, kept));
    }

    private static int part(double step, double first, double last, int parts) {
        return (int) Math.clamp((step - first) / (last - first) * parts, 0, parts - 1);
    }
}
