package io.stemline.bsseval;

import java.util.Arrays;

/** The one-to-one assignment of columns to rows with the greatest sum, by the Hungarian method in O(n^3). */
final class Assignment {
    /** Stands for infinite values, so that sums of them can still be compared. */
    private static final double VAST = 1e9;

    private Assignment() {}

    /** The column of each row. Among equals, the identity is preferred. */
    static int[] ofGreatestSum(double[][] value) {
        int n = value.length;
        var cost = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                cost[i][j] = Double.isNaN(value[i][j]) ? 0 : -Math.clamp(value[i][j], -VAST, VAST);
            }
        }
        var best = leastCost(cost);
        double sum = 0;
        double identitySum = 0;
        for (int i = 0; i < n; i++) {
            sum += cost[i][best[i]];
            identitySum += cost[i][i];
        }
        if (identitySum <= sum + 1e-12 * Math.abs(sum)) {
            Arrays.setAll(best, i -> i);
        }
        return best;
    }

    /** Adds the rows one by one, each along a shortest augmenting path; u and v are the dual variables. */
    private static int[] leastCost(double[][] cost) {
        int n = cost.length;
        var u = new double[n + 1];
        var v = new double[n + 1];
        var rowOf = new int[n + 1]; // 1-based; column 0 stands for the row that is being added
        var way = new int[n + 1];
        for (int i = 1; i <= n; i++) {
            rowOf[0] = i;
            int column = 0;
            var least = new double[n + 1];
            Arrays.fill(least, Double.POSITIVE_INFINITY);
            var used = new boolean[n + 1];
            while (rowOf[column] != 0) {
                used[column] = true;
                int row = rowOf[column];
                double delta = Double.POSITIVE_INFINITY;
                int nearest = 0;
                for (int j = 1; j <= n; j++) {
                    if (used[j]) {
                        continue;
                    }
                    double reduced = cost[row - 1][j - 1] - u[row] - v[j];
                    if (reduced < least[j]) {
                        least[j] = reduced;
                        way[j] = column;
                    }
                    if (least[j] < delta) {
                        delta = least[j];
                        nearest = j;
                    }
                }
                for (int j = 0; j <= n; j++) {
                    if (used[j]) {
                        u[rowOf[j]] += delta;
                        v[j] -= delta;
                    } else {
                        least[j] -= delta;
                    }
                }
                column = nearest;
            }
            while (column != 0) {
                rowOf[column] = rowOf[way[column]];
                column = way[column];
            }
        }
        var columnOf = new int[n];
        for (int j = 1; j <= n; j++) {
            columnOf[rowOf[j] - 1] = j - 1;
        }
        return columnOf;
    }
}
