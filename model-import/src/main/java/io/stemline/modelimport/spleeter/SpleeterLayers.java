package io.stemline.modelimport.spleeter;

import io.stemline.modelimport.spleeter.UNetWeights.Convolution;
import io.stemline.modelimport.spleeter.UNetWeights.Normalisation;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.nn.Conv2d;
import org.tensorflow.types.TFloat32;

/**
 * Layers in the form in which TensorFlow computes them fastest on processors. Kernels are variables, which have their
 * values when {@link #initialise} has run; biases, which weigh nothing, are constants.
 */
final class SpleeterLayers {

    private static final List<Long> NO_STRIDES = List.of(1L, 1L, 1L, 1L);
    private static final List<Long> STRIDES = List.of(1L, 2L, 2L, 1L);
    private static final int KERNEL = 5;

    /** The four outputs of a transposed convolution of stride 2 that lie in one square of four, row by row. */
    static final int PHASES = 4;

    private record Kernel(Shape shape, float[] values, Placeholder<TFloat32> fed, Op assignment) {}

    private final Ops tf;
    private final List<Kernel> kernels = new ArrayList<>();

    SpleeterLayers(Ops tf) {
        this.tf = tf;
    }

    /** A 5x5 convolution that halves frames and bins. */
    Operand<TFloat32> down(Operand<TFloat32> x, Convolution weights, int in, int out) {
        var kernel = kernel(weights.kernel(), KERNEL, KERNEL, in, out);
        return biased(tf.nn.conv2d(x, kernel, STRIDES, "SAME"), weights.bias());
    }

    /**
     * The same as a product of matrices. It takes the kernel as it is, where a convolution brings it into another order
     * first, which at the bottom of a U-Net takes longer than to convolve.
     */
    Operand<TFloat32> downAtTheBottom(Operand<TFloat32> x, Convolution weights, int out) {
        return product(patches(x, KERNEL, 2), weights.kernel(), weights.bias(), out);
    }

    /** What {@link #phases} gives, its channels behind each other, as a product of matrices. */
    Operand<TFloat32> phasesAtTheBottom(Operand<TFloat32> x, Convolution weights, int in, int out) {
        float[] bias = new float[PHASES * out];
        for (int channel = 0; channel < bias.length; channel++) {
            bias[channel] = weights.bias()[channel % out];
        }
        return product(patches(x, 3, 1), TransposedKernel.square(weights.kernel(), in, out), bias, bias.length);
    }

    /** All that a kernel sees from each place, {@code [frame][bin][row * column * channel]}. */
    private Operand<TFloat32> patches(Operand<TFloat32> x, long size, long stride) {
        return tf.image.extractImagePatches(
                x, List.of(1L, size, size, 1L), List.of(1L, stride, stride, 1L), List.of(1L, 1L, 1L, 1L), "SAME");
    }

    private Operand<TFloat32> product(Operand<TFloat32> patches, float[] matrix, float[] bias, int out) {
        var shape = patches.shape();
        int in = (int) shape.get(3);
        var rows = tf.reshape(patches, tf.constant(new int[] {-1, in}));
        var product = biased(tf.linalg.matMul(rows, kernel(matrix, in, out)), bias);
        return tf.reshape(product, tf.constant(new int[] {-1, (int) shape.get(1), (int) shape.get(2), out}));
    }

    /** scale x + shift in one pass over memory: a depthwise convolution of one place takes a bias with it. */
    Operand<TFloat32> normalised(Operand<TFloat32> x, Normalisation norm) {
        var kernel = kernel(norm.scale(), 1, 1, norm.scale().length, 1);
        return biased(tf.nn.depthwiseConv2dNative(x, kernel, NO_STRIDES, "SAME"), norm.shift());
    }

    /**
     * The four phases of a transposed 5x5 convolution of stride 2, each an ordinary convolution of the input: an output
     * at an even place sees two places of the input, one at an odd place three.
     */
    List<Operand<TFloat32>> phases(Operand<TFloat32> x, Convolution weights, int in, int out) {
        var phases = new ArrayList<Operand<TFloat32>>();
        for (int row = 0; row < 2; row++) {
            for (int column = 0; column < 2; column++) {
                float[] kernel = TransposedKernel.phase(weights.kernel(), row, column, in, out);
                var variable = kernel(kernel, TransposedKernel.taps(row), TransposedKernel.taps(column), in, out);
                // A kernel of two lies on the place before and the place itself.
                var padding = List.of(0L, 0L, 1L, (long) row, 1L, (long) column, 0L, 0L);
                phases.add(biased(
                        tf.nn.conv2d(x, variable, NO_STRIDES, "EXPLICIT", Conv2d.explicitPaddings(padding)),
                        weights.bias()));
            }
        }
        return phases;
    }

    /** Puts phases into their places: {@code [frame][bin][phase * channels]} to twice the frames and bins. */
    Operand<TFloat32> interleaved(Operand<TFloat32> phases) {
        return tf.nn.depthToSpace(phases, 2L);
    }

    /** A 3x3 convolution. */
    Operand<TFloat32> convolution(Operand<TFloat32> x, Convolution weights, int in, int out) {
        return biased(tf.nn.conv2d(x, kernel(weights.kernel(), 3, 3, in, out), NO_STRIDES, "SAME"), weights.bias());
    }

    /** A 4x4 convolution that sees every second place. */
    Operand<TFloat32> dilated(Operand<TFloat32> x, Convolution weights, int in, int out) {
        var kernel = kernel(weights.kernel(), 4, 4, in, out);
        var everySecond = Conv2d.dilations(List.of(1L, 2L, 2L, 1L));
        return biased(tf.nn.conv2d(x, kernel, NO_STRIDES, "SAME", everySecond), weights.bias());
    }

    /** Channels of several tensors behind each other. */
    Operand<TFloat32> channels(List<Operand<TFloat32>> tensors) {
        return tensors.size() == 1 ? tensors.getFirst() : tf.concat(tensors, tf.constant(-1));
    }

    private Operand<TFloat32> biased(Operand<TFloat32> x, float[] bias) {
        return tf.nn.biasAdd(x, constant(bias, bias.length));
    }

    /** Gives all variables their values. */
    void initialise(Session session) {
        for (var kernel : kernels) {
            try (var values = TFloat32.tensorOf(kernel.shape(), DataBuffers.of(kernel.values(), true, false))) {
                session.runner()
                        .feed(kernel.fed(), values)
                        .addTarget(kernel.assignment())
                        .run()
                        .close();
            }
        }
    }

    private Operand<TFloat32> kernel(float[] values, long... dimensions) {
        var shape = Shape.of(dimensions);
        var variable = tf.variable(shape, TFloat32.class);
        var fed = tf.placeholder(TFloat32.class, Placeholder.shape(shape));
        kernels.add(new Kernel(shape, values, fed, tf.assign(variable, fed)));
        return variable;
    }

    private Operand<TFloat32> constant(float[] values, long... shape) {
        return tf.constant(Shape.of(shape), DataBuffers.of(values, true, false));
    }
}
