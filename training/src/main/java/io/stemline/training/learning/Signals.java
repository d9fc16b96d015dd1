package io.stemline.training.learning;

import io.stemline.training.batches.Batch;
import io.stemline.training.graph.SpectralOps;
import io.stemline.training.graph.Spectrum;
import io.stemline.training.graph.Tensors;
import io.stemline.training.loss.LossInputs;
import io.stemline.training.loss.Quantity;
import io.stemline.training.network.Estimates;
import io.stemline.training.network.NetworkConfiguration;
import io.stemline.training.network.NetworkInput;
import io.stemline.training.network.SpectrumInput;
import java.util.List;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Where a batch enters a graph: waveforms of mixtures and their stems and, for networks that see spectra, the transforms of
 * both. In spectra, the axes are {@code [batch][frame][bin][channel]}, stems' {@code [..][stem * channels + channel]}.
 */
final class Signals {
    private static final float SILENCE = 1e-9f;

    /** Transforms of a batch. */
    private record Spectra(SpectralOps transform, Spectrum mixture, Operand<TFloat32> magnitude, Spectrum stems) {}

    private final Ops tf;
    private final NetworkInput input;
    private final int stems;
    private final Placeholder<TFloat32> mixtures;
    private final Placeholder<TFloat32> fedStems;
    private final Operand<TFloat32> stemWaveforms;
    private final Optional<Spectra> spectra;

