package io.stemline.training.network;

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
        int windowLength,
        int hopLength,
        int fftLength,
        int bins,
        List<Integer> stageChannels,
        int kernel,
        double compression,
        int acrossBins,
        UNetConfiguration.Masking masking) {

    public SpectralBranch {
        stageChannels = List.copyOf(stageChannels);
        if (stageChannels.isEmpty()) {
            throw new IllegalArgumentException("stageChannels is empty: there must be one stage at least");
        }
        NetworkInput.requirePositive("windowLength", windowLength);
        NetworkInput.requirePositive("hopLength", hopLength);
        NetworkInput.requirePositive("kernel", kernel);
    }

    static SpectralBranch standard() {
        return new SpectralBranch(
                4096, 1024, 4096, 2048, List.of(16, 32, 64, 128, 256), 5, 0.3, 64, UNetConfiguration.Masking.SOFTMAX);
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
