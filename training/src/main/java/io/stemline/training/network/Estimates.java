package io.stemline.training.network;

import io.stemline.training.graph.Layers;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * What a network makes of a mixture.
 *
 * @param kind what the values are
 * @param values masks {@code [batch][frame][bin][stem * channels + channel]}, or samples
 *     {@code [batch][sample][stem * channels + channel]}
 * @param embedding {@code [batch][frame][bin][dimension]} of unit length, of networks that have one
 * @param latent of a variational layer, of networks that have one
 * @param observer of the true stems in training, of networks that keep statistics of them
 */
public record Estimates(
        Kind kind,
        Operand<TFloat32> values,
        Optional<Operand<TFloat32>> embedding,
        Optional<Latent> latent,
        Optional<Observer> observer) {

    /** What the values are. */
    public enum Kind {
        MASKS,
        WAVEFORMS
    }

    /**
     * A variational layer's distribution.
     *
     * @param mean mu
     * @param logSigma the logarithm of sigma, of the same shape
     */
    public record Latent(Operand<TFloat32> mean, Operand<TFloat32> logSigma) {}

    /** What a network learns from the true stems without a gradient. */
    @FunctionalInterface
    public interface Observer {

        /**
         * Adds what follows the true stems to {@link Layers#statisticsUpdates()}.
         *
         * @param loudest {@code [batch][frame][bin][stem]}, 1 for the loudest stem of a cell, 0 for the others
         */
        void observe(Operand<TFloat32> loudest);
    }

    /** Masks and nothing else. */
    public static Estimates masks(Operand<TFloat32> masks) {
        return new Estimates(Kind.MASKS, masks, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** Samples and nothing else. */
    public static Estimates waveforms(Operand<TFloat32> waveforms) {
        return new Estimates(Kind.WAVEFORMS, waveforms, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** These with an embedding of every cell. */
    Estimates withEmbedding(Operand<TFloat32> vectors) {
        return new Estimates(kind, values, Optional.of(vectors), latent, observer);
    }

    /** These with the distribution of a variational layer, if there is one. */
    Estimates withLatent(Optional<Latent> distribution) {
        return new Estimates(kind, values, embedding, distribution, observer);
    }

    /** These of a network that observes the true stems. */
    Estimates withObserver(Observer ofStems) {
        return new Estimates(kind, values, embedding, latent, Optional.of(ofStems));
    }
}
