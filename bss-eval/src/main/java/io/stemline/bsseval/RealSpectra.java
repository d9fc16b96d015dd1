package io.stemline.bsseval;

import java.util.Arrays;

/**
 * Spectra of real signals, two signals for one complex transform: they are its real and imaginary part, and come apart by
 * the symmetry of their spectra. A spectrum is its bins 0 to size / 2, as separate arrays of real and imaginary parts,
 * because loops over those become vector instructions. Not for sharing between threads.
 */
final class RealSpectra {
    private final Fft fft;
    private final int size;
    private final double[] z; // two signals, or the spectrum of their complex sum, interleaved

    RealSpectra(Fft fft) {
        this.fft = fft;
        this.size = fft.size();
        this.z = new double[2 * size];
    }

    static int bins(int size) {
        return size / 2 + 1;
    }

    /** Takes frames of signal 0 or 1 for the next {@link #forward}; the frames outside are zero. */
    void load(int signal, double[] x, int from, int to) {
        clear(signal, 0, from);
        for (int n = from; n < to; n++) {
            z[2 * n + signal] = x[n];
        }
        clear(signal, to, size);
    }

    /** Makes signal 0 or 1 silent. */
    void clear(int signal) {
        clear(signal, 0, size);
    }

    private void clear(int signal, int from, int to) {
        for (int n = from; n < to; n++) {
            z[2 * n + signal] = 0;
        }
    }

    /** Copies signal 0 or 1 out, after {@link #inverse}. */
    void store(int signal, double[] x) {
        for (int n = 0; n < size; n++) {
            x[n] = z[2 * n + signal];
        }
    }

    /** The spectra of the two signals. */
    void forward(double[] aRe, double[] aIm, double[] bRe, double[] bIm) {
        fft.forward(z);
        aRe[0] = z[0];
        aIm[0] = 0;
        bRe[0] = z[1];
        bIm[0] = 0;
        int half = size / 2;
        for (int k = 1; k <= half; k++) {
            int mirror = 2 * (size - k);
            double zr = z[2 * k];
            double zi = z[2 * k + 1];
            double yr = z[mirror];
            double yi = z[mirror + 1];
            aRe[k] = 0.5 * (zr + yr);
            aIm[k] = 0.5 * (zi - yi);
            bRe[k] = 0.5 * (zi + yi);
            bIm[k] = 0.5 * (yr - zr);
        }
    }

    /** The two signals of the given spectra, times size. */
    void inverse(double[] aRe, double[] aIm, double[] bRe, double[] bIm) {
        int half = size / 2;
        z[0] = aRe[0];
        z[1] = bRe[0];
        for (int k = 1; k < half; k++) {
            int mirror = 2 * (size - k);
            z[2 * k] = aRe[k] - bIm[k];
            z[2 * k + 1] = aIm[k] + bRe[k];
            z[mirror] = aRe[k] + bIm[k];
            z[mirror + 1] = bRe[k] - aIm[k];
        }
        z[size] = aRe[half];
        z[size + 1] = bRe[half];
        fft.inverse(z);
    }

    /** The spectrum of one signal whose first frames are given; the others are zero. */
    void forward(double[] x, double[] re, double[] im) {
        Arrays.fill(z, 0);
        for (int n = 0; n < x.length; n++) {
            z[2 * n] = x[n];
        }
        fft.forward(z);
        for (int k = 0; k < re.length; k++) {
            re[k] = z[2 * k];
            im[k] = z[2 * k + 1];
        }
    }

    /** The first frames of the signal of one spectrum, times size; {@code x} is as long as they are many, or size. */
    void inverse(double[] re, double[] im, double[] x) {
        int half = size / 2;
        for (int k = 0; k <= half; k++) {
            z[2 * k] = re[k];
            z[2 * k + 1] = im[k];
        }
        for (int k = 1; k < half; k++) {
            z[2 * (size - k)] = re[k];
            z[2 * (size - k) + 1] = -im[k];
        }
        fft.inverse(z);
        for (int n = 0; n < x.length; n++) {
            x[n] = z[2 * n];
        }
    }
}
