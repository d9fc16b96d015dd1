package io.stemline.training.network;

import io.stemline.training.folder.Setting;
import java.util.List;

/**
 * Deep clustering: recurrent layers give every cell of a spectrogram an embedding, such that cells of one stem lie together
 * (Hershey et al., "Deep clustering: discriminative embeddings for segmentation and separation", 2016). Training makes them
 * do so by a loss on embeddings. To answer with masks in the order of the stems, k-means starts from the mean embeddings
 * that the stems had in training (Luo, Chen and Mesgarani, "Speaker-independent speech separation with deep attractor
 * network", 2018: fixed attractors).
 *
 * @param stems two or more
 * @param stack the recurrent layers
 * @param dimension of the embeddings, at least one for each stem
 * @param clustering how masks are made of embeddings
 */
public record DeepClusteringConfiguration(
        @Setting(doc = "what the network sees of a mixture") SpectrumInput input,

        @Setting(doc = "the stems that come out, in order", leastElements = 1, alsoCalled = "targets")
        List<String> stems,

        @Setting(doc = "the recurrent layers") RecurrentStack stack,

        @Setting(doc = "dimensions of the embeddings", min = 1)
        int dimension,

        @Setting(doc = "how masks are made of embeddings") Clustering clustering)
        implements NetworkConfiguration {

    public DeepClusteringConfiguration {
        stems = List.copyOf(stems);
        if (stems.size() < 2) {
            throw new IllegalArgumentException(
                    "stems is " + stems + ": clustering needs two or more; add one for everything else");
        }
        if (dimension < stems.size()) {
            throw new IllegalArgumentException("dimension is " + dimension + ": embeddings need at least "
                    + stems.size() + " to keep as many stems apart");
        }
    }

    /** Four recurrent layers and 20 dimensions. */
    public static DeepClusteringConfiguration defaults(SpectrumInput input, List<String> stems) {
        return new DeepClusteringConfiguration(input, stems, RecurrentStack.defaults(), 20, Clustering.defaults());
    }

    @Override
    public long trainableWeights() {
        return stack.trainableWeights(input) + stack.trainableWeightsOfDense((long) input.bins() * dimension);
    }

    @Override
    public Architecture architecture() {
        return new DeepClustering(this);
    }
}
