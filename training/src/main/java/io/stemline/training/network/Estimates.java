package io.stemline.training.network;

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
 */
public record Estimates(
        Kind kind, Operand<TFloat32> values, Optional<Operand<TFloat32>> embedding, Optional<Latent> latent) {

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

    /** Masks and nothing else. */
    public static Estimates masks(Operand<TFloat32> masks) {
        return new Estimates(Kind.MASKS, masks, Optional.empty(), Optional.empty());
    }

    /** Samples and nothing else. */
    public static Estimates waveforms(Operand<TFloat32> waveforms) {
        return new Estimates(Kind.WAVEFORMS, waveforms, Optional.empty(), Optional.empty());
    }
}