    Signals(Ops tf, NetworkConfiguration network) {
        this.tf = tf;
        input = network.input();
        stems = network.stems().size();
        mixtures = tf.placeholder(TFloat32.class, Placeholder.shape(mixtureShape(-1)));
        fedStems = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, -1, input.lengthSamples())));
        stemWaveforms = tf.slice(fedStems, tf.constant(new int[3]), tf.constant(new int[] {
            -1, stems * input.channels(), input.lengthSamples()
        }));
        spectra = input instanceof SpectrumInput seen ? Optional.of(transformed(seen)) : Optional.empty();
    }

    private Spectra transformed(SpectrumInput seen) {
        SpectralOps transform = new SpectralOps(tf, seen.stft(), seen.bins());
        Spectrum mixture = channelsLast(transform.stft(mixtures));
        Spectrum stemSpectra = channelsLast(transform.stft(stemWaveforms));
        return new Spectra(transform, mixture, SpectralOps.magnitude(tf, mixture), stemSpectra);
    }

    private Shape mixtureShape(long batch) {
        return Shape.of(batch, input.channels(), input.lengthSamples());
    }

    /** {@code [batch][channel][frame][bin]} to {@code [batch][frame][bin][channel]}. */
    private Spectrum channelsLast(Spectrum spectrum) {
        Operand<TInt32> order = tf.constant(new int[] {0, 2, 3, 1});
        return new Spectrum(tf.linalg.transpose(spectrum.re(), order), tf.linalg.transpose(spectrum.im(), order));
    }

    /** {@code [batch][frame][bin][channel]} to {@code [batch][channel][frame][bin]}. */
    private Spectrum channelsFirst(Spectrum spectrum) {
        Operand<TInt32> order = tf.constant(new int[] {0, 3, 1, 2});
        return new Spectrum(tf.linalg.transpose(spectrum.re(), order), tf.linalg.transpose(spectrum.im(), order));
    }

    /** What the network sees. */
    Operand<TFloat32> fed() {
        return spectra.map(Spectra::magnitude).orElseGet(() -> turned(mixtures));
    }

    /** {@code [batch][channel][sample]} to {@code [batch][sample][channel]}, or back. */
    private Operand<TFloat32> turned(Operand<TFloat32> waveforms) {
        return tf.linalg.transpose(waveforms, tf.constant(new int[] {0, 2, 1}));
    }

    /** What a loss may look at. */
    LossInputs lossInputs(Estimates estimates, Operand<TFloat32> laterShare) {
        LossInputs inputs = LossInputs.none()
                .with(Quantity.LATER_SHARE, laterShare)
                .withLazy(Quantity.ESTIMATE_WAVEFORM, () -> waveforms(estimates))
                .with(Quantity.TARGET_WAVEFORM, stemWaveforms);
        if (estimates.kind() == Estimates.Kind.MASKS) {
            inputs = spectral(inputs, estimates.values(), spectra.orElseThrow());
        }
        if (estimates.embedding().isPresent()) {
            inputs = inputs.with(Quantity.EMBEDDING, estimates.embedding().get());
        }
        if (estimates.latent().isPresent()) {
            Estimates.Latent latent = estimates.latent().get();
            inputs =
                    inputs.with(Quantity.LATENT_MEAN, latent.mean()).with(Quantity.LATENT_LOG_SIGMA, latent.logSigma());
        }
        return inputs;
    }

    private LossInputs spectral(LossInputs inputs, Operand<TFloat32> mask, Spectra seen) {
        Spectrum mixture = tiled(seen.mixture());
        Operand<TFloat32> magnitude = tiled(seen.magnitude());
        Spectrum stemSpectra = seen.stems();
        Spectrum estimate = masked(mask, mixture);
        return inputs.with(Quantity.MIXTURE, seen.magnitude())
                .with(Quantity.MASK, mask)
                .withLazy(Quantity.ESTIMATE, () -> tf.math.mul(mask, magnitude))
                .withLazy(Quantity.TARGET, () -> SpectralOps.magnitude(tf, stemSpectra))
                .withLazy(Quantity.PROJECTED_TARGET, () -> projected(stemSpectra, mixture, magnitude))
                .with(Quantity.ESTIMATE_RE, estimate.re())
                .with(Quantity.ESTIMATE_IM, estimate.im())
                .with(Quantity.TARGET_RE, stemSpectra.re())
                .with(Quantity.TARGET_IM, stemSpectra.im());
    }

    /** re(S conj(X)) / |X|: what a stem adds to the mixture in the mixture's phase. */
    private Operand<TFloat32> projected(Spectrum stem, Spectrum mixture, Operand<TFloat32> magnitude) {
        Operand<TFloat32> product =
                tf.math.add(tf.math.mul(mixture.re(), stem.re()), tf.math.mul(mixture.im(), stem.im()));
        return tf.math.div(product, tf.math.add(magnitude, tf.constant(SILENCE)));
    }

    /** {@code [batch][frame][bin][stem]}: 1 for the stem with the most energy in a cell, 0 for the others. */
    Operand<TFloat32> loudestStems() {
        Spectrum stemSpectra = spectra.orElseThrow().stems();
        SpectrumInput seen = (SpectrumInput) input;
        Operand<TFloat32> power = tf.math.add(tf.math.square(stemSpectra.re()), tf.math.square(stemSpectra.im()));
        Operand<TFloat32> apart =
                tf.reshape(power, tf.constant(new int[] {-1, seen.frames(), seen.bins(), stems, seen.channels()}));
        return tf.oneHot(
                tf.math.argMax(sum(apart, 4), tf.constant(3)), tf.constant(stems), tf.constant(1f), tf.constant(0f));
    }

    private Spectrum masked(Operand<TFloat32> mask, Spectrum mixture) {
        return new Spectrum(tf.math.mul(mask, mixture.re()), tf.math.mul(mask, mixture.im()));
    }

    private Spectrum tiled(Spectrum mixture) {
        return new Spectrum(tiled(mixture.re()), tiled(mixture.im()));
    }

    /** The mixture once for every stem. */
    private Operand<TFloat32> tiled(Operand<TFloat32> mixture) {
        return tf.tile(mixture, tf.constant(new int[] {1, 1, 1, stems}));
    }

    /** Estimated samples, {@code [batch][stem * channels + channel][sample]}. */
    Operand<TFloat32> waveforms(Estimates estimates) {
        return switch (estimates.kind()) {
            case MASKS -> {
                Spectra seen = spectra.orElseThrow();
                yield seen.transform().inverse(channelsFirst(masked(estimates.values(), tiled(seen.mixture()))));
            }
            case WAVEFORMS -> turned(estimates.values());
        };
    }

    /** Energy of the difference to the true stems, of complex spectra or of samples, {@code [batch][stem]}. */
    Operand<TFloat32> errors(Estimates estimates) {
        return switch (estimates.kind()) {
            case MASKS -> {
                Spectra seen = spectra.orElseThrow();
                Spectrum estimate = masked(estimates.values(), tiled(seen.mixture()));
                Operand<TFloat32> squares = tf.math.add(
                        tf.math.squaredDifference(estimate.re(), seen.stems().re()),
                        tf.math.squaredDifference(estimate.im(), seen.stems().im()));
                yield byStem(sum(squares, 1, 2));
            }
            case WAVEFORMS -> byStem(sum(tf.math.squaredDifference(turned(estimates.values()), stemWaveforms), 2));
        };
    }

    /** Energy of the mixtures in the same sense, {@code [batch]}. */
    Operand<TFloat32> energies(Estimates estimates) {
        return switch (estimates.kind()) {
            case MASKS -> sum(tf.math.square(spectra.orElseThrow().magnitude()), 1, 2, 3);
            case WAVEFORMS -> sum(tf.math.square(mixtures), 1, 2);
        };
    }

    private Operand<TFloat32> byStem(Operand<TFloat32> byStemAndChannel) {
        Operand<TFloat32> apart = tf.reshape(byStemAndChannel, tf.constant(new int[] {-1, stems, input.channels()}));
        return sum(apart, 2);
    }

    private Operand<TFloat32> sum(Operand<TFloat32> x, int... axes) {
        return tf.sum(x, tf.constant(axes));
    }

    /**
     * Feeds a batch, which may have more stems than the network: what is in the mixture and nobody asks for. The tensors
     * have to be closed after the run.
     */
    List<TFloat32> feed(Session.Runner runner, Batch batch) {
        TFloat32 mixturesFed = Tensors.of(mixtureShape(batch.size()), batch.mixtures());
        int waveforms = batch.stems().length / (batch.size() * input.lengthSamples());
        TFloat32 stemsFed = Tensors.of(Shape.of(batch.size(), waveforms, input.lengthSamples()), batch.stems());
        runner.feed(mixtures, mixturesFed).feed(fedStems, stemsFed);
        return List.of(mixturesFed, stemsFed);
    }

    /** Feeds mixtures alone, {@code [batch][channel][sample]}, flat. */
    TFloat32 feedMixtures(Session.Runner runner, float[] samples, int batch) {
        TFloat32 fedSamples = Tensors.of(mixtureShape(batch), samples);
        runner.feed(mixtures, fedSamples);
        return fedSamples;
    }
}
