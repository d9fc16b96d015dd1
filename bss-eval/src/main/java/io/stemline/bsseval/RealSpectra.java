package io.stemline.bsseval;

/**
 * Spectra of real signals, two signals for one complex transform: they are its real and imaginary part, and come apart by
 * the symmetry of their spectra. A spectrum is its bins 0 to size / 2, as separate real and imaginary parts. Not for
 * sharing between threads.
 */
final class RealSpectra {
    private final Fft fft;
    private final int size;
    private final double[] re;
    private final double[] im;
    private final double[] scratchRe;
    private final double[] scratchIm;

    RealSpectra(Fft fft) {
        this.fft = fft;
        this.size = fft.size();
        this.re = new double[size];
        this.im = new double[size];
        this.scratchRe = new double[size];
        this.scratchIm = new double[size];
    }

    static int bins(int size) {
        return size / 2 + 1;
    }

    /** Real and imaginary input of the next {@link #forward}, which the caller fills. */
    double[] first() {
        return re;
    }

    double[] second() {
        return im;
    }

    /** Transforms the two signals in {@link #first} and {@link #second}. */
    void forward(double[] aRe, double[] aIm, double[] bRe, double[] bIm) {
        fft.forward(re, im, scratchRe, scratchIm);
        aRe[0] = re[0];
        aIm[0] = 0;
        bRe[0] = im[0];
        bIm[0] = 0;
        int half = size / 2;
        for (int k = 1; k <= half; k++) {
            double zr = re[k];
            double zi = im[k];
            double yr = re[size - k];
            double yi = im[size - k];
            aRe[k] = 0.5 * (zr + yr);
            aIm[k] = 0.5 * (zi - yi);
            bRe[k] = 0.5 * (zi + yi);
            bIm[k] = 0.5 * (yr - zr);
        }
    }

    /** The two signals of the given spectra, times size, in {@link #first} and {@link #second}. */
    void inverse(double[] aRe, double[] aIm, double[] bRe, double[] bIm) {
        int half = size / 2;
        re[0] = aRe[0];
        im[0] = bRe[0];
        for (int k = 1; k < half; k++) {
            re[k] = aRe[k] - bIm[k];
            im[k] = aIm[k] + bRe[k];
            re[size - k] = aRe[k] + bIm[k];
            im[size - k] = bRe[k] - aIm[k];
        }
        re[half] = aRe[half];
        im[half] = bRe[half];
        fft.forward(im, re, scratchIm, scratchRe);
    }
}
