package io.stemline.training.network;

import io.stemline.training.folder.Setting;
import java.util.List;

/**
 * The half of a {@link HybridNetConfiguration} that sees spectra: a {@link UNetConfiguration} for which the network itself
 * makes the spectra.
 *
 * @param windowLength samples under the window
 * @param hopLength samples from one window to the next
 * @param fftLength length of the transform; the window is padded with zeros
 * @param bins how many of the lowest bins it sees; what is above is left to the other half
 * @param stageChannels channels of each stage on the way down; every stage halves frames and bins
 * @param kernel width and height of every convolution
 * @param compression power to which magnitudes are raised in front of the first convolution
 * @param acrossBins hidden width of the dense layers over all bins; 0 for none
 * @param masking how masks are made of the last layer
 */
public record SpectralBranch(
        @Setting(doc = "samples under the window", unit = "samples", min = 1)
        int windowLength,

        @Setting(doc = "samples from one window to the next", unit = "samples", min = 1)
        int hopLength,

        @Setting(doc = "length of the transform", unit = "samples", min = 2)
        int fftLength,

        @Setting(doc = "how many of the lowest bins are seen", min = 1)
        int bins,

        @Setting(doc = "channels of the stages, from the outermost", min = 1, leastElements = 1)
        List<Integer> stageChannels,

        @Setting(doc = "width and height of convolutions", min = 1)
        int kernel,

        @Setting(doc = "power to which magnitudes are raised", above = 0, max = 1)
        double compression,

        @Setting(doc = "hidden width of the dense layers over all bins; 0 for none", min = 0)
        int acrossBins,

        @Setting(doc = "how masks are made of the last layer")
        Masking masking) {

    public SpectralBranch {
        stageChannels = List.copyOf(stageChannels);
        if (stageChannels.isEmpty()) {
            throw new IllegalArgumentException("stageChannels is empty: there must be one stage at least");
        }
        stageChannels.forEach(channels -> NetworkInput.requirePositive("stageChannels", channels));
        NetworkInput.requirePositive("windowLength", windowLength);
        NetworkInput.requirePositive("hopLength", hopLength);
        NetworkInput.requirePositive("kernel", kernel);
        if (!(compression > 0 && compression <= 1)) {
            throw new IllegalArgumentException(
                    "compression is " + compression + ": it must be above 0 and at most 1 (magnitudes as they are)");
        }
        if (acrossBins < 0) {
            throw new IllegalArgumentException("acrossBins is " + acrossBins + ": it must be 0 (none) or more");
        }
    }

    static SpectralBranch standard() {
        return new SpectralBranch(4096, 1024, 4096, 2048, List.of(16, 32, 64, 128, 256), 5, 0.3, 64, Masking.SOFTMAX);
    }

    /** Zeros in front of the first sample, so that as many windows see it as any other. */
    int before() {
        return windowLength - hopLength;
    }

    /** The U-Net for pieces of a waveform, with as many frames as cover the piece and can be halved by all stages. */
    UNetConfiguration unet(WaveformInput input, List<String> stems) {
        int reduction = 1 << stageChannels.size();
        int covering = Math.ceilDiv(input.length() + before(), hopLength);
        int frames = Math.ceilDiv(covering, reduction) * reduction;
        var spectra = new SpectrumInput(
                input.sampleRateHz(), input.channels(), windowLength, hopLength, fftLength, bins, frames);
        return new UNetConfiguration(spectra, stems, stageChannels, kernel, compression, acrossBins, masking);
    }
}
