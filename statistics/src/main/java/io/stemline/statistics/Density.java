package io.stemline.statistics;

import java.util.Arrays;

/**
 * How densely figures lie along an axis: a kernel estimate with a Gaussian kernel on a grid, its width by Silverman's rule
 * (Silverman, "Density Estimation for Statistics and Data Analysis", 1986, equation 3.31). Figures beyond the axis weigh in the
 * total, but are not shown.
 *
 * @param from where the grid begins
 * @param to where it ends
 * @param heights share of the figures per unit of the axis, at evenly spaced points from end to end; all 0 where there are none
 */
public record Density(double from, double to, double[] heights) {

    private static final double SILVERMAN = 0.9;
    private static final double QUARTILES_OF_NORMAL = 1.34;
    private static final double REACH = 3;

    public Density {
        heights = heights.clone();
    }

    @Override
    public double[] heights() {
        return heights.clone();
    }

    /** The density of what is finite, at {@code points} points. */
    public static Density of(double[] figures, double from, double to, int points) {
        if (!(from < to) || points < 2) {
            throw new IllegalArgumentException("an axis has a length and two points: %s to %s".formatted(from, to));
        }
        double[] sorted =
                Arrays.stream(figures).filter(Double::isFinite).sorted().toArray();
        double[] heights = new double[points];
        if (sorted.length == 0) {
            return new Density(from, to, heights);
        }
        double step = (to - from) / (points - 1);
        // Narrower than a step of the grid, kernels would fall between its points.
        double width = Math.max(step, bandwidth(sorted));
        double[] weights = weightsOnGrid(sorted, from, step, points);
        double scale = 1 / (sorted.length * width * Math.sqrt(2 * Math.PI));
        int reach = (int) Math.ceil(REACH * width / step);
        for (int i = 0; i < points; i++) {
            for (int j = Math.max(0, i - reach); j <= Math.min(points - 1, i + reach); j++) {
                double distance = (i - j) * step / width;
                heights[i] += weights[j] * scale * Math.exp(-distance * distance / 2);
            }
        }
        return new Density(from, to, heights);
    }

    private static double bandwidth(double[] sorted) {
        double mean = Arrays.stream(sorted).average().orElseThrow();
        double variance =
                Arrays.stream(sorted).map(x -> (x - mean) * (x - mean)).sum() / Math.max(1, sorted.length - 1);
        double quartiles = Quantiles.ofSorted(sorted, 0.75) - Quantiles.ofSorted(sorted, 0.25);
        double spread = Math.sqrt(variance);
        if (quartiles > 0) {
            spread = Math.min(spread, quartiles / QUARTILES_OF_NORMAL);
        }
        return SILVERMAN * spread * Math.pow(sorted.length, -0.2);
    }

    /** Every figure shared between its two neighbours on the grid. */
    private static double[] weightsOnGrid(double[] sorted, double from, double step, int points) {
        double[] weights = new double[points];
        for (double figure : sorted) {
            double place = (figure - from) / step;
            int below = (int) Math.floor(place);
            if (below >= 0 && below < points - 1) {
                weights[below] += 1 - (place - below);
                weights[below + 1] += place - below;
            }
        }
        return weights;
    }
}
