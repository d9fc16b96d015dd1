package io.stemline.training.graph;

import io.stemline.audio.spectrum.StftSettings;
import io.stemline.audio.spectrum.WindowFunction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The short-time Fourier transform and its inverse in a graph, both with gradients, equal to module audio's
 * {@link io.stemline.audio.spectrum.Stft} without centring and padding: frame {@code t} covers the samples from {@code t *
 * hopLength} to {@code t * hopLength + windowLength}, and samples after the last whole frame are left out.
 *
 * <p>The last axis of what goes in has to be known when the graph is built, and so has the frame axis of spectra; of the
 * axes before, one may be open (usually the batch).
 *
 * <p>Frames are not gathered sample by sample but put together from blocks of a hop, of which a window covers a few, so
 * that both directions are a handful of copies.
 */
public final class SpectralOps {
    /** Added to squared magnitudes. Its root, -100 dB of one, is the magnitude of silence. */
    public static final float SILENCE = 1e-10f;

    private final Ops tf;
    private final StftSettings settings;
    private final int bins;
    private final float[] window;

    /**
     * Transforms with all bins.
     *
     * @param settings not centred and not padded
     */
    public SpectralOps(Ops tf, StftSettings settings) {
        this(tf, settings, settings.bins());
    }

    /**
     * Transforms with the lowest bins.
     *
     * @param settings not centred and not padded
     * @param bins how many of the bins, from 0 Hz on, are kept; the inverse takes the others as 0
     */
    public SpectralOps(Ops tf, StftSettings settings, int bins) {
        if (settings.center() || settings.padEnd()) {
            throw new IllegalArgumentException(
                    "Transforms in a graph neither centre their frames nor pad the end; use withCenter(false) and withPadEnd(false)");
        }
        if (bins < 1 || bins > settings.bins()) {
            throw new IllegalArgumentException("A transform of %d samples has %d bins: %d cannot be kept"
                    .formatted(settings.fftLength(), settings.bins(), bins));
        }
        CustomGradients.register();
        this.tf = tf;
        this.settings = settings;
        this.bins = bins;
        window = settings.window().periodic(settings.windowLength());
    }

    /** Settings for this class: a periodic Hann window, frames neither centred nor padded. */
    public static StftSettings hann(int windowLength, int hopLength, int fftLength) {
        return new StftSettings(windowLength, hopLength, WindowFunction.HANN, fftLength, false, false);
    }

    public int bins() {
        return bins;
    }

    /** How many frames fit into so many samples. */
    public int frames(long samples) {
        return settings.frames(samples);
    }

    /** How many samples so many frames cover: {@code (frames - 1) * hopLength + windowLength}. */
    public int samples(int frames) {
        return (frames - 1) * settings.hopLength() + settings.windowLength();
    }

    /**
     * Spectra of all frames.
     *
     * @param waveform {@code [..., samples]}
     * @return {@code [..., frame, bin]}
     * @throws IllegalArgumentException if the waveform is shorter than a window
     */
    public Spectrum stft(Operand<TFloat32> waveform) {
        long[] shape = knownAtTheEnd(waveform.shape(), 1, "[..., samples]");
        int samples = Math.toIntExact(shape[shape.length - 1]);
        int frames = frames(samples);
        if (frames < 1) {
            throw new IllegalArgumentException(
                    "%d samples are too few for a window of %d samples".formatted(samples, settings.windowLength()));
        }
        Operand<TFloat32> windowed = tf.math.mul(framed(waveform, samples, frames), tf.constant(window));
        Operand<TFloat32> padded = paddedLast(windowed, 3, settings.fftLength() - window.length);
        var spectra = ComplexOps.rfft(tf, padded, tf.constant(new int[] {settings.fftLength()}));
        return new Spectrum(
                binsOf(ComplexOps.real(tf, spectra), shape, frames),
                binsOf(ComplexOps.imaginary(tf, spectra), shape, frames));
    }

    /**
     * The waveform whose spectra are nearest to these (Griffin and Lim 1984, equation 6): frames times the window, added
     * up, over the sum of the squared windows. Where fewer windows overlap than inside, which is at the ends, samples fade
     * out instead of drowning in amplified rounding errors.
     *
     * @param spectrum {@code [..., frame, bin]}
     * @return {@code [..., (frames - 1) * hopLength + windowLength]}
     * @throws IllegalArgumentException if window and hop leave gaps, see {@link StftSettings#requireInvertible()}
     */
    public Operand<TFloat32> inverse(Spectrum spectrum) {
        settings.requireInvertible();
        long[] shape = knownAtTheEnd(spectrum.re().shape(), 2, "[..., frame, bin]");
        if (shape[shape.length - 1] != bins) {
            throw new IllegalArgumentException(
                    "These spectra have %d bins instead of %d".formatted(shape[shape.length - 1], bins));
        }
        int frames = Math.toIntExact(shape[shape.length - 2]);
        var spectra = ComplexOps.complex(tf, allBins(spectrum.re(), frames), allBins(spectrum.im(), frames));
        Operand<TFloat32> transformed = ComplexOps.irfft(tf, spectra, tf.constant(new int[] {settings.fftLength()}));
        Operand<TFloat32> windowed =
                tf.math.mul(cutLast(transformed, 3, window.length, settings.fftLength()), tf.constant(window));
        Operand<TFloat32> normalised = tf.math.mul(overlapAdded(windowed, frames), tf.constant(inverseWeights(frames)));
        return tf.reshape(normalised, tf.constant(withEnd(shape, shape.length - 2, samples(frames))));
    }

