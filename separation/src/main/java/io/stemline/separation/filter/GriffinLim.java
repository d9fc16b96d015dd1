package io.stemline.separation.filter;

import io.stemline.audio.spectrum.Stft;
import io.stemline.audio.spectrum.StftSettings;
import java.util.Arrays;

/**
 * Finds phases for magnitudes, so that the spectra are nearly those of a signal (Griffin and Lim, "Signal estimation from
 * modified short-time Fourier transform", 1984): back and forth between the spectra that belong to a signal and those that
 * have the magnitudes. A momentum above 0 makes it the fast variant (Perraudin, Balazs and Søndergaard, "A fast
 * Griffin-Lim algorithm", 2013, algorithm 2).
 *
 * <p>Works on a block of frames of a longer signal. Frames before it that are final are given as the first frames of the
 * block and stay as they are: they hold on to the signal on their side.
 *
 * <p>Allocates nothing after its construction; not thread-safe.
 */
public final class GriffinLim {

    /** The momentum that Perraudin found best. */
    public static final double FAST = 0.99;

    private static final float NEARLY_NOTHING = 1e-20f;

    /**
     * Windows overlap less and less towards the ends of a block. What dividing by little amplifies there is multiplied with the
     * same little in the next analysis.
     */
    private static final float LEAST_WEIGHT = 1e-12f;

    private final Stft stft;
    private final int bins;
    private final int hop;
    private final int windowLength;
    private final float momentum;
    private final float[] squaredWindow;
    private final float[] signal;
    private final float[] weights;
    private final float[] frameRe;
    private final float[] frameIm;

    /** The consistent spectra of the iteration before; {@code [0]} where there is no momentum. */
    private final float[] previousRe;

    private final float[] previousIm;

    /**
     * @param settings the transform, which can be inverted
     * @param mostFrames frames of the longest block
     * @param momentum 0 for Griffin and Lim's own, {@link #FAST} for the fast variant
     */
    public GriffinLim(StftSettings settings, int mostFrames, double momentum) {
        settings.requireInvertible();
        this.stft = new Stft(settings);
        this.bins = settings.bins();
        this.hop = settings.hopLength();
        this.windowLength = settings.windowLength();
        // Only directions matter: t = c + a (c - c') is parallel to c - a / (1 + a) c'.
        this.momentum = (float) (momentum / (1 + momentum));
        this.squaredWindow = settings.window().periodic(windowLength);
        for (int n = 0; n < windowLength; n++) {
            squaredWindow[n] *= squaredWindow[n];
        }
        this.signal = new float[mostFrames * hop + windowLength];
        this.weights = new float[signal.length];
        this.frameRe = new float[bins];
        this.frameIm = new float[bins];
        int kept = momentum > 0 ? mostFrames * bins : 0;
        this.previousRe = new float[kept];
        this.previousIm = new float[kept];
    }

    /**
     * Improves phases.
     *
     * @param magnitudes {@code [frame * bins + bin]}
     * @param re real parts: their phases are where it starts, what comes out has the magnitudes
     * @param im imaginary parts, likewise
     * @param frames frames of the block
     * @param finalFrames how many of the first frames stay as they are
     */
    public void improve(float[] magnitudes, float[] re, float[] im, int frames, int finalFrames, int iterations) {
        weigh(frames);
        for (int at = finalFrames * bins; at < frames * bins; at++) {
            giveMagnitude(magnitudes[at], re, im, at, re[at], im[at]);
        }
        for (int iteration = 0; iteration < iterations; iteration++) {
            synthesise(re, im, frames);
            for (int frame = finalFrames; frame < frames; frame++) {
                stft.forwardFrame(signal, frame * hop, frameRe, frameIm);
                if (momentum == 0 || iteration == 0) {
                    takePhases(magnitudes, re, im, frame * bins);
                } else {
                    takePhasesAhead(magnitudes, re, im, frame * bins);
                }
                if (momentum > 0) {
                    System.arraycopy(frameRe, 0, previousRe, frame * bins, bins);
                    System.arraycopy(frameIm, 0, previousIm, frame * bins, bins);
                }
            }
        }
    }

    private void takePhases(float[] magnitudes, float[] re, float[] im, int from) {
        for (int bin = 0; bin < bins; bin++) {
            giveMagnitude(magnitudes[from + bin], re, im, from + bin, frameRe[bin], frameIm[bin]);
        }
    }

    private void takePhasesAhead(float[] magnitudes, float[] re, float[] im, int from) {
        for (int bin = 0; bin < bins; bin++) {
            float aheadRe = frameRe[bin] - momentum * previousRe[from + bin];
            float aheadIm = frameIm[bin] - momentum * previousIm[from + bin];
            giveMagnitude(magnitudes[from + bin], re, im, from + bin, aheadRe, aheadIm);
        }
    }

    /** Writes the magnitude with the phase of another number; of zero, that is phase zero. */
    private static void giveMagnitude(
            float magnitude, float[] re, float[] im, int at, float directionRe, float directionIm) {
        float length = (float) Math.sqrt(directionRe * directionRe + directionIm * directionIm);
        if (length < NEARLY_NOTHING) {
            re[at] = magnitude;
            im[at] = 0;
        } else {
            float gain = magnitude / length;
            re[at] = gain * directionRe;
            im[at] = gain * directionIm;
        }
    }

    /** The signal whose spectra are nearest. */
    private void synthesise(float[] re, float[] im, int frames) {
        int length = (frames - 1) * hop + windowLength;
        Arrays.fill(signal, 0, length, 0);
        stft.overlapAddFrames(re, im, frames, signal, 0);
        for (int n = 0; n < length; n++) {
            signal[n] *= weights[n];
        }
    }

    private void weigh(int frames) {
        int length = (frames - 1) * hop + windowLength;
        Arrays.fill(weights, 0, length, 0);
        for (int frame = 0; frame < frames; frame++) {
            for (int n = 0; n < windowLength; n++) {
                weights[frame * hop + n] += squaredWindow[n];
            }
        }
        for (int n = 0; n < length; n++) {
            weights[n] = 1 / Math.max(weights[n], LEAST_WEIGHT);
        }
    }
}
