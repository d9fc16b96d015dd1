package io.stemline.separation.model;

import java.util.List;

/**
 * The short-time Fourier transform in front of a network.
 *
 * @param windowLength samples under the window
 * @param hopLength samples from one frame to the next, at most half a window
 * @param window name of the (periodic) window function, in lower case: {@code hann}, {@code hamming}, {@code blackman},
 *     {@code sine} or {@code rectangular}
 * @param fftLength samples of the transform, even, at least a window
 * @param bins how many of the lowest bins the network sees, at most {@code fftLength / 2 + 1}
 */
public record StftLayout(int windowLength, int hopLength, String window, int fftLength, int bins) {

    static final List<String> WINDOWS = List.of("hann", "hamming", "blackman", "sine", "rectangular");

    public StftLayout {
        Check.within("stft.windowLength", windowLength, 2, 1 << 20);
        Check.within("stft.hopLength", hopLength, 1, windowLength / 2);
        Check.oneOf("stft.window", window, WINDOWS);
        Check.within("stft.fftLength", fftLength, windowLength, 1 << 20);
        Check.that(fftLength % 2 == 0, "stft.fftLength", "must be even, and is " + fftLength);
        Check.within("stft.bins", bins, 1, fftLength / 2 + 1);
    }

    /** All bins of the transform, of which the network sees the lowest {@link #bins}. */
    public int transformBins() {
        return fftLength / 2 + 1;
    }
}
