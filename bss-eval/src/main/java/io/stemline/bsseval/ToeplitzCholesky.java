package io.stemline.bsseval;

import java.util.Arrays;
import java.util.Optional;

/**
 * The Cholesky factor of a positive definite block-Toeplitz matrix T = R'R by the generalised Schur algorithm (Kailath and
 * Sayed, "Displacement structure: theory and applications", SIAM Review 37, 1995; the algorithm in section 2).
 *
 * <p>T minus T shifted by one block along its diagonal has rank 2p: it is A'A - B'B, with A the first block row of R and B
 * the same without its first block. Each step shifts A by a block and cancels B's leading block against A's, after which A
 * is the next block row of R. One column is cancelled by a Householder reflection of B's rows, which leaves one element,
 * and a hyperbolic rotation of that row against A's, in the mixed form that is backward stable (Stewart and Van Dooren,
 * "Stability issues in the factorization of structured matrices", SIAM J. Matrix Anal. Appl. 18, 1997).
 *
 * <p>Work for n = p m unknowns: about (2p + 4) n^2 flops, against n^3 / 3 for a dense factorisation. With p = 8, m = 512
 * that is 0.34 against 23 Gflop. R has n^2 / 2 numbers: 67 MB.
 *
 * <p>Columns are numbered from the last one: what is left of a row then always begins at index 0, and A is moved along by a
 * block each step. So all arrays of a loop share their index, without which the compiler finds no vector instructions.
 */
final class ToeplitzCholesky {
    private static final int TILE_COLUMNS = 512;

    private final int size;
    private final double[][] rows; // R: row r has its columns from the last down to the first of its block

    private ToeplitzCholesky(double[][] rows) {
        this.size = rows.length;
        this.rows = rows;
    }

    /**
     * The factor, or nothing if the matrix is not positive definite within rounding.
     *
     * @param leastPivot a pivot that is not larger than this, relative to the diagonal, consists of rounding only
     */
    static Optional<ToeplitzCholesky> of(BlockToeplitz matrix, double leastPivot) {
        var reduction = new Reduction(matrix, leastPivot);
        return reduction.run() ? Optional.of(new ToeplitzCholesky(reduction.rows)) : Optional.empty();
    }

    /**
     * Solves T x = b for each of the given b, in place. Four rows of R at a time, for all b while the rows are in the cache:
     * R is read from memory once downwards and once upwards.
     */
    void solve(double[]... b) {
        for (var x : b) {
            RowOperations.reverse(x);
        }
        int fours = size & -4;
        for (int r = 0; r < fours; r += 4) {
            for (var x : b) {
                goDown(x, r);
            }
        }
        for (var x : b) {
            eliminate(x, fours, size - fours);
            substitute(x, fours, size - fours);
        }
        var products = new double[4];
        for (int r = fours - 4; r >= 0; r -= 4) {
            for (var x : b) {
                goUp(x, r, products);
            }
        }
        for (var x : b) {
            RowOperations.reverse(x);
        }
    }

    private void goDown(double[] x, int r) {
        eliminate(x, r, 4);
        int rest = size - r - 4;
        RowOperations.addScaled(
                -x[rest + 3],
                rows[r],
                -x[rest + 2],
                rows[r + 1],
                -x[rest + 1],
                rows[r + 2],
                -x[rest],
                rows[r + 3],
                x,
                0,
                rest);
    }

    private void goUp(double[] x, int r, double[] products) {
        int rest = size - r - 4;
        RowOperations.innerProducts(rows[r], rows[r + 1], rows[r + 2], rows[r + 3], x, rest, products);
        for (int i = 0; i < 4; i++) {
            x[rest + 3 - i] -= products[i];
        }
        substitute(x, r, 4);
    }

    /** Solves R'x = b for a few unknowns from r on, as if there were no others. */
    private void eliminate(double[] x, int r, int count) {
        for (int i = r; i < r + count; i++) {
            int column = size - 1 - i;
            x[column] /= rows[i][column];
            for (int k = size - r - count; k < column; k++) {
                x[k] -= x[column] * rows[i][k];
            }
        }
    }

    /** Solves R x = b likewise. */
    private void substitute(double[] x, int r, int count) {
        for (int i = r + count - 1; i >= r; i--) {
            int column = size - 1 - i;
            for (int k = size - r - count; k < column; k++) {
                x[column] -= rows[i][k] * x[k];
            }
            x[column] /= rows[i][column];
        }
    }

