package io.stemline.training.network;

import io.stemline.training.folder.Setting;
import java.util.List;

/**
 * A network from samples to samples that remembers: {@link WaveformStages} around bidirectional long short-term memories
 * over time, as in Demucs.
 *
 * @param input of any length
 * @param stems that come out, each with the channels of the input
 * @param stages down and up
 * @param recurrent memories between them
 */
public record AudioNetLstmConfiguration(
        @Setting(doc = "what the network sees of a mixture") WaveformInput input,

        @Setting(doc = "the stems that come out, in order", leastElements = 1)
        List<String> stems,

        @Setting(doc = "the stages of encoder and decoder") WaveformStages stages,
        @Setting(doc = "the memories at the bottom") RecurrentLayers recurrent)
        implements NetworkConfiguration {

    public AudioNetLstmConfiguration {
        stems = NetworkConfiguration.requireStems(stems);
    }

    /** About seventeen million weights. */
    public static AudioNetLstmConfiguration defaults(WaveformInput input, List<String> stems) {
        return new AudioNetLstmConfiguration(input, stems, WaveformStages.standard(), new RecurrentLayers(2, 512, 0.3));
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
        return new AudioNet(input, stems, stages, new WaveformBottleneck.Memory(recurrent));
    }
}
