package io.stemline.training.network;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.stemline.training.folder.Setting;
import org.tensorflow.ndarray.Shape;

/**
 * Samples, {@code [batch][sample][channel]}.
 *
 * @param sampleRateHz of the mixture
 * @param channels of the mixture
 * @param length how many samples of each channel the network sees at once
 */
public record WaveformInput(
        @Setting(doc = "sample rate of mixtures", unit = "Hz", min = 1)
        int sampleRateHz,

        @Setting(doc = "channels of mixtures", min = 1, max = 2, alsoCalled = "num_channels")
        int channels,

        @Setting(doc = "how many samples of each channel the network sees at once", min = 1)
        int length)
        implements NetworkInput {

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
