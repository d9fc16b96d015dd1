package io.stemline.training.network;

import io.stemline.training.folder.Setting;

/**
 * What the SpectrogramNets have in common: stages of convolutions, each on half the frames and bins of the one before with
 * twice its channels, and as many back.
 *
 * @param hiddenChannels channels of the outermost stage
 * @param stages how often frames and bins are halved; sizes that cannot be are padded inside the network
 * @param dropout share of a decoder stage's values that is left out in training
 * @param leak slope of the leaky rectifier behind every convolution; 0 for the SELU
 * @param normaliseInput whether every mixture is brought to mean 0 and deviation 1, and its bins to what is learned
 * @param normaliseOutput whether every bin learns a scale and a centre in front of the mask
 */
public record SpectrogramNetLayers(
        @Setting(doc = "channels of the outermost stage", min = 1)
        int hiddenChannels,

        @Setting(doc = "how often frames and bins are halved", min = 1, max = MOST_STAGES)
        int stages,

        @Setting(doc = "share of values left out in training", min = 0, below = 1, alsoCalled = "dropout_p")
        double dropout,

        @Setting(doc = "slope of the leaky rectifiers; 0 for SELU", min = 0, below = 1, alsoCalled = "leak_factor")
        double leak,

        @Setting(doc = "whether mixtures are brought to one level", alsoCalled = "normalize_input")
        boolean normaliseInput,

        @Setting(doc = "whether bins learn a scale and a centre in front of the mask", alsoCalled = "normalize_output")
        boolean normaliseOutput) {

    private static final int MOST_STAGES = 10;

    public SpectrogramNetLayers {
        NetworkInput.requirePositive("hiddenChannels", hiddenChannels);
        NetworkInput.requirePositive("stages", stages);
        if (stages > MOST_STAGES) {
            throw new IllegalArgumentException("stages is " + stages + ": it must be " + MOST_STAGES + " or less");
        }
        requireShare("dropout", dropout);
        requireShare("leak", leak);
    }

    static void requireShare(String key, double value) {
        if (!(value >= 0 && value < 1)) {
            throw new IllegalArgumentException(key + " is " + value + ": it must be at least 0 and below 1");
        }
    }

    /** Five stages from 16 to 256 channels, dropout 0.4, SELU, not normalised. */
    public static SpectrogramNetLayers defaults() {
        return new SpectrogramNetLayers(16, 5, 0.4, 0, false, false);
    }

    /** Three seconds in mono at 44.1 kHz, windows of 1024 samples that overlap by half, all bins. */
    public static SpectrumInput defaultInput() {
        int sampleRateHz = 44100;
        int windowLength = 1024;
        int hopLength = windowLength / 2;
        int frames = (3 * sampleRateHz - windowLength) / hopLength + 1;
        return new SpectrumInput(sampleRateHz, 1, windowLength, hopLength, windowLength, windowLength / 2 + 1, frames);
    }

    /** Channels of a stage, 0 for the outermost. */
    int width(int stage) {
        return Math.multiplyExact(hiddenChannels, 1 << stage);
    }

    int deepestWidth() {
        return width(stages - 1);
    }
}
