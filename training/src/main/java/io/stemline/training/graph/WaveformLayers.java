package io.stemline.training.graph;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Squeeze;
import org.tensorflow.op.nn.LeakyRelu;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** Layers of one-dimensional networks, {@code [batch][time][channel]}. Convolutions keep the length or divide it evenly. */
public final class WaveformLayers {
    /** What stands behind a normalisation. */
    public enum Activation {
        /** A rectifier that lets a fifth of what is negative through. */
        LEAKY_RELU {
            @Override
            Operand<TFloat32> of(Ops tf, Operand<TFloat32> x) {
                return tf.nn.leakyRelu(x, LeakyRelu.alpha(LEAK));
            }
        },
        /** x times the share of a normal distribution below x (Hendrycks and Gimpel 2016). */
        GELU {
            @Override
            Operand<TFloat32> of(Ops tf, Operand<TFloat32> x) {
                Operand<TFloat32> erf = tf.math.erf(tf.math.mul(x, tf.constant((float) Math.sqrt(0.5))));
                Operand<TFloat32> share = tf.math.mul(tf.math.add(erf, tf.constant(1f)), tf.constant(0.5f));
                return tf.math.mul(x, share);
            }
        };

        private static final float LEAK = 0.2f;

        abstract Operand<TFloat32> of(Ops tf, Operand<TFloat32> x);
    }

    /** Length and channels of a layer's output. */
    public record Size(int length, int channels) {}

    private final Layers layers;
    private final Ops tf;
    private final Activation activation;

    /** Layers that add their variables to those of other layers. */
    public WaveformLayers(Layers layers, Activation activation) {
        this.layers = layers;
        this.activation = activation;
        tf = layers.tf();
    }

    /** A convolution that makes one value of {@code stride} in every channel, normalised and activated. */
    public Operand<TFloat32> down(String name, Operand<TFloat32> x, int kernel, int stride, int in, int out) {
        Parameter weights = layers.trainingKernel(name, Shape.of(1, kernel, in, out), kernel * in);
        Operand<TFloat32> y = tf.nn.conv2d(flat(x), weights.variable(), strides(stride), "SAME");
        return line(activation.of(tf, layers.normalised(name, weights, 1, y, out)));
    }

    /** A convolution that keeps the length, normalised and activated. */
    public Operand<TFloat32> convolution(String name, Operand<TFloat32> x, int kernel, int in, int out) {
        return down(name, x, kernel, 1, in, out);
    }

    /** A transposed convolution that makes {@code stride} values of one in every channel, normalised and activated. */
    public Operand<TFloat32> up(String name, Operand<TFloat32> x, int kernel, int stride, int in, Size size) {
        Parameter weights =
                layers.trainingKernel(name, transposedShape(kernel, in, size), transposedFanIn(kernel, stride, in));
        Operand<TFloat32> y = transposed(x, weights, stride, size);
        return line(activation.of(tf, layers.normalised(name, weights, in, y, size.channels())));
    }

    /** A transposed convolution and nothing else: no bias, as waveforms swing around zero. */
    public Operand<TFloat32> head(String name, Operand<TFloat32> x, int kernel, int stride, int in, Size size) {
        Parameter weights = layers.kernel(name, transposedShape(kernel, in, size), transposedFanIn(kernel, stride, in));
        return line(transposed(x, weights, stride, size));
    }

    /**
     * A gated linear unit: a convolution to twice the channels, of which the second half says how much of the first
     * passes (Dauphin et al., "Language modeling with gated convolutional networks", 2017).
     */
    public Operand<TFloat32> gated(String name, Operand<TFloat32> x, int kernel, int channels) {
        Operand<TFloat32> both = linear(name, x, kernel, channels, 2 * channels);
        return tf.math.mul(part(both, 0, channels), tf.math.sigmoid(part(both, channels, channels)));
    }

    /** A convolution with a bias and nothing behind it. */
    public Operand<TFloat32> linear(String name, Operand<TFloat32> x, int kernel, int in, int out) {
        Parameter weights = layers.kernel(name, Shape.of(1, kernel, in, out), kernel * in);
        Parameter bias = layers.weights(name + ".bias", Shape.of(out), new float[out]);
        return line(tf.nn.biasAdd(tf.nn.conv2d(flat(x), weights.variable(), strides(1), "SAME"), bias.variable()));
    }

    private static Shape transposedShape(int kernel, int in, Size size) {
        return Shape.of(1, kernel, size.channels(), in);
    }

    /** Every output sees one place of the kernel in {@code stride}. */
    private static int transposedFanIn(int kernel, int stride, int in) {
        return Math.max(1, kernel / stride) * in;
    }

    private Operand<TFloat32> transposed(Operand<TFloat32> x, Parameter weights, int stride, Size size) {
        Operand<TInt32> batch = tf.gather(tf.shape(x), tf.constant(0), tf.constant(0));
        Operand<TInt32> shape =
                tf.stack(List.of(batch, tf.constant(1), tf.constant(size.length()), tf.constant(size.channels())));
        return tf.nn.conv2dBackpropInput(shape, weights.variable(), flat(x), strides(stride), "SAME");
    }

    private static List<Long> strides(int stride) {
        return List.of(1L, 1L, (long) stride, 1L);
    }

    /** {@code [batch][time][channel]} to {@code [batch][1][time][channel]}: convolutions know two dimensions. */
    private Operand<TFloat32> flat(Operand<TFloat32> x) {
        return tf.expandDims(x, tf.constant(1));
    }

    private Operand<TFloat32> line(Operand<TFloat32> x) {
        return tf.squeeze(x, Squeeze.axis(List.of(1L)));
    }

    private Operand<TFloat32> part(Operand<TFloat32> x, int first, int channels) {
        return tf.slice(x, tf.constant(new int[] {0, 0, first}), tf.constant(new int[] {-1, -1, channels}));
    }
}
