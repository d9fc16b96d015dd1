package io.stemline.training.network;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.stemline.audio.spectrum.StftSettings;
import io.stemline.training.folder.Setting;
import io.stemline.training.graph.SpectralOps;
import org.tensorflow.ndarray.Shape;

/**
 * Magnitudes of a short-time Fourier transform with a periodic Hann window, {@code [batch][frame][bin][channel]}.
 *
 * @param sampleRateHz of the mixture
 * @param channels of the mixture
 * @param windowLength samples under the window
 * @param hopLength samples from one window to the next
 * @param fftLength length of the transform; the window is padded with zeros
 * @param bins how many of the lowest bins the network sees
 * @param frames how many windows it sees at once
 */
public record SpectrumInput(
        @Setting(doc = "sample rate of mixtures", unit = "Hz", min = 1)
        int sampleRateHz,

        @Setting(doc = "channels of mixtures", min = 1, max = 2, alsoCalled = "num_channels")
        int channels,

        @Setting(doc = "samples under the window of the transform", min = 1)
        int windowLength,

        @Setting(doc = "samples from one window to the next", min = 1)
        int hopLength,

        @Setting(doc = "length of the transform; the window is padded with zeros", min = 2, alsoCalled = "num_fft")
        int fftLength,

        @Setting(doc = "how many of the lowest bins the network sees", min = 1)
        int bins,

        @Setting(doc = "how many windows the network sees at once", min = 1)
        int frames)
        implements NetworkInput {

    public SpectrumInput {
        NetworkInput.requirePositive("sampleRateHz", sampleRateHz);
        NetworkInput.requirePositive("channels", channels);
        NetworkInput.requirePositive("windowLength", windowLength);
        NetworkInput.requirePositive("hopLength", hopLength);
        NetworkInput.requirePositive("frames", frames);
        if (hopLength > windowLength) {
            throw new IllegalArgumentException("hopLength is " + hopLength + ": windows of " + windowLength
                    + " samples (windowLength) would leave gaps");
        }
        if (fftLength < windowLength || fftLength % 2 != 0) {
            throw new IllegalArgumentException(
                    "fftLength is " + fftLength + ": it must be even and at least " + windowLength + " (windowLength)");
        }
        if (bins < 1 || bins > fftLength / 2 + 1) {
            throw new IllegalArgumentException("bins is " + bins + ": a transform of " + fftLength
                    + " samples (fftLength) has " + (fftLength / 2 + 1));
        }
    }

    /** The transform, frames neither centred nor padded. */
    public StftSettings stft() {
        return SpectralOps.hann(windowLength, hopLength, fftLength);
    }

    @Override
    @JsonIgnore
    public int lengthSamples() {
        return (frames - 1) * hopLength + windowLength;
    }

    @Override
    public Shape shape(long batch) {
        return Shape.of(batch, frames, bins, channels);
    }
}
