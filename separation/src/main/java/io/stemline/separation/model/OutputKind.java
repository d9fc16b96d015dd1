package io.stemline.separation.model;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a model's network answers with. */
public enum OutputKind {
    /** Factors between 0 and 1 for the mixture's spectrogram. */
    @JsonProperty("mask")
    MASK,
    /** Magnitudes of each stem. They become masks as ratios of their squares, so that the masks sum to one. */
    @JsonProperty("magnitude")
    MAGNITUDE,
    /** Samples of each stem. */
    @JsonProperty("signal")
    SIGNAL
}
