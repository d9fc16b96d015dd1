package io.stemline.training.network;

import com.fasterxml.jackson.annotation.JsonIgnore;
import org.tensorflow.ndarray.Shape;

/**
 * Samples, {@code [batch][sample][channel]}.
 *
 * @param sampleRateHz of the mixture
 * @param channels of the mixture
 * @param length how many samples of each channel the network sees at once
 */
public record WaveformInput(int sampleRateHz, int channels, int length) implements NetworkInput {

    public WaveformInput {
        NetworkInput.requirePositive("sampleRateHz", sampleRateHz);
        NetworkInput.requirePositive("channels", channels);
        NetworkInput.requirePositive("length", length);
    }

    @Override
    @JsonIgnore
    public int lengthSamples() {
        return length;
    }

    @Override
    public Shape shape(long batch) {
        return Shape.of(batch, length, channels);
    }
}
