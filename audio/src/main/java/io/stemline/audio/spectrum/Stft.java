package io.stemline.audio.spectrum;

import io.stemline.fft.RealFft;
import java.util.Arrays;
import org.jtransforms.fft.FloatFFT_1D;
import org.visnow.jlargearrays.ConcurrencyUtils;

/**
 * The short-time Fourier transform and its inverse by weighted overlap-add.
 *
 * <p>The inverse multiplies every frame with the window once more, adds the frames up and divides by the sum of the
 * squared windows (Griffin and Lim, "Signal estimation from modified short-time Fourier transform", 1984, equation 6).
 * An unchanged spectrogram gives the signal back to 1e-6 of full scale; of a changed one, it gives the signal whose
 * spectrogram is nearest.
 *
 * <p>{@link #forward} and {@link #inverse} take whole signals. Who works on a stream uses {@link #forwardFrames},
 * {@link #overlapAddFrames} and {@link StftSettings#summedSquaredWindow()}, or the same for one frame; these allocate
 * nothing. Several frames at once take less time each, where the length of the transform is a power of two.
 *
 * <p>Not thread-safe: every thread has its own, they are cheap.
 */
public final class Stft {

    static {
        // Callers bring their own threads; JTransforms would start more for long transforms.
        ConcurrencyUtils.setNumberOfThreads(1);
    }

    /** How many frames are transformed side by side: who has frames in plenty hands them over in such portions. */
    public static final int FRAMES_AT_ONCE = 8;

    private final StftSettings settings;
    private final FloatFFT_1D fft;
    private final float[] window;
    private final float[] synthesisWindow;
    private final float[] frame;
    private final boolean sideBySide;
    private RealFft manyFft;

    public Stft(StftSettings settings) {
        this.settings = settings;
        this.fft = new FloatFFT_1D(settings.fftLength());
        this.window = settings.window().periodic(settings.windowLength());
        this.synthesisWindow = new float[window.length];
        for (int n = 0; n < window.length; n++) {
            synthesisWindow[n] = window[n] / settings.fftLength();
        }
        this.frame = new float[settings.fftLength()];
        this.sideBySide = Integer.bitCount(settings.fftLength()) == 1 && settings.fftLength() >= RealFft.SMALLEST;
    }

    public StftSettings settings() {
        return settings;
    }

    public int bins() {
        return settings.bins();
    }

    public int frames(long lengthFrames) {
        return settings.frames(lengthFrames);
    }

    /**
     * Analyses one frame: window, transform.
     *
     * @param samples the signal; {@code windowLength} samples from {@code offset} on are read
     * @param re receives the real parts, {@code [bin]}
     * @param im receives the imaginary parts, {@code [bin]}
     */
    public void forwardFrame(float[] samples, int offset, float[] re, float[] im) {
        forwardFrame(samples, offset, re, im, 0);
    }

    /** The same, with the bins written from {@code binOffset} on. */
    public void forwardFrame(float[] samples, int offset, float[] re, float[] im, int binOffset) {
        for (int n = 0; n < window.length; n++) {
            frame[n] = samples[offset + n] * window[n];
        }
        transformFrame(re, im, binOffset);
    }

    /**
     * Analyses frames that begin a hop apart.
     *
     * @param samples the signal; {@code (frames - 1) * hopLength + windowLength} samples from {@code offset} on are read
     * @param re receives the real parts, {@code [frame * bins + bin]} from {@code binOffset} on
     * @param im receives the imaginary parts
     */
    public void forwardFrames(float[] samples, int offset, int frames, float[] re, float[] im, int binOffset) {
        int hop = settings.hopLength();
        if (!sideBySide) {
            for (int k = 0; k < frames; k++) {
                forwardFrame(samples, offset + k * hop, re, im, binOffset + k * bins());
            }
            return;
        }
        var many = manyFft();
        for (int k = 0; k < frames; k += FRAMES_AT_ONCE) {
            int count = Math.min(FRAMES_AT_ONCE, frames - k);
            for (int lane = 0; lane < count; lane++) {
                many.loadWindowed(lane, samples, offset + (k + lane) * hop, window);
            }
            many.forward();
            for (int lane = 0; lane < count; lane++) {
                many.storeBins(lane, re, im, binOffset + (k + lane) * bins());
            }
        }
    }

    private RealFft manyFft() {
        if (manyFft == null) {
            manyFft = new RealFft(settings.fftLength(), FRAMES_AT_ONCE);
        }
        return manyFft;
    }

    /**
     * Synthesises one frame: inverse transform, window. The result is to be overlap-added and divided by the summed
     * squared windows.
     *
     * @param re real parts, {@code [bin]}
     * @param im imaginary parts, {@code [bin]}; those of the first and the last bin are taken as 0
     * @param samples receives {@code windowLength} samples from {@code offset} on, replacing what is there
     */
    public void inverseFrame(float[] re, float[] im, float[] samples, int offset) {
        transformBack(re, im, 0);
        for (int n = 0; n < window.length; n++) {
            samples[offset + n] = frame[n] * window[n];
        }
    }

    /** As {@link #inverseFrame}, but adds to what is there. */
    public void overlapAddFrame(float[] re, float[] im, float[] samples, int offset) {
        overlapAddFrame(re, im, 0, samples, offset);
    }

