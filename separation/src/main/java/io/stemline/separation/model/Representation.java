package io.stemline.separation.model;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a model's network is fed with. */
public enum Representation {
    /** Magnitudes of the mixture's short-time Fourier transform. */
    @JsonProperty("magnitude")
    MAGNITUDE,
    /** Real and imaginary parts of the mixture's short-time Fourier transform. */
    @JsonProperty("complex")
    COMPLEX,
    /** Samples of the mixture. */
    @JsonProperty("waveform")
    WAVEFORM
}
