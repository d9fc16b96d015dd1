package io.stemline.training.network;

import io.stemline.training.folder.Setting;
import java.util.List;

/**
 * Mask inference: recurrent layers read a mixture, and a dense layer makes a mask of it for every stem and channel (Weninger
 * et al., "Discriminatively trained recurrent neural networks for single-channel speech separation", 2014).
 *
 * @param stack the recurrent layers
 * @param masking how masks are made of the dense layer
 */
public record MaskInferenceConfiguration(
        @Setting(doc = "what the network sees of a mixture") SpectrumInput input,

        @Setting(doc = "the stems that come out, in order", leastElements = 1, alsoCalled = "targets")
        List<String> stems,

        @Setting(doc = "the recurrent layers") RecurrentStack stack,

        @Setting(doc = "how masks are made of the last layer", alsoCalled = "mask_activation")
        Masking masking)
        implements NetworkConfiguration {

    public MaskInferenceConfiguration {
        stems = List.copyOf(stems);
        masking.requireFor(stems);
    }

    /** Four recurrent layers and a mask of its own for every stem. */
    public static MaskInferenceConfiguration defaults(SpectrumInput input, List<String> stems) {
        return new MaskInferenceConfiguration(input, stems, RecurrentStack.defaults(), Masking.SIGMOID);
    }

    @Override
    public long trainableWeights() {
        return stack.trainableWeights(input)
                + stack.trainableWeightsOfDense((long) input.bins() * stems.size() * input.channels());
    }

    @Override
    public Architecture architecture() {
        return (layers, mixture) -> {
            var recurrent = new RecurrentStackLayers(layers, input);
            return Estimates.masks(recurrent.masks(recurrent.stack(stack, mixture), stems.size(), masking));
        };
    }
}
