package io.stemline.training.network;

import io.stemline.training.folder.Setting;
import java.util.List;

/**
 * A convolutional network from samples to samples: {@link WaveformStages} around two convolutions.
 *
 * @param input of any length
 * @param stems that come out, each with the channels of the input
 * @param stages down and up
 */
public record AudioNetSimpleConfiguration(
        @Setting(doc = "what the network sees of a mixture") WaveformInput input,

        @Setting(doc = "the stems that come out, in order", leastElements = 1)
        List<String> stems,

        @Setting(doc = "the stages of encoder and decoder") WaveformStages stages)
        implements NetworkConfiguration {

    public AudioNetSimpleConfiguration {
        stems = NetworkConfiguration.requireStems(stems);
    }

    /** About nine million weights. */
    public static AudioNetSimpleConfiguration defaults(WaveformInput input, List<String> stems) {
        return new AudioNetSimpleConfiguration(input, stems, WaveformStages.standard());
    }

    @Override
    public long trainableWeights() {
        return network().trainableWeights();
    }

    @Override
    public Architecture architecture() {
        return network();
    }

    private AudioNet network() {
        return new AudioNet(input, stems, stages, new WaveformBottleneck.Convolutions());
    }
}
