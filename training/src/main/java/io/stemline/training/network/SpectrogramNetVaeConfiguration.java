package io.stemline.training.network;

import io.stemline.training.folder.Setting;
import java.util.List;

/**
 * SpectrogramNetVAE: a U-Net with a variational layer and recurrent layers over time at the bottom.
 *
 * @param layers the stages of encoder and decoder
 * @param recurrent the layers at the bottom
 * @param mask how masks are made
 */
public record SpectrogramNetVaeConfiguration(
        @Setting(doc = "what the network sees of a mixture") SpectrumInput input,

        @Setting(doc = "the stems that come out, in order", leastElements = 1)
        List<String> stems,

        @Setting(doc = "the stages of encoder and decoder") SpectrogramNetLayers layers,

        @Setting(doc = "the layers at the bottom") RecurrentLayers recurrent,

        @Setting(doc = "how masks are made") MaskSettings mask)
        implements NetworkConfiguration {

    public SpectrogramNetVaeConfiguration {
        stems = NetworkConfiguration.requireStems(stems);
        mask.requireFor(stems);
    }

    /** Auralflow's values. */
    public static SpectrogramNetVaeConfiguration defaults(SpectrumInput input, List<String> stems) {
        return new SpectrogramNetVaeConfiguration(
                input, stems, SpectrogramNetLayers.defaults(), RecurrentLayers.defaults(), MaskSettings.defaults());
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
        return new SpectrogramNet(input, stems.size(), layers, mask, new SpectrogramBottleneck.Variational(recurrent));
    }
}
