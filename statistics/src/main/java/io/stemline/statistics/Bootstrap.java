package io.stemline.statistics;

import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;

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

    /** Which figures are in the middle of a draw depends on their number alone: reports ask for many intervals of as many tracks. */
    private static final Map<Draws, Middles> MIDDLES = new ConcurrentHashMap<>();

    private static final int DRAWS_KEPT = 16;

    private Bootstrap() {}

    private record Draws(int size, long seed) {}

    /** Places of the two sorted figures in the middle of each draw; the same twice where their number is odd. */
    private record Middles(int[] lower, int[] upper) {}

    /** The median. */
    public static Interval medianOf(double[] values, double confidence, long seed) {
        double[] sorted = Quantiles.sorted(values);
        return interval(sorted, Quantiles.medianOfSorted(sorted), Bootstrap::medians, confidence, seed);
    }

    /** The mean. */
    public static Interval meanOf(double[] values, double confidence, long seed) {
        double[] sorted = Quantiles.sorted(values);
        double mean = Arrays.stream(sorted).average().orElse(Double.NaN);
        return interval(sorted, mean, Bootstrap::means, confidence, seed);
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
        double[] ofFirst = medians(sortedFirst, seed);
        double[] ofSecond = medians(sortedSecond, ~seed);
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

    /** A figure of every draw from sorted figures. */
    @FunctionalInterface
    private interface Resampling {
        double[] of(double[] sorted, long seed);
    }

    private static Interval interval(
            double[] sorted, double estimate, Resampling resampling, double confidence, long seed) {
        if (sorted.length == 0) {
            return new Interval(Double.NaN, Double.NaN, Double.NaN, confidence);
        }
        return ofResamples(resampling.of(sorted, seed), estimate, confidence);
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

    private static int resamples(int size) {
        return Math.clamp(DRAWS_AT_MOST / size, FEWEST_RESAMPLES, RESAMPLES);
    }

    /** Draws anew: afterwards {@code counts[i]} is how often {@code sorted[i]} was drawn. */
    private static void draw(SplittableRandom random, int[] counts) {
        Arrays.fill(counts, 0);
        for (int draw = 0; draw < counts.length; draw++) {
            counts[random.nextInt(counts.length)]++;
        }
    }

    private static double[] medians(double[] sorted, long seed) {
        var draws = new Draws(sorted.length, seed);
        if (MIDDLES.size() >= DRAWS_KEPT && !MIDDLES.containsKey(draws)) {
            MIDDLES.clear();
        }
        Middles middles = MIDDLES.computeIfAbsent(draws, Bootstrap::middles);
        double[] figures = new double[middles.lower.length];
        for (int r = 0; r < figures.length; r++) {
            double lower = sorted[middles.lower[r]];
            double upper = sorted[middles.upper[r]];
            figures[r] = lower == upper ? lower : (lower + upper) / 2;
        }
        return figures;
    }

    private static double[] means(double[] sorted, long seed) {
        var random = new SplittableRandom(seed);
        double[] figures = new double[resamples(sorted.length)];
        int[] counts = new int[sorted.length];
        for (int r = 0; r < figures.length; r++) {
            draw(random, counts);
            figures[r] = meanOfDraw(sorted, counts);
        }
        return figures;
    }

    private static Middles middles(Draws draws) {
        var random = new SplittableRandom(draws.seed);
        int resamples = resamples(draws.size);
        var middles = new Middles(new int[resamples], new int[resamples]);
        int[] counts = new int[draws.size];
        for (int r = 0; r < resamples; r++) {
            draw(random, counts);
            walkToTheMiddle(counts, middles, r);
        }
        return middles;
    }

    /** Finds the middle of the draw, which counts of sorted figures give without sorting it. */
    private static void walkToTheMiddle(int[] counts, Middles middles, int resample) {
        int n = counts.length;
        int i = 0;
        int seen = counts[0];
        while (seen < (n + 1) / 2) {
            seen += counts[++i];
        }
        middles.lower[resample] = i;
        while (seen < n / 2 + 1) {
            seen += counts[++i];
        }
        middles.upper[resample] = i;
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
