package io.stemline.bsseval;

/**
 * The loops over rows of matrices. All arrays of a loop have the same index, and what it reads does not depend on what it
 * writes: then the compiler makes vector instructions of it. Several rows at a time save loads and stores of the result.
 */
final class RowOperations {
    private RowOperations() {}

    /** y += f x. */
    static void addScaled(double f, double[] x, double[] y, int from, int to) {
        for (int k = from; k < to; k++) {
            y[k] = Math.fma(f, x[k], y[k]);
        }
    }

    /** y += f0 x0 + f1 x1 + f2 x2 + f3 x3. */
    static void addScaled(
            double f0,
            double[] x0,
            double f1,
            double[] x1,
            double f2,
            double[] x2,
            double f3,
            double[] x3,
            double[] y,
            int from,
            int to) {
        for (int k = from; k < to; k++) {
            y[k] = Math.fma(f0, x0[k], Math.fma(f1, x1[k], Math.fma(f2, x2[k], Math.fma(f3, x3[k], y[k]))));
        }
    }

    /** The inner products of the first columns of four rows with x. Partial sums keep the additions from waiting. */
    static void innerProducts(
            double[] row0, double[] row1, double[] row2, double[] row3, double[] x, int count, double[] products) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        double e = 0;
        double f = 0;
        double g = 0;
        double h = 0;
        int even = count & -2; // a bound that makes the loop a counted one for the compiler
        for (int k = 0; k < even; k += 2) {
            double u = x[k];
            double v = x[k + 1];
            a = Math.fma(row0[k], u, a);
            b = Math.fma(row1[k], u, b);
            c = Math.fma(row2[k], u, c);
            d = Math.fma(row3[k], u, d);
            e = Math.fma(row0[k + 1], v, e);
            f = Math.fma(row1[k + 1], v, f);
            g = Math.fma(row2[k + 1], v, g);
            h = Math.fma(row3[k + 1], v, h);
        }
        if (even < count) {
            a += row0[even] * x[even];
            b += row1[even] * x[even];
            c += row2[even] * x[even];
            d += row3[even] * x[even];
        }
        products[0] = a + e;
        products[1] = b + f;
        products[2] = c + g;
        products[3] = d + h;
    }

    /** A hyperbolic rotation: x = (x - r y) / cosine, then y = cosine y - r x. */
    static void rotate(double ratio, double secant, double cosine, double[] x, double[] y, int from, int to) {
        for (int k = from; k < to; k++) {
            double v = y[k];
            double u = (x[k] - ratio * v) * secant;
            double w = cosine * v - ratio * u;
            x[k] = u;
            y[k] = w;
        }
    }

    static void reverse(double[] x) {
        for (int k = 0, last = x.length - 1; k < last; k++, last--) {
            double swapped = x[k];
            x[k] = x[last];
            x[last] = swapped;
        }
    }
}
