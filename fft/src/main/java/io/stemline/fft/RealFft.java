package io.stemline.fft;

import java.util.Arrays;

/**
 * Fourier transforms of several real signals side by side, by the four-step method (Bailey, "FFTs in external or
 * hierarchical memory", Journal of Supercomputing 4, 1990). A signal is a matrix of R x C frames, row after row; its
 * columns are transformed, turned by twiddle factors, made rows, and these are transformed. The matrices of all signals
 * stand beside each other, so that the rows are long enough for vector instructions to pay.
 *
 * <p>The frames are real: the right half of the matrix is the imaginary part of the left one, and after the first
 * transforms the two come apart by their symmetry, row by row. By that symmetry the bins k1 + R k2 with k1 up to R / 2 are
 * all there is to know. A spectrum is those bins at index k2 (R / 2 + 1) + k1, as an array of real and one of imaginary
 * parts. Not for sharing between threads.
 */
public final class RealFft {

    /** The shortest transform. */
    public static final int SMALLEST = 64;

    private final int size;
    private final int lanes;
    private final int rows; // R
    private final int columns; // C
    private final int half; // C / 2
    private final int kept; // R / 2 + 1
    private final ColumnFft first; // [row][lane, left column]
    private final ColumnFft second; // [column][lane, k1]
    private final double[][] twiddleRe; // [column][k1]
    private final double[][] twiddleIm;
    private final Half left;
    private final Half right;
    private final double[] none;

    /**
     * @param size transform length, a power of two
     * @param lanes number of signals that are transformed together
     */
    public RealFft(int size, int lanes) {
        this.size = size;
        this.lanes = lanes;
        this.rows = rows(size);
        this.columns = size / rows;
        this.half = columns / 2;
        this.kept = rows / 2 + 1;
        this.first = new ColumnFft(rows, lanes * half);
        this.second = new ColumnFft(columns, lanes * kept);
        this.twiddleRe = new double[columns][kept];
        this.twiddleIm = new double[columns][kept];
        for (int n = 0; n < columns; n++) {
            for (int k = 0; k < kept; k++) {
                twiddleRe[n][k] = Math.cos(2 * Math.PI * n * k / size);
                twiddleIm[n][k] = -Math.sin(2 * Math.PI * n * k / size);
            }
        }
        this.left = new Half(new double[kept][], new double[kept][]);
        this.right = new Half(new double[kept][], new double[kept][]);
        this.none = new double[lanes * half];
        for (int k = 0; k < kept; k++) {
            boolean real = k == 0 || k == rows / 2;
            left.re[k] = first.binRe(k);
            left.im[k] = real ? none : first.binIm(k);
            right.re[k] = real ? first.binIm(k) : first.binRe(rows - k);
            right.im[k] = real ? none : first.binIm(rows - k);
        }
    }

    /** Half of the columns after the first transforms, [k1][lane, column]. */
    private record Half(double[][] re, double[][] im) {}

    /** Length of the arrays of a spectrum. */
    public static int bins(int size) {
        int rows = rows(size);
        return size / rows * (rows / 2 + 1);
    }

    /** The frequency of a bin in cycles per transform, for the tests. */
    public static int frequency(int size, int bin) {
        int kept = rows(size) / 2 + 1;
        return bin % kept + bin / kept * rows(size);
    }

    private static int rows(int size) {
        return 1 << (Integer.numberOfTrailingZeros(size) + 1) / 2;
    }

    /**
     * Bound on the error of a transform relative to its result, both as Euclidean norms: log2(size) eta with eta = u +
     * gamma_4 (sqrt 2 + u), about 6.7 u, for roots that are correct to the unit roundoff u (Higham, "Accuracy and Stability
     * of Numerical Algorithms", 2nd edition, theorem 24.2). The four steps are a radix 2 transform in another order.
     */
    public static double relativeError(int size) {
        return Integer.numberOfTrailingZeros(size) * 6.7 * Math.ulp(1.0) / 2;
    }

    /** Transform length. */
    public int size() {
        return size;
    }

    /** How many signals are transformed together. */
    public int lanes() {
        return lanes;
    }

    /** Takes frames of a signal for the next {@link #forward}; the frames outside are zero. */
    public void load(int lane, double[] x, int from, int to) {
        for (int r = 0; r < rows; r++) {
            copy(x, from, to, r * columns, first.frameRe(r), lane * half);
            copy(x, from, to, r * columns + half, first.frameIm(r), lane * half);
        }
    }