    /** Roots of the squared magnitudes and {@link #SILENCE}, of the spectrum's shape; the gradient of silence is 0. */
    public static Operand<TFloat32> magnitude(Ops tf, Spectrum spectrum) {
        Operand<TFloat32> power = tf.math.add(tf.math.square(spectrum.re()), tf.math.square(spectrum.im()));
        return tf.math.sqrt(tf.math.add(power, tf.constant(SILENCE)));
    }

    /** {@code [..., samples]} to {@code [row][frame][sample of the window]}. */
    private Operand<TFloat32> framed(Operand<TFloat32> waveform, int samples, int frames) {
        int hop = settings.hopLength();
        int overlap = Math.ceilDiv(window.length, hop);
        int blocks = frames - 1 + overlap;
        Operand<TFloat32> rows = tf.reshape(waveform, tf.constant(new int[] {-1, samples}));
        int missing = blocks * hop - samples;
        Operand<TFloat32> fitted = missing > 0 ? paddedLast(rows, 2, missing) : cutLast(rows, 2, blocks * hop, samples);
        Operand<TFloat32> blocked = tf.reshape(fitted, tf.constant(new int[] {-1, blocks, hop}));
        if (overlap == 1) {
            return cutLast(blocked, 3, window.length, hop);
        }
        List<Operand<TFloat32>> shifted = new ArrayList<>();
        for (int k = 0; k < overlap; k++) {
            shifted.add(tf.slice(blocked, tf.constant(new int[] {0, k, 0}), tf.constant(new int[] {-1, frames, hop})));
        }
        return cutLast(tf.concat(shifted, tf.constant(2)), 3, window.length, overlap * hop);
    }

    /** {@code [row][frame][sample of the window]} to {@code [row][sample]}. */
    private Operand<TFloat32> overlapAdded(Operand<TFloat32> windowed, int frames) {
        int hop = settings.hopLength();
        int overlap = Math.ceilDiv(window.length, hop);
        int blocks = frames - 1 + overlap;
        Operand<TFloat32> whole = paddedLast(windowed, 3, overlap * hop - window.length);
        List<Operand<TFloat32>> shifted = new ArrayList<>();
        for (int k = 0; k < overlap; k++) {
            Operand<TFloat32> part =
                    tf.slice(whole, tf.constant(new int[] {0, 0, k * hop}), tf.constant(new int[] {-1, frames, hop}));
            shifted.add(tf.pad(part, tf.constant(new int[][] {{0, 0}, {k, overlap - 1 - k}, {0, 0}}), tf.constant(0f)));
        }
        Operand<TFloat32> added = tf.reshape(tf.math.addN(shifted), tf.constant(new int[] {-1, blocks * hop}));
        return cutLast(added, 2, samples(frames), blocks * hop);
    }

    private float[] inverseWeights(int frames) {
        double[] sum = new double[samples(frames)];
        double highest = 0;
        for (int n = 0; n < window.length; n++) {
            double squared = (double) window[n] * window[n];
            highest = Math.max(highest, squared);
            for (int t = 0; t < frames; t++) {
                sum[t * settings.hopLength() + n] += squared;
            }
        }
        float[] inverse = new float[sum.length];
        for (int n = 0; n < sum.length; n++) {
            inverse[n] = (float) (1 / Math.max(sum[n], StftSettings.LEAST_OVERLAP / 2 * highest));
        }
        return inverse;
    }

    private Operand<TFloat32> binsOf(Operand<TFloat32> part, long[] waveformShape, int frames) {
        return tf.reshape(
                cutLast(part, 3, bins, settings.bins()),
                tf.constant(withEnd(waveformShape, waveformShape.length - 1, frames, bins)));
    }

    private Operand<TFloat32> allBins(Operand<TFloat32> part, int frames) {
        Operand<TFloat32> rows = tf.reshape(part, tf.constant(new int[] {-1, frames, bins}));
        return paddedLast(rows, 3, settings.bins() - bins);
    }

    private Operand<TFloat32> paddedLast(Operand<TFloat32> x, int rank, int zeros) {
        if (zeros == 0) {
            return x;
        }
        int[][] paddings = new int[rank][2];
        paddings[rank - 1][1] = zeros;
        return tf.pad(x, tf.constant(paddings), tf.constant(0f));
    }

    private Operand<TFloat32> cutLast(Operand<TFloat32> x, int rank, int kept, int length) {
        if (kept == length) {
            return x;
        }
        int[] size = new int[rank];
        Arrays.fill(size, -1);
        size[rank - 1] = kept;
        return tf.slice(x, tf.constant(new int[rank]), tf.constant(size));
    }

    private static long[] knownAtTheEnd(Shape shape, int axes, String expected) {
        long[] sizes = shape.isUnknown() ? new long[0] : shape.asArray();
        long open = Arrays.stream(sizes).filter(size -> size < 0).count();
        boolean known = sizes.length >= axes && open <= 1;
        for (int axis = sizes.length - axes; known && axis < sizes.length; axis++) {
            known = sizes[axis] > 0;
        }
        if (!known) {
            throw new IllegalArgumentException(
                    "A transform needs the shape %s with one open axis in front at most, not %s"
                            .formatted(expected, shape));
        }
        return sizes;
    }

    private static int[] withEnd(long[] shape, int kept, int... end) {
        int[] sizes = new int[kept + end.length];
        for (int axis = 0; axis < kept; axis++) {
            sizes[axis] = Math.toIntExact(shape[axis]);
        }
        System.arraycopy(end, 0, sizes, kept, end.length);
        return sizes;
    }
}
