package io.stemline.bsseval;

import org.jtransforms.fft.DoubleFFT_1D;
import org.visnow.jlargearrays.ConcurrencyUtils;

/** Complex Fourier transform of a power of two. Instances can be shared by threads. */
final class Fft {
    static final int SMALLEST = 64;

    static {
        // Scoring has threads of its own, each with whole transforms to do.
        ConcurrencyUtils.setNumberOfThreads(1);
    }

    private final int size;
    private final DoubleFFT_1D transform;

    Fft(int size) {
        this.size = size;
        this.transform = new DoubleFFT_1D(size);
    }

    int size() {
        return size;
    }

    /** X[k] = sum_n x[n] exp(-2 pi i n k / size), in place, on real and imaginary parts in turn. */
    void forward(double[] interleaved) {
        transform.complexForward(interleaved);
    }

    /** The inverse of {@link #forward}, times size. */
    void inverse(double[] interleaved) {
        transform.complexInverse(interleaved, false);
    }
}