    private void copy(double[] x, int from, int to, int frame, double[] row, int at) {
        int begin = Math.clamp(from - frame, 0, half);
        int end = Math.clamp(to - frame, begin, half);
        Arrays.fill(row, at, at + begin, 0);
        System.arraycopy(x, Math.min(frame + begin, x.length), row, at + begin, end - begin);
        Arrays.fill(row, at + end, at + half, 0);
    }

    /** Copies the first frames of a signal out after {@link #inverse}; {@code x} is as long as they are many. */
    public void store(int lane, double[] x) {
        for (int r = 0; r * columns < x.length; r++) {
            int frame = r * columns;
            System.arraycopy(first.frameRe(r), lane * half, x, frame, Math.min(half, x.length - frame));
            int rest = Math.min(half, x.length - frame - half);
            if (rest > 0) {
                System.arraycopy(first.frameIm(r), lane * half, x, frame + half, rest);
            }
        }
    }

    /**
     * Takes a windowed frame of floats for the next {@link #forward}.
     *
     * @param x the signal; as many samples as the window has are read from {@code offset} on, zeros follow them
     */
    public void loadWindowed(int lane, float[] x, int offset, float[] window) {
        for (int r = 0; r < rows; r++) {
            int frame = r * columns;
            windowed(x, offset, window, frame, first.frameRe(r), lane * half);
            windowed(x, offset, window, frame + half, first.frameIm(r), lane * half);
        }
    }

    private void windowed(float[] x, int offset, float[] window, int frame, double[] row, int at) {
        int count = Math.clamp(window.length - frame, 0, half);
        for (int n = 0; n < count; n++) {
            row[at + n] = (double) x[offset + frame + n] * window[frame + n];
        }
        Arrays.fill(row, at + count, at + half, 0);
    }

    /**
     * Adds a frame after {@link #inverse}, times a window, to a signal of floats.
     *
     * @param window as many samples as it has are added; its scale must make up for that of the inverse
     * @param sum the signal; samples from {@code offset} on grow
     */
    public void addWindowed(int lane, float[] window, float[] sum, int offset) {
        for (int r = 0; r < rows; r++) {
            int frame = r * columns;
            addRow(first.frameRe(r), lane * half, window, frame, sum, offset);
            addRow(first.frameIm(r), lane * half, window, frame + half, sum, offset);
        }
    }

    private void addRow(double[] row, int at, float[] window, int frame, float[] sum, int offset) {
        int count = Math.clamp(window.length - frame, 0, half);
        for (int n = 0; n < count; n++) {
            sum[offset + frame + n] += (float) (row[at + n] * window[frame + n]);
        }
    }

    /**
     * Takes a spectrum of floats for the next {@link #inverse}.
     *
     * @param re real parts of the bins from 0 to size / 2 in the order of their frequencies, from {@code offset} on
     * @param im imaginary parts
     */
    public void loadBins(int lane, float[] re, float[] im, int offset) {
        int at = lane * kept;
        for (int k2 = 0; k2 < columns; k2++) {
            double[] rowRe = second.binRe(k2);
            double[] rowIm = second.binIm(k2);
            int frequency = k2 * rows;
            int direct = Math.clamp(size / 2 - frequency + 1, 0, kept);
            for (int k1 = 0; k1 < direct; k1++) {
                rowRe[at + k1] = re[offset + frequency + k1];
                rowIm[at + k1] = im[offset + frequency + k1];
            }
            int mirror = offset + size - frequency;
            for (int k1 = direct; k1 < kept; k1++) {
                rowRe[at + k1] = re[mirror - k1];
                rowIm[at + k1] = -im[mirror - k1];
            }
        }
    }

    /**
     * Copies a spectrum out after {@link #forward}, as floats.
     *
     * @param re receives the real parts of the bins from 0 to size / 2 in the order of their frequencies, from {@code offset} on
     * @param im receives the imaginary parts
     */
    public void storeBins(int lane, float[] re, float[] im, int offset) {
        int at = lane * kept;
        for (int k2 = 0; k2 < columns / 2; k2++) {
            double[] rowRe = second.binRe(k2);
            double[] rowIm = second.binIm(k2);
            int to = offset + k2 * rows;
            for (int k1 = 0; k1 < kept; k1++) {
                re[to + k1] = (float) rowRe[at + k1];
                im[to + k1] = (float) rowIm[at + k1];
            }
            double[] mirrorRe = second.binRe(columns - 1 - k2);
            double[] mirrorIm = second.binIm(columns - 1 - k2);
            for (int k1 = kept; k1 < rows; k1++) {
                re[to + k1] = (float) mirrorRe[at + rows - k1];
                im[to + k1] = (float) -mirrorIm[at + rows - k1];
            }
        }
        re[offset + size / 2] = (float) second.binRe(columns / 2)[at];
        im[offset + size / 2] = (float) second.binIm(columns / 2)[at];
    }

