package io.stemline.bsseval;

import java.util.Arrays;

/** BSS Eval as it is written down: shifted copies as columns of a matrix, a dense least-squares fit, sums of squares. */
final class NaiveBssEval {
    private NaiveBssEval() {}

    /** SDR, ISR, SIR, SAR (images form) and SDR of the sources form; filters fitted to {@code fit}, scored on {@code cut}. */
    static double[] score(Samples fit, Samples cut, int source, int estimate, int taps) {
        int channels = cut.references[0].length;
        double[][] all = project(fit, cut, 0, fit.references.length, estimate, taps);
        double[][] own = project(fit, cut, source, source + 1, estimate, taps);
        double target = 0;
        double distance = 0;
        double spatial = 0;
        double filtered = 0;
        double interference = 0;
        double projected = 0;
        double artifacts = 0;
        double remainder = 0;
        for (int c = 0; c < channels; c++) {
            for (int n = 0; n < all[c].length; n++) {
                double s = at(cut.references[source][c], n);
                double e = at(cut.estimates[estimate][c], n);
                target += s * s;
                distance += Math.pow(e - s, 2);
                spatial += Math.pow(own[c][n] - s, 2);
                filtered += Math.pow(own[c][n], 2);
                interference += Math.pow(all[c][n] - own[c][n], 2);
                projected += Math.pow(all[c][n], 2);
                artifacts += Math.pow(e - all[c][n], 2);
                remainder += Math.pow(e - own[c][n], 2);
            }
        }
        return new double[] {
            10 * Math.log10(target / distance),
            10 * Math.log10(target / spatial),
            10 * Math.log10(filtered / interference),
            10 * Math.log10(projected / artifacts),
            10 * Math.log10(filtered / remainder)
        };
    }

    /** [source][channel][frame] of both. */
    record Samples(double[][][] references, double[][][] estimates) {
        Samples cut(int from, int to) {
            return new Samples(cut(references, from, to), cut(estimates, from, to));
        }

        private static double[][][] cut(double[][][] signals, int from, int to) {
            return Arrays.stream(signals)
                    .map(channels -> Arrays.stream(channels)
                            .map(x -> Arrays.copyOfRange(x, from, to))
                            .toArray(double[][]::new))
                    .toArray(double[][][]::new);
        }
    }

    private static double[][] project(Samples fit, Samples cut, int from, int to, int estimate, int taps) {
        double[][] columns = copies(fit.references, from, to, taps);
        double[][] applied = copies(cut.references, from, to, taps);
        int unknowns = columns.length;
        var gram = new double[unknowns][unknowns];
        for (int i = 0; i < unknowns; i++) {
            for (int j = 0; j < unknowns; j++) {
                gram[i][j] = InnerProducts.of(columns[i], columns[j], columns[i].length);
            }
        }
        var projections = new double[cut.references[0].length][applied[0].length];
        for (int c = 0; c < projections.length; c++) {
            var e = Arrays.copyOf(fit.estimates[estimate][c], columns[0].length);
            var right = new double[unknowns];
            Arrays.setAll(right, i -> InnerProducts.of(columns[i], e, e.length));
            double[] weights = eliminate(gram, right);
            for (int i = 0; i < unknowns; i++) {
                for (int n = 0; n < applied[i].length; n++) {
                    projections[c][n] += weights[i] * applied[i][n];
                }
            }
        }
        return projections;
    }

    private static double[][] copies(double[][][] references, int from, int to, int taps) {
        int channels = references[0].length;
        var copies = new double[(to - from) * channels * taps][references[0][0].length + taps - 1];
        int column = 0;
        for (int j = from; j < to; j++) {
            for (var x : references[j]) {
                for (int t = 0; t < taps; t++) {
                    System.arraycopy(x, 0, copies[column++], t, x.length);
                }
            }
        }
        return copies;
    }

    private static double[] eliminate(double[][] matrix, double[] right) {
        int n = right.length;
        var a = Arrays.stream(matrix).map(double[]::clone).toArray(double[][]::new);
        var b = right.clone();
        for (int i = 0; i < n; i++) {
            for (int r = i + 1; r < n; r++) {
                double factor = a[r][i] / a[i][i];
                for (int k = i; k < n; k++) {
                    a[r][k] -= factor * a[i][k];
                }
                b[r] -= factor * b[i];
            }
        }
        for (int i = n - 1; i >= 0; i--) {
            for (int k = i + 1; k < n; k++) {
                b[i] -= a[i][k] * b[k];
            }
            b[i] /= a[i][i];
        }
        return b;
    }

    private static double at(double[] x, int n) {
        return n < x.length ? x[n] : 0;
    }
}
