package io.stemline.training.network;

import io.stemline.training.folder.Setting;
import java.util.List;

/**
 * A network from samples to samples with two branches, one that masks spectra and one that never leaves samples (Defossez,
 * "Hybrid spectrogram and waveform source separation", 2021).
 *
 * @param input of any length
 * @param stems that come out, each with the channels of the input
 * @param waveform stages of the branch of samples, as in {@link AudioNetSimpleConfiguration}
 * @param spectral the branch of spectra
 * @param joining how the branches' answers become one
 */
public record HybridNetConfiguration(
        @Setting(doc = "what the network sees of a mixture") WaveformInput input,

        @Setting(doc = "the stems that come out, in order", leastElements = 1)
        List<String> stems,

        @Setting(doc = "the stages of the branch of samples")
        WaveformStages waveform,

        @Setting(doc = "the branch of spectra") SpectralBranch spectral,

        @Setting(doc = "how the branches' answers become one")
        Joining joining)
        implements NetworkConfiguration {

    /** How the branches' answers become one. */
    public enum Joining {
        /** Their mean with a weight for every stem, which is learned and starts at one half. */
        WEIGHTED,
        /** Their sum. */
        SUM
    }

    public HybridNetConfiguration {
        stems = NetworkConfiguration.requireStems(stems);
        spectral.unet(input, stems).input().stft().requireInvertible();
    }

    /** About twelve million weights. */
    public static HybridNetConfiguration defaults(WaveformInput input, List<String> stems) {
        return new HybridNetConfiguration(
                input, stems, WaveformStages.standard(), SpectralBranch.standard(), Joining.WEIGHTED);
    }

    UNetConfiguration unet() {
        return spectral.unet(input, stems);
    }

    AudioNet audioNet() {
        return new AudioNet(input, stems, waveform, new WaveformBottleneck.Convolutions());
    }

    @Override
    public long trainableWeights() {
        int shares = joining == Joining.WEIGHTED ? stems.size() : 0;
        return audioNet().trainableWeights() + unet().trainableWeights() + shares;
    }

    @Override
    public Architecture architecture() {
        return new HybridNet(this);
    }
}
