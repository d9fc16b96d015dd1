package io.stemline.separation.model;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The mask of the bins above those a network sees. */
public enum MaskExtension {
    /** Nothing of them goes to a stem; the remainder gets all of it. */
    @JsonProperty("zeros")
    ZEROS,
    /** The mean, frame by frame, of the mask over the bins that the network sees. */
    @JsonProperty("average")
    AVERAGE
}
