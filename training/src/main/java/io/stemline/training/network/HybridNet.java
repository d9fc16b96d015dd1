package io.stemline.training.network;

import io.stemline.training.graph.Layers;
import io.stemline.training.graph.Parameter;
import io.stemline.training.graph.SpectralOps;
import io.stemline.training.graph.Spectrum;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The layers of a {@link HybridNetConfiguration}.
 *
 * <ol>
 *   <li>The spectral branch pads the mixture so that every sample is under as many windows, transforms it, masks its spectra
 *       with what a {@link UNet} makes of their magnitudes, transforms them back and cuts the padding off.
 *   <li>The waveform branch is an {@link AudioNet}.
 *   <li>Both answers are joined, stem by stem.
 * </ol>
 */
final class HybridNet implements Architecture {
    private final HybridNetConfiguration configuration;
    private final UNetConfiguration unet;

    HybridNet(HybridNetConfiguration configuration) {
        this.configuration = configuration;
        unet = configuration.unet();
    }

    @Override
    public Estimates build(Layers layers, Operand<TFloat32> mixture) {
        Operand<TFloat32> spectral = spectral(layers, mixture);
        Operand<TFloat32> waveform =
                configuration.audioNet().build(layers, mixture).values();
        return Estimates.waveforms(
                switch (configuration.joining()) {
                    case SUM -> layers.tf().math.add(spectral, waveform);
                    case WEIGHTED -> weighted(layers, spectral, waveform);
                });
    }

    private Operand<TFloat32> spectral(Layers layers, Operand<TFloat32> mixture) {
        Ops tf = layers.tf();
        SpectrumInput seen = unet.input();
        SpectralOps transform = new SpectralOps(tf, seen.stft(), seen.bins());
        Spectrum spectrum = transform.stft(padded(tf, turned(tf, mixture)));
        Operand<TFloat32> magnitude = transposed(tf, SpectralOps.magnitude(tf, spectrum), 0, 2, 3, 1);
        Operand<TFloat32> masks = unet.architecture().build(layers, magnitude).values();
        Operand<TFloat32> stemsFirst = transposed(tf, masks, 0, 3, 1, 2);
        Spectrum masked = new Spectrum(
                tf.math.mul(tiled(tf, spectrum.re()), stemsFirst), tf.math.mul(tiled(tf, spectrum.im()), stemsFirst));
        return turned(tf, cut(tf, transform.inverse(masked)));
    }

    /** {@code [batch][channel][sample]}, with zeros around. */
    private Operand<TFloat32> padded(Ops tf, Operand<TFloat32> waveforms) {
        int before = configuration.spectral().before();
        int after =
                unet.input().lengthSamples() - before - configuration.input().length();
        return tf.pad(waveforms, tf.constant(new int[][] {{0, 0}, {0, 0}, {before, after}}), tf.constant(0f));
    }

    private Operand<TFloat32> cut(Ops tf, Operand<TFloat32> waveforms) {
        int before = configuration.spectral().before();
        int length = configuration.input().length();
        return tf.slice(waveforms, tf.constant(new int[] {0, 0, before}), tf.constant(new int[] {-1, -1, length}));
    }

    /** The mixture's {@code [batch][channel][frame][bin]} once for every stem. */
    private Operand<TFloat32> tiled(Ops tf, Operand<TFloat32> mixture) {
        return tf.tile(mixture, tf.constant(new int[] {1, configuration.stems().size(), 1, 1}));
    }

    /** {@code [batch][sample][channel]} to {@code [batch][channel][sample]}, or back. */
    private static Operand<TFloat32> turned(Ops tf, Operand<TFloat32> waveforms) {
        return transposed(tf, waveforms, 0, 2, 1);
    }

    private static Operand<TFloat32> transposed(Ops tf, Operand<TFloat32> x, int... order) {
        return tf.linalg.transpose(x, tf.constant(order));
    }

    private Operand<TFloat32> weighted(Layers layers, Operand<TFloat32> spectral, Operand<TFloat32> waveform) {
        Ops tf = layers.tf();
        int stems = configuration.stems().size();
        int channels = configuration.input().channels();
        int length = configuration.input().length();
        Parameter logits = layers.weights("joining.logits", Shape.of(stems, 1), new float[stems]);
        Operand<TFloat32> share = tf.math.sigmoid(logits.variable());
        Operand<TFloat32> difference =
                tf.reshape(tf.math.sub(spectral, waveform), tf.constant(new int[] {-1, length, stems, channels}));
        Operand<TFloat32> added =
                tf.reshape(tf.math.mul(difference, share), tf.constant(new int[] {-1, length, stems * channels}));
        return tf.math.add(waveform, added);
    }
}
