package io.stemline.training.network;

import io.stemline.training.graph.Layers;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The layers of a {@link RecurrentStack} and the heads that may stand on it.
 *
 * <ol>
 *   <li>The mixture is divided by its mean, so that the level of a recording does not matter, and compressed.
 *   <li>Every bin is normalised, all channels alike, so that differences between channels stay.
 *   <li>LSTM layers read the frames from both ends; a frame's features are its bins and channels.
 *   <li>A head is one dense layer for every frame.
 * </ol>
 */
final class RecurrentStackLayers {
    private static final float SILENCE = 1e-4f;

    private final Layers layers;
    private final Ops tf;
    private final SpectrumInput input;

    RecurrentStackLayers(Layers layers, SpectrumInput input) {
        this.layers = layers;
        this.input = input;
        tf = layers.tf();
    }

    /**
     * The stack.
     *
     * @param mixture magnitudes, {@code [batch][frame][bin][channel]}
     * @return {@code [batch][frame][feature]}
     */
    Operand<TFloat32> stack(RecurrentStack stack, Operand<TFloat32> mixture) {
        Operand<TFloat32> compressed = compressed(layers.relativeToMean(mixture), stack.compression());
        Operand<TFloat32> binsLast = tf.linalg.transpose(compressed, tf.constant(new int[] {0, 1, 3, 2}));
        Operand<TFloat32> normal = switch (stack.normalisation()) {
            case BATCH -> layers.batchNormalisation("normalisation", binsLast, input.bins());
            case INSTANCE -> layers.instanceNormalisation("normalisation", binsLast, input.bins());
        };
        Operand<TFloat32> x =
                tf.reshape(normal, tf.constant(new int[] {-1, input.frames(), input.channels() * input.bins()}));
        for (int layer = 1; layer <= stack.recurrentDepth(); layer++) {
            x = layers.dropout(layers.bidirectionalLstm("lstm" + layer, x, stack.hidden()), stack.dropout());
        }
        return x;
    }

    /** A power, or decibels over 20 with a floor 80 dB below the mean. */
    private Operand<TFloat32> compressed(Operand<TFloat32> magnitudes, double power) {
        if (power > 0) {
            return tf.math.pow(magnitudes, tf.constant((float) power));
        }
        Operand<TFloat32> logarithm = tf.math.log(tf.math.add(magnitudes, tf.constant(SILENCE)));
        return tf.math.mul(logarithm, tf.constant((float) (1 / Math.log(10))));
    }

    /**
     * A head with a mask for every stem and channel.
     *
     * @param x {@code [batch][frame][feature]}
     * @return {@code [batch][frame][bin][stem * channels + channel]}
     */
    Operand<TFloat32> masks(Operand<TFloat32> x, int stems, Masking masking) {
        int outputs = stems * input.channels();
        Operand<TFloat32> logits = tf.reshape(
                layers.dense("masks", x, input.bins() * outputs),
                tf.constant(new int[] {-1, input.frames(), input.bins(), outputs}));
        return masking.masks(tf, logits, stems, input.channels());
    }

    /**
     * A head with an embedding of every cell, all channels together.
     *
     * @param x {@code [batch][frame][feature]}
     * @return {@code [batch][frame][bin][dimension]}, of unit length
     */
    Operand<TFloat32> embedding(Operand<TFloat32> x, int dimension) {
        Operand<TFloat32> vectors = tf.math.tanh(layers.dense("embedding", x, input.bins() * dimension));
        return EmbeddingClusters.ofUnitLength(tf, tf.reshape(vectors, tf.constant(new int[] {
            -1, input.frames(), input.bins(), dimension
        })));
    }
}