    /** Takes a spectrum for the next {@link #inverse}. */
    public void loadSpectrum(int lane, double[] re, double[] im) {
        for (int k = 0; k < columns; k++) {
            System.arraycopy(re, k * kept, second.binRe(k), lane * kept, kept);
            System.arraycopy(im, k * kept, second.binIm(k), lane * kept, kept);
        }
    }

    /** Copies a spectrum out after {@link #forward}. */
    public void storeSpectrum(int lane, double[] re, double[] im) {
        for (int k = 0; k < columns; k++) {
            System.arraycopy(second.binRe(k), lane * kept, re, k * kept, kept);
            System.arraycopy(second.binIm(k), lane * kept, im, k * kept, kept);
        }
    }

    /** X[k] = sum_n x[n] exp(-2 pi i n k / size) of the loaded signals. */
    public void forward() {
        first.forward();
        for (int k = 1; k < rows / 2; k++) {
            separate(left.re[k], left.im[k], right.re[k], right.im[k]);
        }
        Arrays.fill(none, 0);
        for (int lane = 0; lane < lanes; lane++) {
            for (int n = 0; n < half; n++) {
                toRow(left, lane, n, n);
                toRow(right, lane, n, half + n);
            }
        }
        second.forward();
    }

    /** The inverse of {@link #forward}, times size, of the loaded spectra. */
    public void inverse() {
        second.inverse();
        for (int lane = 0; lane < lanes; lane++) {
            for (int n = 0; n < half; n++) {
                toColumn(left, lane, n, n);
                toColumn(right, lane, n, half + n);
            }
        }
        for (int k = 1; k < rows / 2; k++) {
            join(left.re[k], left.im[k], right.re[k], right.im[k]);
        }
        first.inverse();
    }

    private void toRow(Half from, int lane, int n, int column) {
        turn(
                from.re,
                from.im,
                lane * half + n,
                twiddleRe[column],
                twiddleIm[column],
                second.frameRe(column),
                second.frameIm(column),
                lane * kept);
    }

    private static void turn(
            double[][] fromRe,
            double[][] fromIm,
            int column,
            double[] wr,
            double[] wi,
            double[] re,
            double[] im,
            int at) {
        for (int k = 0; k < wr.length; k++) {
            double a = fromRe[k][column];
            double b = fromIm[k][column];
            re[at + k] = a * wr[k] - b * wi[k];
            im[at + k] = a * wi[k] + b * wr[k];
        }
    }

    private void toColumn(Half to, int lane, int n, int column) {
        turnBack(
                second.frameRe(column),
                second.frameIm(column),
                lane * kept,
                twiddleRe[column],
                twiddleIm[column],
                to.re,
                to.im,
                lane * half + n);
    }

    private static void turnBack(
            double[] re, double[] im, int at, double[] wr, double[] wi, double[][] toRe, double[][] toIm, int column) {
        for (int k = 0; k < wr.length; k++) {
            double a = re[at + k];
            double b = im[at + k];
            toRe[k][column] = a * wr[k] + b * wi[k];
            toIm[k][column] = b * wr[k] - a * wi[k];
        }
    }

    /** From bins k and R - k of x + i y to bin k of x and of y. */
    private static void separate(double[] ar, double[] ai, double[] br, double[] bi) {
        for (int k = 0; k < ar.length; k++) {
            double pr = ar[k];
            double pi = ai[k];
            double qr = br[k];
            double qi = bi[k];
            ar[k] = 0.5 * (pr + qr);
            ai[k] = 0.5 * (pi - qi);
            br[k] = 0.5 * (pi + qi);
            bi[k] = 0.5 * (qr - pr);
        }
    }

    /** And back. */
    private static void join(double[] ar, double[] ai, double[] br, double[] bi) {
        for (int k = 0; k < ar.length; k++) {
            double xr = ar[k];
            double xi = ai[k];
            double yr = br[k];
            double yi = bi[k];
            ar[k] = xr - yi;
            ai[k] = xi + yr;
            br[k] = xr + yi;
            bi[k] = yr - xi;
        }
    }
}
