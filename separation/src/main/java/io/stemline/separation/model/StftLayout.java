package io.stemline.separation.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.OptionalInt;

/**
 * The short-time Fourier transform in front of a network.
 *
 * @param windowLength samples under the window
 * @param hopLength samples from one frame to the next, at most half a window
 * @param window name of the (periodic) window function, in lower case: {@code hann}, {@code hamming}, {@code blackman},
 *     {@code sine} or {@code rectangular}
 * @param fftLength samples of the transform, even, at least a window
 * @param bins how many of the lowest bins the network sees, at most {@code fftLength / 2 + 1}
 * @param leadSamples how far before the track the first frame begins, which fixes where segments begin as well; absent
 *     for as many hops as reach into the first sample, the least with which every sample has all of its windows. A
 *     network sees a track as in its training only with the lead that it was trained with. With less than the least the
 *     track fades in over its first window
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record StftLayout(
        int windowLength, int hopLength, String window, int fftLength, int bins, OptionalInt leadSamples) {

    static final List<String> WINDOWS = List.of("hann", "hamming", "blackman", "sine", "rectangular");

    public StftLayout {
        Check.within("stft.windowLength", windowLength, 2, 1 << 20);
        Check.within("stft.hopLength", hopLength, 1, windowLength / 2);
        Check.oneOf("stft.window", window, WINDOWS);
        Check.within("stft.fftLength", fftLength, windowLength, 1 << 20);
        Check.that(fftLength % 2 == 0, "stft.fftLength", "must be even, and is " + fftLength);
        Check.within("stft.bins", bins, 1, fftLength / 2 + 1);
        leadSamples = leadSamples == null ? OptionalInt.empty() : leadSamples;
        if (leadSamples.isPresent()) {
            Check.within("stft.leadSamples", leadSamples.getAsInt(), 0, windowLength);
        }
    }

    /** The first frame begins as many hops before the track as reach into its first sample. */
    public StftLayout(int windowLength, int hopLength, String window, int fftLength, int bins) {
        this(windowLength, hopLength, window, fftLength, bins, OptionalInt.empty());
    }

    /** The same, with the first frame so many samples before the track. */
    public StftLayout withLeadSamples(int leadSamples) {
        return new StftLayout(windowLength, hopLength, window, fftLength, bins, OptionalInt.of(leadSamples));
    }

    /** All bins of the transform, of which the network sees the lowest {@link #bins}. */
    public int transformBins() {
        return fftLength / 2 + 1;
    }
}
