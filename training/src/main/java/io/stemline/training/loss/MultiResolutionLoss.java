package io.stemline.training.loss;

import io.stemline.audio.spectrum.StftSettings;
import io.stemline.training.folder.Setting;
import io.stemline.training.graph.SpectralOps;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The multi-resolution spectral loss of waveforms (Yamamoto, Song and Kim, "Parallel WaveGAN", 2020, equations 4 to 6): the
 * mean over resolutions of the spectral convergence | |S| - |E| | / |S|, with norms over the whole batch, and of the mean
 * absolute difference of the magnitudes' natural logarithms.
 *
 * @param resolutions of the short-time Fourier transforms
 */
public record MultiResolutionLoss(
        @Setting(doc = "transforms in which waveforms are compared", leastElements = 1)
        List<Resolution> resolutions) implements Loss {
    // Below anything that matters, but the root has a slope there.
    private static final float NOTHING = 1e-20f;

    /** A short-time Fourier transform with a periodic Hann window; all in samples. */
    public record Resolution(
            @Setting(doc = "length of the transform", min = 2)
            int fftLength,

            @Setting(doc = "samples under the window", min = 1)
            int windowLength,

            @Setting(doc = "samples from one window to the next", min = 1)
            int hopLength) {
        public Resolution {
            SpectralOps.hann(windowLength, hopLength, fftLength);
        }

        private StftSettings settings() {
            return SpectralOps.hann(windowLength, hopLength, fftLength);
        }
    }

    public MultiResolutionLoss {
        if (resolutions == null || resolutions.isEmpty()) {
            throw new IllegalArgumentException("The multi-resolution loss has one resolution at least");
        }
        resolutions = List.copyOf(resolutions);
    }

    /** The loss with the paper's resolutions times two, as music is sampled about twice as fast as its 24 kHz. */
    public static MultiResolutionLoss standard() {
        return new MultiResolutionLoss(List.of(
                new Resolution(2048, 1200, 240), new Resolution(4096, 2400, 480), new Resolution(1024, 480, 100)));
    }

    @Override
    public Set<Quantity> needs() {
        return Set.of(Quantity.ESTIMATE_WAVEFORM, Quantity.TARGET_WAVEFORM);
    }

    @Override
    public Operand<TFloat32> of(Ops tf, LossInputs inputs) {
        List<Operand<TFloat32>> terms = new ArrayList<>();
        for (Resolution resolution : resolutions) {
            SpectralOps spectral = new SpectralOps(tf, resolution.settings());
            Operand<TFloat32> estimate = magnitude(tf, spectral, inputs.get(Quantity.ESTIMATE_WAVEFORM));
            Operand<TFloat32> target = magnitude(tf, spectral, inputs.get(Quantity.TARGET_WAVEFORM));
            terms.add(tf.math.div(rootMeanSquare(tf, tf.math.sub(target, estimate)), rootMeanSquare(tf, target)));
            terms.add(Reductions.mean(tf, tf.math.abs(tf.math.sub(tf.math.log(target), tf.math.log(estimate)))));
        }
        return Reductions.scaled(tf, 1.0 / resolutions.size(), tf.math.addN(terms));
    }

    private static Operand<TFloat32> magnitude(Ops tf, SpectralOps spectral, Operand<TFloat32> waveform) {
        return SpectralOps.magnitude(tf, spectral.stft(waveform));
    }

    private static Operand<TFloat32> rootMeanSquare(Ops tf, Operand<TFloat32> x) {
        return tf.math.sqrt(tf.math.add(Reductions.mean(tf, tf.math.square(x)), tf.constant(NOTHING)));
    }
}
