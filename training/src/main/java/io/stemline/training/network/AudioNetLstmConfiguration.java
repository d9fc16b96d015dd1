package io.stemline.training.network;

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
        WaveformInput input, List<String> stems, WaveformStages stages, RecurrentLayers recurrent)
        implements NetworkConfiguration {

    public AudioNetLstmConfiguration {
        stems = StemNames.checked(stems);
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
        return new AudioNet(input, stems, stages, new Bottleneck.Memory(recurrent));
    }
}