    /** The same, with the bins read from {@code binOffset} on. */
    public void overlapAddFrame(float[] re, float[] im, int binOffset, float[] samples, int offset) {
        transformBack(re, im, binOffset);
        for (int n = 0; n < window.length; n++) {
            samples[offset + n] += frame[n] * window[n];
        }
    }

    /**
     * Synthesises frames that begin a hop apart and adds them to what is there.
     *
     * @param re real parts, {@code [frame * bins + bin]}
     * @param im imaginary parts; those of the first and the last bin of a frame are taken as 0
     * @param samples {@code (frames - 1) * hopLength + windowLength} samples from {@code offset} on are added to
     */
    public void overlapAddFrames(float[] re, float[] im, int frames, float[] samples, int offset) {
        int hop = settings.hopLength();
        if (!sideBySide) {
            for (int k = 0; k < frames; k++) {
                overlapAddFrame(re, im, k * bins(), samples, offset + k * hop);
            }
            return;
        }
        var many = manyFft();
        for (int k = 0; k < frames; k += FRAMES_AT_ONCE) {
            int count = Math.min(FRAMES_AT_ONCE, frames - k);
            for (int lane = 0; lane < count; lane++) {
                many.loadBins(lane, re, im, (k + lane) * bins());
            }
            many.inverse();
            for (int lane = 0; lane < count; lane++) {
                many.addWindowed(lane, synthesisWindow, samples, offset + (k + lane) * hop);
            }
        }
    }

    /** The spectra of all frames of a signal. */
    public Spectrogram forward(float[] signal) {
        int frames = frames(signal.length);
        float[][] re = new float[frames][bins()];
        float[][] im = new float[frames][bins()];
        for (int k = 0; k < frames; k++) {
            long start = (long) k * settings.hopLength() - settings.leadFrames();
            if (start >= 0 && start + window.length <= signal.length) {
                forwardFrame(signal, (int) start, re[k], im[k]);
            } else {
                for (int n = 0; n < window.length; n++) {
                    frame[n] = sampleAt(signal, start + n) * window[n];
                }
                transformFrame(re[k], im[k], 0);
            }
        }
        return new Spectrogram(re, im);
    }

    /**
     * The signal whose spectra these are.
     *
     * <p>Where fewer windows overlap than inside the signal, which happens only at its ends and only if frames are not
     * centred or the end is not padded, samples fade out instead of drowning in amplified rounding errors.
     *
     * @param lengthFrames how many samples to return
     * @throws IllegalArgumentException if window and hop leave gaps, see {@link StftSettings#requireInvertible()}
     */
    public float[] inverse(Spectrogram spectrogram, int lengthFrames) {
        settings.requireInvertible();
        int lead = settings.leadFrames();
        int hop = settings.hopLength();
        int covered = Math.max(lead + lengthFrames, (spectrogram.frames() - 1) * hop + window.length);
        double[] sum = new double[covered];
        double[] weights = new double[covered];
        for (int k = 0; k < spectrogram.frames(); k++) {
            transformBack(spectrogram.re()[k], spectrogram.im()[k], 0);
            for (int n = 0; n < window.length; n++) {
                sum[k * hop + n] += (double) frame[n] * window[n];
                weights[k * hop + n] += (double) window[n] * window[n];
            }
        }
        double least = StftSettings.LEAST_OVERLAP / 2 * settings.highestSquaredWeight();
        float[] signal = new float[lengthFrames];
        for (int n = 0; n < lengthFrames; n++) {
            signal[n] = (float) (sum[lead + n] / Math.max(weights[lead + n], least));
        }
        return signal;
    }

    private float sampleAt(float[] signal, long position) {
        if (position >= 0 && position < signal.length) {
            return signal[(int) position];
        }
        boolean mirrored = settings.center() && settings.centerPadding() == CenterPadding.REFLECT && signal.length > 0;
        if (!mirrored || position >= signal.length + (long) settings.leadFrames()) {
            return 0;
        }
        if (signal.length == 1) {
            return signal[0];
        }
        long period = 2L * (signal.length - 1);
        long folded = Math.floorMod(position, period);
        return signal[(int) Math.min(folded, period - folded)];
    }

    // JTransforms packs the spectrum of a real signal as re[0], re[N/2], re[1], im[1], re[2], im[2], ...
    private void transformFrame(float[] re, float[] im, int binOffset) {
        Arrays.fill(frame, window.length, frame.length, 0);
        fft.realForward(frame);
        int last = frame.length / 2;
        re[binOffset] = frame[0];
        im[binOffset] = 0;
        re[binOffset + last] = frame[1];
        im[binOffset + last] = 0;
        for (int bin = 1; bin < last; bin++) {
            re[binOffset + bin] = frame[2 * bin];
            im[binOffset + bin] = frame[2 * bin + 1];
        }
    }

    private void transformBack(float[] re, float[] im, int binOffset) {
        int last = frame.length / 2;
        frame[0] = re[binOffset];
        frame[1] = re[binOffset + last];
        for (int bin = 1; bin < last; bin++) {
            frame[2 * bin] = re[binOffset + bin];
            frame[2 * bin + 1] = im[binOffset + bin];
        }
        fft.realInverse(frame, true);
    }
}
