package io.stemline.bsseval;

import java.util.Arrays;
import java.util.Optional;

/**
 * The normal equations of the least-squares projection on shifted copies of reference channels (Vincent, Gribonval,
 * Fevotte, "Performance measurement in blind audio source separation", 2006, section III.B): T h = b with T the inner
 * products of the copies, a block-Toeplitz matrix, and b their inner products with the estimate.
 *
 * <p>The channels are scaled to unit energy first, so that a quiet source does not make the system look singular. If T is
 * not positive definite within rounding, the smallest multiple of the unit matrix that makes it so is added for the
 * factorisation, and its effect is iterated away as far as the equations allow.
 */
final class ProjectionSystem {
    private static final double LEAST_JITTER = 1e-14;
    private static final int REFINEMENTS = 8;
    private static final int LARGEST_ITERATIONS = 4;
    private static final int SMALLEST_ITERATIONS =
            2; // each is a solution, and small eigenvalues soon outweigh all others

    /** The regularised solution gives up what lies this far below a channel's mean energy in a band. */
    private static final double RELATIVE_PENALTY = 1e-6;

    /** And what lies within 20 dB of the noise that rounding to 16 bit leaves, for signals with full scale 1. */
    private static final double PENALTY_PER_FRAME = 100 * Math.pow(2, -30) / 12;

    private final int taps;
    private final int channels;
    private final double[] scale; // [channel]
    private final BlockToeplitz matrix; // of the scaled channels
    private final BlockToeplitz.Product product;
    private final ToeplitzCholesky factor;
    private final boolean jittered;
    private final double conditionEstimate;

    private ProjectionSystem(Correlations correlations, int from, int to, double addend, boolean regularise) {
        this.taps = correlations.lags();
        this.channels = to - from;
        this.scale = scale(correlations, from, to);
        var plain = scaled(correlations, from, scale, addend);
        this.matrix = regularise ? plain.plusDiagonal(penalty(correlations)) : plain;
        this.product = matrix.product();
        double leastPivot = leastPivot(correlations);
        var exact = ToeplitzCholesky.of(matrix, leastPivot);
        this.jittered = exact.isEmpty();
        this.factor = exact.orElseGet(() -> jittered(matrix, leastPivot));
        this.conditionEstimate = estimateCondition();
    }

    /**
     * The system of the reference channels {@code from} to {@code to - 1}.
     *
     * @param addend added to the diagonal, as museval does
     */
    static ProjectionSystem of(Correlations correlations, int from, int to, double addend, boolean regularise) {
        return new ProjectionSystem(correlations, from, to, addend, regularise);
    }

    /**
     * What rounding alone can make of a pivot that should be zero. A pivot is the energy of what a copy of a channel has that
     * the copies before it do not explain: [1 -h] T [1 -h]', h the weights of the best explanation. With an error of at most
     * beta in every element of T, the diagonal being 1, that of the pivot is at most beta (1 + |h|_1)^2. The plainest
     * dependence is that of a repeated channel, |h|_1 = 1, where it is 4 beta; for blocks of 8192 frames, about 520 ulp.
     */
    private static double leastPivot(Correlations correlations) {
        return 4 * correlations.rounding();
    }

    /** Largest over smallest eigenvalue, to within a factor of a few; limited by rounding to about 1e16. */
    double conditionEstimate() {
        return conditionEstimate;
    }

    /** Filters, [right-hand side][channel][tap], for the inner products [right-hand side][channel][lag]. */
    double[][][] filters(double[][][] innerProducts) {
        var right = new double[innerProducts.length][];
        var solution = new double[innerProducts.length][];
        for (int e = 0; e < right.length; e++) {
            right[e] = new double[channels * taps];
            for (int t = 0; t < taps; t++) {
                for (int i = 0; i < channels; i++) {
                    right[e][t * channels + i] = innerProducts[e][i][t] * scale[i];
                }
            }
            solution[e] = right[e].clone();
        }
        factor.solve(solution);
        if (jittered) {
            refine(right, solution);
        }
        var filters = new double[right.length][channels][taps];
        for (int e = 0; e < right.length; e++) {
            for (int t = 0; t < taps; t++) {
                for (int i = 0; i < channels; i++) {
                    filters[e][i][t] = solution[e][t * channels + i] * scale[i];
                }
            }
        }
        return filters;
    }

