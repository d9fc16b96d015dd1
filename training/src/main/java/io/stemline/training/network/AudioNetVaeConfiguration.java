package io.stemline.training.network;

import io.stemline.training.folder.Setting;
import java.util.List;

/**
 * A variational network from samples to samples: {@link WaveformStages} around a distribution at every time, of which
 * training draws and inference takes the mean, and memories over time.
 *
 * @param input of any length
 * @param stems that come out, each with the channels of the input
 * @param stages down and up
 * @param latents dimensions of the distribution
 * @param recurrent memories of what was drawn
 */
public record AudioNetVaeConfiguration(
        @Setting(doc = "what the network sees of a mixture") WaveformInput input,

        @Setting(doc = "the stems that come out, in order", leastElements = 1)
        List<String> stems,

        @Setting(doc = "the stages of encoder and decoder") WaveformStages stages,

        @Setting(doc = "dimensions of the distribution at the bottom", min = 1)
        int latents,

        @Setting(doc = "the memories at the bottom") RecurrentLayers recurrent)
        implements NetworkConfiguration {

    public AudioNetVaeConfiguration {
        stems = NetworkConfiguration.requireStems(stems);
        NetworkInput.requirePositive("latents", latents);
    }

    /** About seventeen million weights. */
    public static AudioNetVaeConfiguration defaults(WaveformInput input, List<String> stems) {
        return new AudioNetVaeConfiguration(
                input, stems, WaveformStages.standard(), 512, new RecurrentLayers(2, 512, 0.3));
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
        return new AudioNet(
                input,
                stems,
                stages,
                new WaveformBottleneck.Variation(latents, new WaveformBottleneck.Memory(recurrent)));
    }
}
