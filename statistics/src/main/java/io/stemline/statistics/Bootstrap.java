package io.stemline.statistics;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Intervals by the bootstrap's percentile method: Efron and Tibshirani, "An Introduction to the Bootstrap", 1993, chapter 13. The
 * sample is drawn from itself with replacement, {@value #RESAMPLES} times, and the interval ends at quantiles of the figure over
 * the draws. The same figures, confidence and seed give the same interval. Of very many figures fewer resamples are drawn, so
 * that no interval takes long; they hardly vary then.
 *
 * <p>NaN is left out, and a pair with NaN in it as well. An interval of nothing is NaN throughout.
 */
public final class Bootstrap {

    private static final int RESAMPLES = 10_000;
    private static final int FEWEST_RESAMPLES = 1_000;
    private static final long DRAWS_AT_MOST = 50_000_000;

    private Bootstrap() {}

    /** The median. */
    public static Interval medianOf(double[] values, double confidence, long seed) {
        double[] sorted = Quantiles.sorted(values);
        return interval(sorted, Quantiles.medianOfSorted(sorted), Bootstrap::medianOfDraw, confidence, seed);
    }

    /** The mean. */
    public static Interval meanOf(double[] values, double confidence, long seed) {
        double[] sorted = Quantiles.sorted(values);
        double mean = Arrays.stream(sorted).average().orElse(Double.NaN);
        return interval(sorted, mean, Bootstrap::meanOfDraw, confidence, seed);
    }

    /** The median of the differences {@code first[i] - second[i]}. */
    public static Interval medianOfDifferences(double[] first, double[] second, double confidence, long seed) {
        return medianOf(differences(first, second), confidence, seed);
    }

    /** The mean of the differences {@code first[i] - second[i]}. */
    public static Interval meanOfDifferences(double[] first, double[] second, double confidence, long seed) {
        return meanOf(differences(first, second), confidence, seed);
    }

    /** The median of {@code first} less that of {@code second}, which are no pairs: each is drawn from itself. */
    public static Interval differenceOfMedians(double[] first, double[] second, double confidence, long seed) {
        double[] sortedFirst = Quantiles.sorted(first);
        double[] sortedSecond = Quantiles.sorted(second);
        if (sortedFirst.length == 0 || sortedSecond.length == 0) {
            return new Interval(Double.NaN, Double.NaN, Double.NaN, confidence);
        }
        double[] ofFirst = resampled(sortedFirst, Bootstrap::medianOfDraw, seed);
        double[] ofSecond = resampled(sortedSecond, Bootstrap::medianOfDraw, ~seed);
        double[] differences = new double[Math.min(ofFirst.length, ofSecond.length)];
        Arrays.setAll(differences, i -> ofFirst[i] - ofSecond[i]);
        return ofResamples(
                differences,
                Quantiles.medianOfSorted(sortedFirst) - Quantiles.medianOfSorted(sortedSecond),
                confidence);
    }

    /** {@code first[i] - second[i]}; NaN where either is missing, or both are infinite alike. */
    public static double[] differences(double[] first, double[] second) {
        if (first.length != second.length) {
            throw new IllegalArgumentException(
                    "pairs need as many figures on both sides: %d and %d".formatted(first.length, second.length));
        }
        double[] differences = new double[first.length];
        Arrays.setAll(differences, i -> first[i] - second[i]);
        return differences;
    }

    /** A figure of a draw: {@code counts[i]} is how often {@code sorted[i]} was drawn. */
    @FunctionalInterface
    private interface Figure {
        double of(double[] sorted, int[] counts);
    }

    private static Interval interval(double[] sorted, double estimate, Figure figure, double confidence, long seed) {
        if (sorted.length == 0) {
            return new Interval(Double.NaN, Double.NaN, Double.NaN, confidence);
        }
        return ofResamples(resampled(sorted, figure, seed), estimate, confidence);
    }

    private static Interval ofResamples(double[] resamples, double estimate, double confidence) {
        if (!(confidence > 0 && confidence < 1)) {
            throw new IllegalArgumentException("a confidence lies between 0 and 1, and is " + confidence);
        }
        double[] figures = Quantiles.sorted(resamples);
        return new Interval(
                Quantiles.ofSorted(figures, (1 - confidence) / 2),
                estimate,
                Quantiles.ofSorted(figures, (1 + confidence) / 2),
                confidence);
    }

    private static double[] resampled(double[] sorted, Figure figure, long seed) {
        int resamples = Math.clamp(DRAWS_AT_MOST / sorted.length, FEWEST_RESAMPLES, RESAMPLES);
        var random = new SplittableRandom(seed);
        double[] figures = new double[resamples];
        int[] counts = new int[sorted.length];
        for (int r = 0; r < resamples; r++) {
            Arrays.fill(counts, 0);
            for (int draw = 0; draw < sorted.length; draw++) {
                counts[random.nextInt(sorted.length)]++;
            }
            figures[r] = figure.of(sorted, counts);
        }
        return figures;
    }

    /** Walks to the middle of the draw, which counts of sorted figures give without sorting it. */
    private static double medianOfDraw(double[] sorted, int[] counts) {
        int n = sorted.length;
        int i = 0;
        int seen = counts[0];
        while (seen < (n + 1) / 2) {
            seen += counts[++i];
        }
        double lower = sorted[i];
        while (seen < n / 2 + 1) {
            seen += counts[++i];
        }
        double upper = sorted[i];
        return lower == upper ? lower : (lower + upper) / 2;
    }

    private static double meanOfDraw(double[] sorted, int[] counts) {
        double sum = 0;
        for (int i = 0; i < sorted.length; i++) {
            // What was not drawn adds nothing, infinite or not.
            if (counts[i] > 0) {
                sum += counts[i] * sorted[i];
            }
        }
        return sum / sorted.length;
    }
}
