package io.stemline.bsseval;

/** Least squares on a few vectors by their Gram matrix. Vectors that depend on others get weight zero. */
final class GramSystem {
    private static final double DEPENDENT = 1e-13;

    private GramSystem() {}

    /** Weights w with gram w = cross, by Gaussian elimination that takes the largest remaining diagonal element first. */
    static double[] solve(double[][] gram, double[] cross) {
        int n = cross.length;
        var a = new double[n][];
        for (int i = 0; i < n; i++) {
            a[i] = gram[i].clone();
        }
        var b = cross.clone();
        var order = new int[n];
        var used = new boolean[n];
        int rank = 0;
        for (; rank < n; rank++) {
            int pivot = largestRemaining(a, gram, used);
            if (pivot < 0) {
                break;
            }
            used[pivot] = true;
            order[rank] = pivot;
            for (int i = 0; i < n; i++) {
                if (!used[i]) {
                    double factor = a[i][pivot] / a[pivot][pivot];
                    for (int k = 0; k < n; k++) {
                        a[i][k] -= factor * a[pivot][k];
                    }
                    b[i] -= factor * b[pivot];
                }
            }
        }
        return substitute(a, b, order, rank);
    }

    private static int largestRemaining(double[][] a, double[][] gram, boolean[] used) {
        int pivot = -1;
        double largest = DEPENDENT;
        for (int i = 0; i < a.length; i++) {
            // Relative to each vector's own energy: a quiet source is not a dependent one.
            double remaining = gram[i][i] > 0 ? a[i][i] / gram[i][i] : 0;
            if (!used[i] && remaining > largest) {
                largest = remaining;
                pivot = i;
            }
        }
        return pivot;
    }

    private static double[] substitute(double[][] a, double[] b, int[] order, int rank) {
        var weights = new double[b.length];
        for (int r = rank - 1; r >= 0; r--) {
            int i = order[r];
            double sum = b[i];
            for (int q = r + 1; q < rank; q++) {
                sum -= a[i][order[q]] * weights[order[q]];
            }
            weights[i] = sum / a[i][i];
        }
        return weights;
    }
}
