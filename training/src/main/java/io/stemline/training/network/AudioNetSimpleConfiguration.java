package io.stemline.training.network;

import java.util.List;

/**
 * A convolutional network from samples to samples: {@link WaveformStages} around two convolutions.
 *
 * @param input of any length
 * @param stems that come out, each with the channels of the input
 * @param stages down and up
 */
public record AudioNetSimpleConfiguration(WaveformInput input, List<String> stems, WaveformStages stages)
        implements NetworkConfiguration {

    public AudioNetSimpleConfiguration {
        stems = StemNames.checked(stems);
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
        return new AudioNet(input, stems, stages, new Bottleneck.Convolutions());
    }
}
