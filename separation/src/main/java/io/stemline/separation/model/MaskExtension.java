package io.stemline.separation.model;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The mask of the bins above those a network sees. */
public enum MaskExtension {
    /** Nothing of them goes to a stem; the remainder gets all of it. */
    @JsonProperty("zeros")
    ZEROS,
    /** The mean, frame by frame, of the mask over the bins that the network sees. */
    @JsonProperty("average")
    AVERAGE,
    /**
     * What the stem has of the mixture's energy in the highest third of an octave that the network sees, frame by frame:
     * sum m |X|^2 / sum |X|^2 over those bins, or the mean of the mask over them where they are silent. Cymbals and
     * breath go on above the limit as they are just below it, whatever happens in the bass.
     */
    @JsonProperty("top-band")
    TOP_BAND
}
