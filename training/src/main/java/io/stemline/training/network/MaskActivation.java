package io.stemline.training.network;

import io.stemline.training.graph.Layers;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * How masks are made of a network's last layer. Whatever the function, masks lie between 0 and 1: what is outside is cut
 * off, and has no gradient.
 */
public enum MaskActivation {
    /** 1 / (1 + exp(-x)): every stem for itself. */
    SIGMOID {
        @Override
        Operand<TFloat32> of(Layers layers, Operand<TFloat32> x, int stems, int channels) {
            return layers.tf().math.sigmoid(x);
        }
    },
    /** x where that is positive. */
    RELU {
        @Override
        Operand<TFloat32> of(Layers layers, Operand<TFloat32> x, int stems, int channels) {
            return cut(layers.tf(), layers.tf().nn.relu(x));
        }
    },
    /** x between -1 and 1; with what is cut off, the same as {@link #RELU}. */
    HARDTANH {
        @Override
        Operand<TFloat32> of(Layers layers, Operand<TFloat32> x, int stems, int channels) {
            return cut(layers.tf(), x);
        }
    },
    /** The hyperbolic tangent. */
    TANH {
        @Override
        Operand<TFloat32> of(Layers layers, Operand<TFloat32> x, int stems, int channels) {
            return cut(layers.tf(), layers.tf().math.tanh(x));
        }
    },
    /** The stems share the mixture: in each channel their masks add up to 1. For two stems or more. */
    SOFTMAX {
        @Override
        Operand<TFloat32> of(Layers layers, Operand<TFloat32> x, int stems, int channels) {
            return StemShares.of(layers.tf(), x, stems, channels);
        }
    },
    /**
     * x, where that is negative times a slope that is learned (He et al. 2015). It starts at 1/4; as negative masks are cut
     * off, it matters once it is negative itself.
     */
    PRELU {
        @Override
        Operand<TFloat32> of(Layers layers, Operand<TFloat32> x, int stems, int channels) {
            Ops tf = layers.tf();
            Operand<TFloat32> slope = layers.weights("mask.slope", Shape.of(1), new float[] {FIRST_SLOPE})
                    .variable();
            Operand<TFloat32> negative = tf.math.mul(tf.nn.relu(tf.math.neg(x)), slope);
            return cut(tf, tf.math.sub(tf.nn.relu(x), negative));
        }

        @Override
        long trainableWeights() {
            return 1;
        }
    },
    /** The scaled exponential linear unit (Klambauer et al. 2017). */
    SELU {
        @Override
        Operand<TFloat32> of(Layers layers, Operand<TFloat32> x, int stems, int channels) {
            return cut(layers.tf(), layers.tf().nn.selu(x));
        }
    },
    /** The exponential linear unit (Clevert et al. 2016). */
    ELU {
        @Override
        Operand<TFloat32> of(Layers layers, Operand<TFloat32> x, int stems, int channels) {
            return cut(layers.tf(), layers.tf().nn.elu(x));
        }
    };

    private static final float FIRST_SLOPE = 0.25f;

    /**
     * Adds the function to the graph.
     *
     * @param x {@code [batch][frame][bin][stem * channels + channel]}, all but the batch known
     * @return masks of the same shape
     */
    abstract Operand<TFloat32> of(Layers layers, Operand<TFloat32> x, int stems, int channels);

    /** How many numbers it learns. */
    long trainableWeights() {
        return 0;
    }

    private static Operand<TFloat32> cut(Ops tf, Operand<TFloat32> x) {
        return tf.clipByValue(x, tf.constant(0f), tf.constant(1f));
    }
}
