package io.stemline.training.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.nn.FusedBatchNorm;
import org.tensorflow.op.nn.LeakyRelu;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * The layers that networks are built of, and the variables that they bring.
 *
 * <p>For training, every convolution is followed by batch normalisation with the statistics of the batch, and moving
 * averages of these are kept. For inference there is no normalisation: {@link #folded} turns the variables of the one graph
 * into those of the other, in which a convolution has a scaled kernel and a bias.
 */
public final class Layers {
    /** What a graph is for. */
    public enum Mode {
        TRAINING,
        INFERENCE
    }

    /** Frames, bins and channels of a layer's output. */
    public record Size(int frames, int bins, int channels) {}

    private static final float LEAK = 0.2f;
    private static final float EPSILON = 1e-3f;
    private static final float STATISTICS_RATE = 0.02f;
    private static final List<Long> STRIDES = List.of(1L, 2L, 2L, 1L);

    private final Ops tf;
    private final Mode mode;
    private final Random random;
    private final Map<String, Parameter> parameters = new LinkedHashMap<>();
    private final List<Op> statisticsUpdates = new ArrayList<>();
    private final Set<String> transposedKernels = new HashSet<>();

    /** Layers whose weights start at random values that depend on the seed alone. */
    public Layers(Ops tf, Mode mode, long seed) {
        this.tf = tf;
        this.mode = mode;
        random = new Random(seed);
    }

    /** The graph's operations. */
    public Ops tf() {
        return tf;
    }

    /** All variables by name, in the order in which they were made. */
    public Map<String, Parameter> parameters() {
        return parameters;
    }

    /** What has to be run with every training step so that the moving statistics follow. */
    public List<Op> statisticsUpdates() {
        return statisticsUpdates;
    }

    /** A convolution that halves frames and bins, normalised, with a leaky rectifier. */
    Operand<TFloat32> down(String name, Operand<TFloat32> x, int kernel, int in, int out) {
        Operand<TFloat32> weights = kernel(name, Shape.of(kernel, kernel, in, out), kernel * kernel * in);
        Operand<TFloat32> y = tf.nn.conv2d(x, weights, STRIDES, "SAME");
        return tf.nn.leakyRelu(normalised(name, y, out), LeakyRelu.alpha(LEAK));
    }

    /** A transposed convolution that doubles frames and bins, normalised, with a rectifier. */
    Operand<TFloat32> up(String name, Operand<TFloat32> x, int kernel, int in, Size size) {
        return tf.nn.relu(normalised(name, transposed(name, x, kernel, in, size), size.channels()));
    }

    /** A transposed convolution to the full size, with a bias for every bin and channel instead of a normalisation. */
    Operand<TFloat32> head(String name, Operand<TFloat32> x, int kernel, int in, Size size) {
        float[] zeros = new float[size.bins() * size.channels()];
        Operand<TFloat32> bias = variable(name + ".bias", Shape.of(size.bins(), size.channels()), true, zeros);
        return tf.math.add(transposed(name, x, kernel, in, size), bias);
    }

    private Operand<TFloat32> transposed(String name, Operand<TFloat32> x, int kernel, int in, Size size) {
        // Every output sees a quarter of the kernel's places.
        Operand<TFloat32> weights =
                kernel(name, Shape.of(kernel, kernel, size.channels(), in), Math.max(1, kernel * kernel / 4) * in);
        transposedKernels.add(name + ".kernel");
        Operand<TInt32> batch = tf.gather(tf.shape(x), tf.constant(0), tf.constant(0));
        Operand<TInt32> shape = tf.stack(
                List.of(batch, tf.constant(size.frames()), tf.constant(size.bins()), tf.constant(size.channels())));
        return tf.nn.conv2dBackpropInput(shape, weights, x, STRIDES, "SAME");
    }

    private Operand<TFloat32> normalised(String name, Operand<TFloat32> y, int channels) {
        Shape shape = Shape.of(channels);
        if (mode == Mode.INFERENCE) {
            return tf.nn.biasAdd(y, variable(name + ".bias", shape, true, new float[channels]));
        }
        float[] ones = new float[channels];
        Arrays.fill(ones, 1);
        Operand<TFloat32> scale = variable(name + ".scale", shape, true, ones);
        Operand<TFloat32> shift = variable(name + ".shift", shape, true, new float[channels]);
        Operand<TFloat32> mean = variable(name + ".mean", shape, false, new float[channels]);
        Operand<TFloat32> variance = variable(name + ".variance", shape, false, ones);
        Operand<TFloat32> none = tf.constant(new float[0]);
        FusedBatchNorm<TFloat32, TFloat32> norm = tf.nn.fusedBatchNorm(
                y, scale, shift, none, none, FusedBatchNorm.isTraining(true), FusedBatchNorm.epsilon(EPSILON));
        follow(mean, norm.batchMean());
        follow(variance, norm.batchVariance());
        return norm.y();
    }

    private void follow(Operand<TFloat32> average, Operand<TFloat32> observed) {
        statisticsUpdates.add(
                tf.assignAdd(average, tf.math.mul(tf.math.sub(observed, average), tf.constant(STATISTICS_RATE))));
    }

    private Operand<TFloat32> kernel(String name, Shape shape, int fanIn) {
        float[] initial = new float[Math.toIntExact(shape.size())];
        double deviation = Math.sqrt(2.0 / fanIn);
        for (int i = 0; i < initial.length; i++) {
            initial[i] = (float) (Math.clamp(random.nextGaussian(), -2, 2) * deviation);
        }
        return variable(name + ".kernel", shape, true, initial);
    }

    private Operand<TFloat32> variable(String name, Shape shape, boolean trainable, float[] initial) {
        var variable = tf.withName(name).variable(shape, TFloat32.class);
        if (parameters.put(name, new Parameter(name, shape, trainable, initial, variable)) != null) {
            throw new IllegalArgumentException("Two variables are named " + name);
        }
        return variable;
    }

    /**
     * The variables of the inference graph from those of this training graph: kernels are scaled by
     * scale / sqrt(variance + epsilon) per output channel, and the bias is what normalisation would have added.
     *
     * @param weights all variables of this graph by name
     */
    public Map<String, float[]> folded(Map<String, float[]> weights) {
        Map<String, float[]> folded = new LinkedHashMap<>();
        weights.forEach((name, values) -> {
            String layer = name.substring(0, name.lastIndexOf('.'));
            boolean kernel = name.endsWith(".kernel");
            if (kernel && weights.containsKey(layer + ".scale")) {
                float[] gains = gains(weights, layer);
                folded.put(name, scaled(values, gains, outputStride(parameters.get(name))));
                folded.put(layer + ".bias", biases(weights, layer, gains));
            } else if (kernel || name.endsWith(".bias")) {
                folded.put(name, values);
            }
        });
        return folded;
    }

    /** How far apart two output channels are in a kernel: transposed convolutions have the inputs last. */
    private int outputStride(Parameter kernel) {
        return transposedKernels.contains(kernel.name()) ? (int) kernel.shape().get(3) : 1;
    }

    private static float[] scaled(float[] kernel, float[] gains, int outputStride) {
        float[] scaled = new float[kernel.length];
        for (int i = 0; i < kernel.length; i++) {
            scaled[i] = kernel[i] * gains[i / outputStride % gains.length];
        }
        return scaled;
    }

    private static float[] gains(Map<String, float[]> weights, String layer) {
        float[] scale = weights.get(layer + ".scale");
        float[] variance = weights.get(layer + ".variance");
        float[] gains = new float[scale.length];
        for (int i = 0; i < gains.length; i++) {
            gains[i] = (float) (scale[i] / Math.sqrt(variance[i] + EPSILON));
        }
        return gains;
    }

    private static float[] biases(Map<String, float[]> weights, String layer, float[] gains) {
        float[] shift = weights.get(layer + ".shift");
        float[] mean = weights.get(layer + ".mean");
        float[] biases = new float[gains.length];
        for (int i = 0; i < gains.length; i++) {
            biases[i] = shift[i] - mean[i] * gains[i];
        }
        return biases;
    }
}
