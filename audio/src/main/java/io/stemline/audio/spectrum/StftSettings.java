package io.stemline.audio.spectrum;

/**
 * How a signal is cut into frames.
 *
 * <p>Frame {@code k} starts at sample {@code k * hopLength}, or half a window earlier if frames are centred. The window
 * stands at the beginning of the frame; zeros follow up to the FFT length. For a signal of {@code L} samples there are
 *
 * <table>
 *   <caption>Number of frames (W: window, H: hop)</caption>
 *   <tr><th></th><th>end not padded</th><th>end padded</th></tr>
 *   <tr><td>not centred</td><td>{@code 1 + floor((L - W) / H)}, none if L is below W</td>
 *       <td>{@code ceil(L / H)}: every frame that starts inside</td></tr>
 *   <tr><td>centred</td><td>{@code 1 + floor((L + 2 floor(W/2) - W) / H)}</td>
 *       <td>{@code 1 + ceil(L / H)}: the last frame's centre is not before the end</td></tr>
 * </table>
 *
 * @param windowLength samples under the window
 * @param hopLength samples from one frame to the next
 * @param fftLength samples transformed, even and at least the window length; lengths without prime factors above 5 are
 *     the fastest and the most exact
 * @param center whether the first frame's centre, not its beginning, is the first sample
 * @param padEnd whether zeros are appended so that the last samples are framed as well
 * @param centerPadding what stands outside the signal if frames are centred
 */
public record StftSettings(
        int windowLength,
        int hopLength,
        WindowFunction window,
        int fftLength,
        boolean center,
        boolean padEnd,
        CenterPadding centerPadding) {

    /**
     * The least sum of overlapping squared windows, as a share of the highest squared weight, with which samples can be
     * won back from a spectrogram to six digits. Below, rounding errors of the transform would be amplified beyond that.
     */
    public static final double LEAST_OVERLAP = 0.08;

    public StftSettings {
        if (windowLength < 1 || hopLength < 1) {
            throw new IllegalArgumentException(
                    "Window and hop have at least one sample, not " + windowLength + " and " + hopLength);
        }
        if (fftLength < windowLength || fftLength % 2 != 0) {
            throw new IllegalArgumentException("The FFT length must be even and at least the window's " + windowLength
                    + " samples, it is " + fftLength);
        }
    }

    /** Centred frames see silence outside the signal. */
    public StftSettings(
            int windowLength, int hopLength, WindowFunction window, int fftLength, boolean center, boolean padEnd) {
        this(windowLength, hopLength, window, fftLength, center, padEnd, CenterPadding.ZERO);
    }

    /** Periodic Hann window, centred frames, padded end, the FFT as long as the window (one more if that is odd). */
    public static StftSettings of(int windowLength, int hopLength) {
        return new StftSettings(
                windowLength, hopLength, WindowFunction.HANN, windowLength + windowLength % 2, true, true);
    }

    public StftSettings withWindow(WindowFunction other) {
        return new StftSettings(windowLength, hopLength, other, fftLength, center, padEnd, centerPadding);
    }

    public StftSettings withFftLength(int other) {
        return new StftSettings(windowLength, hopLength, window, other, center, padEnd, centerPadding);
    }

    public StftSettings withCenter(boolean other) {
        return new StftSettings(windowLength, hopLength, window, fftLength, other, padEnd, centerPadding);
    }

    public StftSettings withPadEnd(boolean other) {
        return new StftSettings(windowLength, hopLength, window, fftLength, center, other, centerPadding);
    }

    public StftSettings withCenterPadding(CenterPadding other) {
        return new StftSettings(windowLength, hopLength, window, fftLength, center, padEnd, other);
    }

    /** Values in the spectrum of one frame, from 0 Hz to half the sample rate. */
    public int bins() {
        return fftLength / 2 + 1;
    }

    /** How many samples of the first frame lie before the signal. */
    public int leadFrames() {
        return center ? windowLength / 2 : 0;
    }

    /** How many frames a signal of this many samples has. */
    public int frames(long lengthFrames) {
        long frames;
        if (padEnd) {
            frames = Math.ceilDiv(lengthFrames, hopLength) + (center ? 1 : 0);
        } else {
            frames = Math.floorDiv(lengthFrames + 2L * leadFrames() - windowLength, hopLength) + 1;
        }
        return Math.toIntExact(Math.max(0, frames));
    }

    /**
     * The overlap-added squared window far from the ends of a signal, which the inverse divides by; it repeats every
     * hop, starting where a frame starts.
     *
     * @return {@code [hopLength]}
     */
    public float[] summedSquaredWindow() {
        double[] sum = new double[hopLength];
        float[] weights = window.periodic(windowLength);
        for (int n = 0; n < windowLength; n++) {
            sum[n % hopLength] += (double) weights[n] * weights[n];
        }
        float[] rounded = new float[hopLength];
        for (int n = 0; n < hopLength; n++) {
            rounded[n] = (float) sum[n];
        }
        return rounded;
    }

    /** Whether a signal can be won back from its spectrogram to six digits. */
    public boolean invertible() {
        return leastOverlap() >= LEAST_OVERLAP;
    }

    /**
     * @throws IllegalArgumentException if signals cannot be won back, naming the window, the hop and the reason
     */
    public StftSettings requireInvertible() {
        if (!invertible()) {
            throw new IllegalArgumentException(
                    "A %s window of %d samples every %d samples leaves gaps: the overlapping squared windows fall to %.2g of their peak, and %s is the least from which samples can be won back. Use a shorter hop"
                            .formatted(window, windowLength, hopLength, leastOverlap(), LEAST_OVERLAP));
        }
        return this;
    }

    private double leastOverlap() {
        float least = Float.MAX_VALUE;
        for (float sum : summedSquaredWindow()) {
            least = Math.min(least, sum);
        }
        return least / highestSquaredWeight();
    }

    float highestSquaredWeight() {
        float highest = 0;
        for (float weight : window.periodic(windowLength)) {
            highest = Math.max(highest, weight * weight);
        }
        return highest;
    }
}