    private void refine(double[][] right, double[][] solution) {
        var residual = new double[right.length][];
        for (int round = 0; round < REFINEMENTS; round++) {
            for (int e = 0; e < right.length; e++) {
                residual[e] = product.times(solution[e]);
                for (int k = 0; k < residual[e].length; k++) {
                    residual[e][k] = right[e][k] - residual[e][k];
                }
            }
            factor.solve(residual);
            for (int e = 0; e < right.length; e++) {
                for (int k = 0; k < residual[e].length; k++) {
                    solution[e][k] += residual[e][k];
                }
            }
        }
    }

    private static ToeplitzCholesky jittered(BlockToeplitz matrix, double leastPivot) {
        var jitter = new double[matrix.order()];
        Optional<ToeplitzCholesky> factor = Optional.empty();
        for (double size = LEAST_JITTER; factor.isEmpty(); size *= 10) {
            Arrays.fill(jitter, size);
            factor = ToeplitzCholesky.of(matrix.plusDiagonal(jitter), leastPivot);
        }
        return factor.get();
    }

    /** Power iteration for the largest eigenvalue, inverse iteration for the smallest. */
    private double estimateCondition() {
        var x = new double[matrix.size()];
        var y = new double[matrix.size()];
        // A fixed start without structure: the fractional parts of multiples of the golden ratio.
        for (int k = 0; k < x.length; k++) {
            x[k] = (k + 1) * 0.6180339887498949 % 1 - 0.5;
            y[k] = x[k];
        }
        double largest = 0;
        for (int round = 0; round < LARGEST_ITERATIONS; round++) {
            normalise(x);
            x = product.times(x);
            largest = norm(x);
        }
        double inverseOfSmallest = 0;
        for (int round = 0; round < SMALLEST_ITERATIONS; round++) {
            normalise(y);
            factor.solve(y);
            inverseOfSmallest = norm(y);
        }
        return largest * inverseOfSmallest;
    }

    private static double norm(double[] x) {
        return Math.sqrt(InnerProducts.squaredNorm(x, x.length));
    }

    private static void normalise(double[] x) {
        double norm = norm(x);
        for (int k = 0; k < x.length; k++) {
            x[k] /= norm;
        }
    }

    private static double[] scale(Correlations correlations, int from, int to) {
        var scale = new double[to - from];
        for (int i = from; i < to; i++) {
            double energy = correlations.references()[i][i][0];
            scale[i - from] = energy > 0 ? 1 / Math.sqrt(energy) : 1;
        }
        return scale;
    }

    private static BlockToeplitz scaled(Correlations correlations, int from, double[] scale, double addend) {
        int order = scale.length;
        int taps = correlations.lags();
        var rows = new double[order][order * taps];
        for (int i = 0; i < order; i++) {
            for (int j = 0; j < order; j++) {
                var r = correlations.references()[from + j][from + i];
                for (int lag = 0; lag < taps; lag++) {
                    rows[i][lag * order + j] = r[lag] * scale[i] * scale[j];
                }
            }
            // A silent channel gets filters of zero.
            rows[i][i] = rows[i][i] == 0 ? 1 : rows[i][i] + addend * scale[i] * scale[i];
        }
        return new BlockToeplitz(order, taps, rows);
    }

    private double[] penalty(Correlations correlations) {
        var penalty = new double[channels];
        for (int i = 0; i < channels; i++) {
            penalty[i] = RELATIVE_PENALTY + PENALTY_PER_FRAME * correlations.lengthFrames() * scale[i] * scale[i];
        }
        return penalty;
    }
}
