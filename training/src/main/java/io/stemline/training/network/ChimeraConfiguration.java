package io.stemline.training.network;

import io.stemline.training.folder.Setting;
import io.stemline.training.graph.Layers;
import java.util.List;

/**
 * Chimera: mask inference whose recurrent layers learn to give embeddings as well, as in deep clustering (Luo, Chen, Hershey,
 * Le Roux and Mesgarani, "Deep clustering and conventional networks for music separation: stronger together", 2017). It
 * learns by a sum of a loss on masks and one on embeddings, and answers with masks; inference does without embeddings.
 *
 * @param stack the recurrent layers
 * @param dimension of the embeddings
 * @param masking how masks are made of the dense layer
 */
public record ChimeraConfiguration(
        @Setting(doc = "what the network sees of a mixture") SpectrumInput input,

        @Setting(doc = "the stems that come out, in order", leastElements = 1, alsoCalled = "targets")
        List<String> stems,

        @Setting(doc = "the recurrent layers") RecurrentStack stack,

        @Setting(doc = "dimensions of the embeddings", min = 1)
        int dimension,

        @Setting(doc = "how masks are made of the last layer", alsoCalled = "mask_activation")
        Masking masking)
        implements NetworkConfiguration {

    public ChimeraConfiguration {
        stems = List.copyOf(stems);
        NetworkInput.requirePositive("dimension", dimension);
        masking.requireFor(stems);
    }

    /** Four recurrent layers, 20 dimensions, and a mask of its own for every stem. */
    public static ChimeraConfiguration defaults(SpectrumInput input, List<String> stems) {
        return new ChimeraConfiguration(input, stems, RecurrentStack.defaults(), 20, Masking.SIGMOID);
    }

    @Override
    public long trainableWeights() {
        return stack.trainableWeights(input)
                + stack.trainableWeightsOfDense((long) input.bins() * stems.size() * input.channels())
                + stack.trainableWeightsOfDense((long) input.bins() * dimension);
    }

    @Override
    public Architecture architecture() {
        return (layers, mixture) -> {
            var recurrent = new RecurrentStackLayers(layers, input);
            var x = recurrent.stack(stack, mixture);
            Estimates masks = Estimates.masks(recurrent.masks(x, stems.size(), masking));
            return layers.mode() == Layers.Mode.INFERENCE
                    ? masks
                    : masks.withEmbedding(layers.forTrainingOnly(() -> recurrent.embedding(x, dimension)));
        };
    }
}
