package io.stemline.training.network;

import io.stemline.training.folder.Setting;
import java.util.List;

/**
 * SpectrogramNetSimple: a U-Net of plain convolutions: encoder, a stage of convolutions at the bottom, decoder.
 *
 * @param layers the stages of encoder and decoder
 * @param mask how masks are made
 */
public record SpectrogramNetSimpleConfiguration(
        @Setting(doc = "what the network sees of a mixture") SpectrumInput input,

        @Setting(doc = "the stems that come out, in order", leastElements = 1)
        List<String> stems,

        @Setting(doc = "the stages of encoder and decoder") SpectrogramNetLayers layers,

        @Setting(doc = "how masks are made") MaskSettings mask)
        implements NetworkConfiguration {

    public SpectrogramNetSimpleConfiguration {
        stems = NetworkConfiguration.requireStems(stems);
        mask.requireFor(stems);
    }

    /** Auralflow's values. */
    public static SpectrogramNetSimpleConfiguration defaults(SpectrumInput input, List<String> stems) {
        return new SpectrogramNetSimpleConfiguration(
                input, stems, SpectrogramNetLayers.defaults(), MaskSettings.defaults());
    }

    @Override
    public long trainableWeights() {
        return net().trainableWeights();
    }

    @Override
    public Architecture architecture() {
        return net();
    }

    private SpectrogramNet net() {
        return new SpectrogramNet(input, stems.size(), layers, mask, new SpectrogramBottleneck.Convolutional());
    }
}
