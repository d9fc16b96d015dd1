package io.stemline.training.network;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.tensorflow.ndarray.Shape;

/** What a network is fed with: a piece of a mixture. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "representation")
@JsonSubTypes({
    @JsonSubTypes.Type(value = SpectrumInput.class, name = "spectrum"),
    @JsonSubTypes.Type(value = WaveformInput.class, name = "waveform")
})
public sealed interface NetworkInput permits SpectrumInput, WaveformInput {

    /** Sample rate of the mixture. */
    int sampleRateHz();

    /** Channels of the mixture. */
    int channels();

    /** How many samples of each channel the piece covers. */
    @JsonIgnore
    int lengthSamples();

    /** Shape of the tensor that is fed; -1 for an open batch. */
    Shape shape(long batch);

    /** Refuses what is not positive, with a sentence that names the key. */
    static void requirePositive(String key, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(key + " is " + value + ": it must be 1 or more");
        }
    }
}
