package io.stemline.bsseval;

/**
 * Complex Fourier transform of a power of two, on separate arrays of real and imaginary parts.
 *
 * <p>The signal is seen as a matrix and transformed along its columns, turned over with its twiddle factors, and
 * transformed along its columns again (Bailey's four steps). Each column transform is Stockham's autosort algorithm over
 * all columns at once, so that every inner loop runs over adjacent numbers, which the compiler turns into vector
 * instructions. Instances are immutable; scratch arrays of {@link #size()} are the caller's.
 */
final class Fft {
    static final int SMALLEST = 64;

    private final int size;
    private final int rows; // N1
    private final int columns; // N2
    private final double[] cos; // cos(2 pi k / size)
    private final double[] sin; // -sin(2 pi k / size)
    private final double[] turnRe; // W^(n2 k1), [k1][n2]
    private final double[] turnIm;

    Fft(int size) {
        if (size < SMALLEST || Integer.bitCount(size) != 1) {
            throw new IllegalArgumentException("size " + size);
        }
        this.size = size;
        int bits = Integer.numberOfTrailingZeros(size);
        this.rows = 1 << (bits / 2);
        this.columns = size / rows;
        this.cos = new double[size];
        this.sin = new double[size];
        for (int k = 0; k < size; k++) {
            cos[k] = Math.cos(2 * Math.PI * k / size);
            sin[k] = -Math.sin(2 * Math.PI * k / size);
        }
        this.turnRe = new double[size];
        this.turnIm = new double[size];
        for (int k = 0; k < rows; k++) {
            for (int n = 0; n < columns; n++) {
                turnRe[k * columns + n] = cos[n * k];
                turnIm[k * columns + n] = sin[n * k];
            }
        }
    }

    int size() {
        return size;
    }

    /** X[k] = sum_n x[n] exp(-2 pi i n k / size), in place. The inverse, times size, is this with the arrays swapped. */
    void forward(double[] re, double[] im, double[] scratchRe, double[] scratchIm) {
        boolean moved = columnTransforms(rows, columns, re, im, scratchRe, scratchIm);
        var fromRe = moved ? scratchRe : re;
        var fromIm = moved ? scratchIm : im;
        var toRe = moved ? re : scratchRe;
        var toIm = moved ? im : scratchIm;
        turn(fromRe, fromIm, toRe, toIm);
        boolean movedBack = columnTransforms(columns, rows, toRe, toIm, fromRe, fromIm);
        var resultRe = movedBack ? fromRe : toRe;
        if (resultRe != re) {
            System.arraycopy(scratchRe, 0, re, 0, size);
            System.arraycopy(scratchIm, 0, im, 0, size);
        }
    }

    /** Transforms of {@code length} along the columns of [length][stride]; true if the result is in {@code y}. */
    private boolean columnTransforms(int length, int stride, double[] xr, double[] xi, double[] yr, double[] yi) {
        int n = length;
        int s = stride;
        boolean inY = false;
        while (n > 1) {
            if (n % 4 == 0) {
                radix4(n, s, inY ? yr : xr, inY ? yi : xi, inY ? xr : yr, inY ? xi : yi);
                n /= 4;
                s *= 4;
            } else {
                radix2(s, inY ? yr : xr, inY ? yi : xi, inY ? xr : yr, inY ? xi : yi);
                n /= 2;
            }
            inY = !inY;
        }
        return inY;
    }

    private void radix4(int n, int s, double[] xr, double[] xi, double[] yr, double[] yi) {
        int m = n / 4;
        int step = size / n;
        for (int p = 0; p < m; p++) {
            butterfly4(
                    s,
                    s * p,
                    s * m,
                    4 * s * p,
                    cos[p * step],
                    sin[p * step],
                    cos[2 * p * step],
                    sin[2 * p * step],
                    cos[3 * p * step],
                    sin[3 * p * step],
                    xr,
                    xi,
                    yr,
                    yi);
        }
    }

    private static void butterfly4(
            int s,
            int from,
            int quarter,
            int to,
            double w1r,
            double w1i,
            double w2r,
            double w2i,
            double w3r,
            double w3i,
            double[] xr,
            double[] xi,
            double[] yr,
            double[] yi) {
        for (int q = 0; q < s; q++) {
            double ar = xr[from + q];
            double ai = xi[from + q];
            double br = xr[from + quarter + q];
            double bi = xi[from + quarter + q];
            double cr = xr[from + 2 * quarter + q];
            double ci = xi[from + 2 * quarter + q];
            double dr = xr[from + 3 * quarter + q];
            double di = xi[from + 3 * quarter + q];
            double acr = ar + cr;
            double aci = ai + ci;
            double amr = ar - cr;
            double ami = ai - ci;
            double bdr = br + dr;
            double bdi = bi + di;
            double bmr = br - dr;
            double bmi = bi - di;
            yr[to + q] = acr + bdr;
            yi[to + q] = aci + bdi;
            double ur = amr + bmi;
            double ui = ami - bmr;
            yr[to + s + q] = ur * w1r - ui * w1i;
            yi[to + s + q] = ur * w1i + ui * w1r;
            double vr = acr - bdr;
            double vi = aci - bdi;
            yr[to + 2 * s + q] = vr * w2r - vi * w2i;
            yi[to + 2 * s + q] = vr * w2i + vi * w2r;
            double zr = amr - bmi;
            double zi = ami + bmr;
            yr[to + 3 * s + q] = zr * w3r - zi * w3i;
            yi[to + 3 * s + q] = zr * w3i + zi * w3r;
        }
    }

    /** The last stage where the length is no power of four: it needs no twiddle factors. */
    private static void radix2(int s, double[] xr, double[] xi, double[] yr, double[] yi) {
        for (int q = 0; q < s; q++) {
            double ar = xr[q];
            double ai = xi[q];
            double br = xr[s + q];
            double bi = xi[s + q];
            yr[q] = ar + br;
            yi[q] = ai + bi;
            yr[s + q] = ar - br;
            yi[s + q] = ai - bi;
        }
    }

    /** Multiplies [k1][n2] by its twiddle factors and transposes it to [n2][k1]. */
    private void turn(double[] xr, double[] xi, double[] yr, double[] yi) {
        int tile = 8;
        for (int k0 = 0; k0 < rows; k0 += tile) {
            for (int n0 = 0; n0 < columns; n0 += tile) {
                for (int k = k0; k < k0 + tile; k++) {
                    for (int n = n0; n < n0 + tile; n++) {
                        int from = k * columns + n;
                        int to = n * rows + k;
                        double wr = turnRe[from];
                        double wi = turnIm[from];
                        yr[to] = xr[from] * wr - xi[from] * wi;
                        yi[to] = xr[from] * wi + xi[from] * wr;
                    }
                }
            }
        }
    }
}
