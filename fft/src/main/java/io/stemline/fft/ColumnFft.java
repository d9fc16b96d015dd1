package io.stemline.fft;

/**
 * Fourier transforms of all columns of a complex matrix side by side, in place, by decimation in time with radix 2. A
 * butterfly combines two whole rows, which are arrays of their own with a common index: only then does the compiler turn
 * its loop into vector instructions. That it is the only loop makes it the first to be compiled.
 *
 * <p>A transform leaves bin k where the frame lay whose number is k with its bits reversed. Nothing is moved for that: rows
 * of frames and rows of bins are two orders of the same arrays.
 */
final class ColumnFft {
    private final int length;
    private final double[] rootRe; // [k]: exp(-2 pi i k / length)
    private final double[] rootIm;
    private final double[][] frameRe; // [frame][column]
    private final double[][] frameIm;
    private final double[][] binRe; // [bin][column], the same rows
    private final double[][] binIm;

    ColumnFft(int length, int columns) {
        this.length = length;
        this.rootRe = new double[length];
        this.rootIm = new double[length];
        this.frameRe = new double[length][];
        this.frameIm = new double[length][];
        this.binRe = new double[length][columns];
        this.binIm = new double[length][columns];
        int unusedBits = Integer.SIZE - Integer.numberOfTrailingZeros(length);
        for (int k = 0; k < length; k++) {
            rootRe[k] = Math.cos(2 * Math.PI * k / length);
            rootIm[k] = -Math.sin(2 * Math.PI * k / length);
            int reversed = length == 1 ? 0 : Integer.reverse(k) >>> unusedBits;
            frameRe[k] = binRe[reversed];
            frameIm[k] = binIm[reversed];
        }
    }

    double[] frameRe(int frame) {
        return frameRe[frame];
    }

    double[] frameIm(int frame) {
        return frameIm[frame];
    }

    double[] binRe(int bin) {
        return binRe[bin];
    }

    double[] binIm(int bin) {
        return binIm[bin];
    }

    /** From rows of frames to rows of bins. */
    void forward() {
        transform(binRe, binIm, 0, length);
    }

    /** From rows of bins to rows of frames, times length: the forward transform with real and imaginary parts exchanged. */
    void inverse() {
        transform(frameIm, frameRe, 0, length);
    }

    /** Each half by itself first, and so on: what fits into the nearest cache stays there until it is done. */
    private void transform(double[][] re, double[][] im, int first, int count) {
        int half = count / 2;
        if (half == 0) {
            return;
        }
        transform(re, im, first, half);
        transform(re, im, first + half, half);
        for (int k = 0; k < half; k++) {
            int root = length / count * k;
            int a = first + k;
            int b = a + half;
            butterfly(re[a], im[a], re[b], im[b], rootRe[root], rootIm[root]);
        }
    }

    /** (a, b) = (a + w b, a - w b). */
    private static void butterfly(double[] ar, double[] ai, double[] br, double[] bi, double wr, double wi) {
        for (int k = 0; k < ar.length; k++) {
            double xr = ar[k];
            double xi = ai[k];
            double yr = br[k];
            double yi = bi[k];
            double zr = Math.fma(yr, wr, -(yi * wi));
            double zi = Math.fma(yr, wi, yi * wr);
            ar[k] = xr + zr;
            ai[k] = xi + zi;
            br[k] = xr - zr;
            bi[k] = xi - zi;
        }
    }
}
