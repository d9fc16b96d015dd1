package io.stemline.training.network;

import io.stemline.training.folder.Setting;
import java.util.List;

/**
 * SpectrogramNetLSTM: a U-Net with recurrent layers over time at the bottom, which see the whole piece at once.
 *
 * @param layers the stages of encoder and decoder
 * @param recurrent the layers at the bottom
 * @param mask how masks are made
 */
public record SpectrogramNetLstmConfiguration(
        @Setting(doc = "what the network sees of a mixture") SpectrumInput input,

        @Setting(doc = "the stems that come out, in order", leastElements = 1)
        List<String> stems,

        @Setting(doc = "the stages of encoder and decoder") SpectrogramNetLayers layers,

        @Setting(doc = "the layers at the bottom") RecurrentLayers recurrent,

        @Setting(doc = "how masks are made") MaskSettings mask)
        implements NetworkConfiguration {

    public SpectrogramNetLstmConfiguration {
        stems = NetworkConfiguration.requireStems(stems);
        mask.requireFor(stems);
    }

    /** Auralflow's values. */
    public static SpectrogramNetLstmConfiguration defaults(SpectrumInput input, List<String> stems) {
        return new SpectrogramNetLstmConfiguration(
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
        return new SpectrogramNet(input, stems.size(), layers, mask, new SpectrogramBottleneck.Recurrent(recurrent));
    }
}
