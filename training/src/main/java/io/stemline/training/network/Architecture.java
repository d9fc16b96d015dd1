package io.stemline.training.network;

import io.stemline.training.graph.Layers;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** Builds a network out of layers. Whether it is for training or for inference is the layers' business. */
public interface Architecture {

    /**
     * Adds the network to the graph of the layers.
     *
     * @param mixture of the shape that the configuration's input has: magnitudes as they come from the transform, or
     *     samples
     */
    Estimates build(Layers layers, Operand<TFloat32> mixture);
}
