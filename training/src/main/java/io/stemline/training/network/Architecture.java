package io.stemline.training.network;

import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** Builds a network out of layers. Whether it is for training or for inference is the layers' business. */
public interface Architecture {

    /**
     * Adds the network to the graph of the layers.
     *
     * @param mixture magnitudes of the mixture, {@code [batch][frame][bin][channel]}, as they come from the transform
     * @return masks between 0 and 1, {@code [batch][frame][bin][stem * channels + channel]}
     */
    Operand<TFloat32> masks(Layers layers, Operand<TFloat32> mixture);
}
