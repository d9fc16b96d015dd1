package io.stemline.training.loss;

/**
 * What a loss can look at. A network gives what it has. Outputs are stems times channels, at {@code stem * channels +
 * channel}.
 */
public enum Quantity {
    /** Magnitudes of the mixture, {@code [batch][frame][bin][channel]}. */
    MIXTURE("magnitudes of the mixture"),
    /** Magnitudes of the estimated stems, {@code [batch][frame][bin][output]}. */
    ESTIMATE("magnitudes of the estimates"),
    /** Magnitudes of the true stems, {@code [batch][frame][bin][output]}. */
    TARGET("magnitudes of the targets"),
    /**
     * Real parts of the true stems' spectra after turning by the mixture's phase, so what magnitudes on the mixture's phase
     * can at best reach; {@code [batch][frame][bin][output]}.
     */
    PROJECTED_TARGET("targets projected on the mixture's phase"),
    /** What the mixture's magnitudes are multiplied with, {@code [batch][frame][bin][output]}. */
    MASK("masks"),
    /** Real parts of the estimates' spectra, {@code [batch][frame][bin][output]}. */
    ESTIMATE_RE("real parts of the estimates"),
    /** Imaginary parts of the estimates' spectra, {@code [batch][frame][bin][output]}. */
    ESTIMATE_IM("imaginary parts of the estimates"),
    /** Real parts of the true stems' spectra, {@code [batch][frame][bin][output]}. */
    TARGET_RE("real parts of the targets"),
    /** Imaginary parts of the true stems' spectra, {@code [batch][frame][bin][output]}. */
    TARGET_IM("imaginary parts of the targets"),
    /** Estimated samples, {@code [batch][output][sample]}. */
    ESTIMATE_WAVEFORM("waveforms of the estimates"),
    /** True samples, {@code [batch][output][sample]}. */
    TARGET_WAVEFORM("waveforms of the targets"),
    /** Means of a variational layer, any shape. */
    LATENT_MEAN("means of a variational layer"),
    /** Natural logarithms of the standard deviations of a variational layer, of the means' shape. */
    LATENT_LOG_SIGMA("standard deviations of a variational layer"),
    /** A vector for every bin, usually of length 1, {@code [batch][frame][bin][dimension]}. */
    EMBEDDING("embeddings"),
    /** How much of a {@link ChangeOverLoss} is the later loss, a scalar from 0 to 1: {@link Loss#laterShare}. */
    LATER_SHARE("the share of the later loss");

    private final String words;

    Quantity(String words) {
        this.words = words;
    }

    @Override
    public String toString() {
        return words;
    }
}