    /** The steps of the algorithm. In each, {@code left} columns are left of A and B, the first of them at the highest index. */
    private static final class Reduction {
        private final int order; // p
        private final int size; // n
        private final double leastPivot;
        private final double[][] a; // A, [p][n]
        private final double[][] b; // B, [p][n], and rows of zeros that make its rows a multiple of four
        private final double[][] rows;
        private final double[] diagonal;
        private final double[][] reflectors; // v of 1 - v v', one for each column of the block
        private final double[] ratios; // of the hyperbolic rotations
        private final double[] products;

        Reduction(BlockToeplitz matrix, double leastPivot) {
            this.order = matrix.order();
            this.size = matrix.size();
            this.leastPivot = leastPivot;
            this.a = new double[order][];
            this.b = new double[(order + 3) & -4][size];
            this.rows = new double[size][];
            this.diagonal = new double[order];
            this.reflectors = new double[order][b.length];
            this.ratios = new double[order];
            this.products = new double[size];
            for (int i = 0; i < order; i++) {
                a[i] = matrix.firstRows()[i].clone();
                diagonal[i] = a[i][i];
                RowOperations.reverse(a[i]);
            }
        }

        boolean run() {
            if (!factorFirstBlock()) {
                return false;
            }
            keepRows(size);
            for (int i = 0; i < order; i++) {
                System.arraycopy(a[i], 0, b[i], 0, size);
            }
            for (int left = size - order; left > 0; left -= order) {
                for (var row : a) {
                    System.arraycopy(row, order, row, 0, left);
                }
                if (!reduceLeadingBlock(left)) {
                    return false;
                }
                for (int from = 0; from < left - order; from += TILE_COLUMNS) {
                    int to = Math.min(from + TILE_COLUMNS, left - order);
                    for (int c = 0; c < order; c++) {
                        reflect(c, from, to);
                        rotate(c, from, to);
                    }
                }
                keepRows(left);
            }
            return true;
        }

        /** A = C^-T [T_0 T_1 ...] with T_0 = C'C. */
        private boolean factorFirstBlock() {
            for (int i = 0; i < order; i++) {
                int column = size - 1 - i;
                if (!(a[i][column] > leastPivot * diagonal[i])) {
                    return false;
                }
                double scale = 1 / Math.sqrt(a[i][column]);
                for (int k = 0; k <= column; k++) {
                    a[i][k] *= scale;
                }
                for (int j = i + 1; j < order; j++) {
                    RowOperations.addScaled(-a[i][size - 1 - j], a[i], a[j], 0, size - j);
                }
            }
            for (int i = 1; i < order; i++) {
                Arrays.fill(a[i], size - i, size, 0);
            }
            return true;
        }

        private boolean reduceLeadingBlock(int left) {
            for (int c = 0; c < order; c++) {
                int column = left - 1 - c;
                reflectColumn(c, left);
                double ratio = b[0][column] / a[c][column];
                double pivot = a[c][column] * a[c][column] * (1 - ratio) * (1 + ratio);
                if (!(pivot > leastPivot * diagonal[c])) {
                    return false;
                }
                ratios[c] = ratio;
                rotate(c, left - order, column + 1);
                b[0][column] = 0;
            }
            return true;
        }

        /** Chooses the reflection that leaves column c of B with its first element only, and applies it within the block. */
        private void reflectColumn(int c, int left) {
            var v = reflectors[c];
            int column = left - 1 - c;
            double energy = 0;
            for (int i = 0; i < order; i++) {
                v[i] = b[i][column];
                energy += v[i] * v[i];
            }
            double norm = Math.sqrt(energy);
            double first = v[0] > 0 ? -norm : norm;
            v[0] -= first;
            double scale = norm == 0 ? 0 : 1 / Math.sqrt(norm * Math.abs(v[0]));
            for (int i = 0; i < order; i++) {
                v[i] *= scale;
            }
            reflect(c, left - order, column);
            b[0][column] = first;
            for (int i = 1; i < order; i++) {
                b[i][column] = 0;
            }
        }

        private void reflect(int c, int from, int to) {
            var v = reflectors[c];
            Arrays.fill(products, from, to, 0);
            for (int i = 0; i < b.length; i += 4) {
                RowOperations.addScaled(
                        v[i], b[i], v[i + 1], b[i + 1], v[i + 2], b[i + 2], v[i + 3], b[i + 3], products, from, to);
            }
            for (int i = 0; i < order; i++) {
                RowOperations.addScaled(-v[i], products, b[i], from, to);
            }
        }

        private void rotate(int c, int from, int to) {
            double ratio = ratios[c];
            double cosine = Math.sqrt((1 - ratio) * (1 + ratio));
            RowOperations.rotate(ratio, 1 / cosine, cosine, a[c], b[0], from, to);
        }

        private void keepRows(int left) {
            for (int i = 0; i < order; i++) {
                rows[size - left + i] = Arrays.copyOf(a[i], left);
            }
        }
    }
}
