package io.stemline.training.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.math.Mean;
import org.tensorflow.op.nn.FusedBatchNorm;
import org.tensorflow.op.nn.LeakyRelu;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;

/**
 * The layers that networks are built of, and the variables that they bring.
 *
 * <p>For training, batch normalisation uses the statistics of the batch and keeps moving averages of them, and what is
 * random (dropout, the noise of variational layers) depends on a seed and the step that is fed. For inference nothing is
 * random, and a normalisation is part of the convolution before it or one gain and one offset a channel: {@link #folded}
 * turns the variables of the one graph into those of the other.
 */
public final class Layers {
    /** What a graph is for. */
    public enum Mode {
        TRAINING,
        INFERENCE
    }

    /**
     * What a normalisation of the training graph sees of a batch: mean and variance of each channel.
     *
     * @param layer whose variables {@code <layer>.mean} and {@code <layer>.variance} follow them
     */
    public record Observation(String layer, Operand<TFloat32> mean, Operand<TFloat32> variance) {}

    /**
     * How variables of the training graph become those of the inference graph, and back: both write into their second
     * argument.
     */
    private record Folding(
            BiConsumer<Map<String, float[]>, Map<String, float[]>> fold,
            BiConsumer<Map<String, float[]>, Map<String, float[]>> unfold) {}

    /** Frames, bins and channels of a layer's output. */
    public record Size(int frames, int bins, int channels) {}

    private static final float SILENCE = 1e-4f;
    private static final float LEAK = 0.2f;
    private static final float EPSILON = 1e-3f;
    private static final float STATISTICS_RATE = 0.02f;
    private static final List<Long> STRIDES = List.of(1L, 2L, 2L, 1L);

    private final Ops tf;
    private final Mode mode;
    private final long seed;
    private final Random random;
    private final Placeholder<TInt64> step;
    private final Map<String, Parameter> parameters = new LinkedHashMap<>();
    private final List<Op> statisticsUpdates = new ArrayList<>();
    private final List<Observation> observations = new ArrayList<>();
    private final List<Folding> foldings = new ArrayList<>();
    private int randomLayers;

    /** Layers whose weights start at random values that depend on the seed alone. */
    public Layers(Ops tf, Mode mode, long seed) {
        this.tf = tf;
        this.mode = mode;
        this.seed = seed;
        random = new Random(seed);
        step = tf.placeholder(TInt64.class, Placeholder.shape(Shape.scalar()));
    }

    /** The graph's operations. */
    public Ops tf() {
        return tf;
    }

    public Mode mode() {
        return mode;
    }

    /** Where the number of the step is fed; needed in training if there are random layers, and never in inference. */
    public Placeholder<TInt64> step() {
        return step;
    }

    /** All variables by name, in the order in which they were made. */
    public Map<String, Parameter> parameters() {
        return parameters;
    }

    /** What has to be run with every training step so that the moving statistics follow. */
    public List<Op> statisticsUpdates() {
        return statisticsUpdates;
    }

    /** What the normalisations of this training graph see, in the order in which a mixture goes through them. */
    public List<Observation> observations() {
        return observations;
    }

    /**
     * Magnitudes over the mean of all that belong to the same example, so that the level of a recording does not matter;
     * of silence, zeros.
     */
    public Operand<TFloat32> relativeToMean(Operand<TFloat32> magnitudes) {
        Operand<TFloat32> mean = tf.math.mean(magnitudes, tf.constant(new int[] {1, 2, 3}), Mean.keepDims(true));
        return tf.math.div(magnitudes, tf.math.add(mean, tf.constant(SILENCE)));
    }

    /** A convolution that halves frames and bins, normalised, with a leaky rectifier. */
    public Operand<TFloat32> down(String name, Operand<TFloat32> x, int kernel, int in, int out) {
        Parameter weights = trainingKernel(name, Shape.of(kernel, kernel, in, out), kernel * kernel * in);
        Operand<TFloat32> y = tf.nn.conv2d(x, weights.variable(), STRIDES, "SAME");
        return tf.nn.leakyRelu(normalised(name, weights, 1, y, out), LeakyRelu.alpha(LEAK));
    }

    /** A transposed convolution that doubles frames and bins, normalised, with a rectifier. */
    public Operand<TFloat32> up(String name, Operand<TFloat32> x, int kernel, int in, Size size) {
        Parameter weights = trainingKernel(name, transposedShape(kernel, in, size), transposedFanIn(kernel, in));
        Operand<TFloat32> y = transposed(x, weights, size);
        return tf.nn.relu(normalised(name, weights, in, y, size.channels()));
    }

    /** A transposed convolution to the full size, with a bias for every bin and channel instead of a normalisation. */
    public Operand<TFloat32> head(String name, Operand<TFloat32> x, int kernel, int in, Size size) {
        Parameter bias = weights(
                name + ".bias", Shape.of(size.bins(), size.channels()), new float[size.bins() * size.channels()]);
        Parameter weights = kernel(name, transposedShape(kernel, in, size), transposedFanIn(kernel, in));
        return tf.math.add(transposed(x, weights, size), bias.variable());
    }

    /**
     * Adds to every frame and channel what two dense layers over its bins make of it: convolutions see neighbours, this sees
     * a sound's harmonics at once (Choi et al., "Investigating U-Nets with various intermediate blocks for
     * spectrogram-based singing voice separation", 2020). The second layer starts at zero, so that it begins by adding
     * nothing.
     */
    public Operand<TFloat32> acrossBins(String name, Operand<TFloat32> x, int hidden, Size size) {
        int bins = size.bins();
        Parameter in = kernel(name + ".in", Shape.of(bins, hidden), bins);
        Parameter bias = weights(name + ".bias", Shape.of(hidden), new float[hidden]);
        Parameter out = weights(name + ".out.kernel", Shape.of(hidden, bins), new float[hidden * bins]);
        Operand<TFloat32> turned = tf.linalg.transpose(x, tf.constant(new int[] {0, 1, 3, 2}));
        Operand<TFloat32> rows = tf.reshape(turned, tf.constant(new int[] {-1, bins}));
        Operand<TFloat32> inner = tf.nn.leakyRelu(
                tf.nn.biasAdd(tf.linalg.matMul(rows, in.variable()), bias.variable()), LeakyRelu.alpha(LEAK));
        Operand<TFloat32> back = tf.reshape(
                tf.linalg.matMul(inner, out.variable()),
                tf.constant(new int[] {-1, size.frames(), size.channels(), bins}));
        return tf.math.add(x, tf.linalg.transpose(back, tf.constant(new int[] {0, 1, 3, 2})));
    }

    private static Shape transposedShape(int kernel, int in, Size size) {
        return Shape.of(kernel, kernel, size.channels(), in);
    }

    /** Every output sees a quarter of the kernel's places. */
    private static int transposedFanIn(int kernel, int in) {
        return Math.max(1, kernel * kernel / 4) * in;
    }

    private Operand<TFloat32> transposed(Operand<TFloat32> x, Parameter weights, Size size) {
        Operand<TInt32> batch = tf.gather(tf.shape(x), tf.constant(0), tf.constant(0));
        Operand<TInt32> shape = tf.stack(
                List.of(batch, tf.constant(size.frames()), tf.constant(size.bins()), tf.constant(size.channels())));
        return tf.nn.conv2dBackpropInput(shape, weights.variable(), x, STRIDES, "SAME");
    }

    /**
     * Batch normalisation behind a convolution. In inference its gain is part of the kernel, and a bias is left.
     *
     * @param outputStride how far apart two output channels are in the kernel: transposed convolutions have inputs last
     */
    Operand<TFloat32> normalised(String name, Parameter kernel, int outputStride, Operand<TFloat32> y, int channels) {
        if (mode == Mode.INFERENCE) {
            return tf.nn.biasAdd(
                    y,
                    weights(name + ".bias", Shape.of(channels), new float[channels])
                            .variable());
        }
        Operand<TFloat32> normal = batchStatistics(name, y, channels);
        foldings.add(new Folding(
                (weights, folded) -> {
                    float[] gains = gains(weights, name);
                    folded.put(kernel.name(), scaled(weights.get(kernel.name()), gains, outputStride));
                    folded.put(name + ".bias", offsets(weights, name, gains));
                },
                (folded, weights) -> {
                    weights.put(kernel.name(), folded.get(kernel.name()));
                    undoNormalisation(weights, name, ones(channels), folded.get(name + ".bias"));
                }));
        return normal;
    }

    /** Batch normalisation of the last axis of {@code [batch][height][width][channel]}, wherever it stands. */
    public Operand<TFloat32> batchNormalisation(String name, Operand<TFloat32> x, int channels) {
        Shape shape = Shape.of(channels);
        if (mode == Mode.INFERENCE) {
            Parameter gain = weights(name + ".gain", shape, ones(channels));
            Parameter offset = weights(name + ".offset", shape, new float[channels]);
            return tf.math.add(tf.math.mul(x, gain.variable()), offset.variable());
        }
        Operand<TFloat32> normal = batchStatistics(name, x, channels);
        foldings.add(new Folding(
                (weights, folded) -> {
                    float[] gains = gains(weights, name);
                    folded.put(name + ".gain", gains);
                    folded.put(name + ".offset", offsets(weights, name, gains));
                },
                (folded, weights) ->
                        undoNormalisation(weights, name, folded.get(name + ".gain"), folded.get(name + ".offset"))));
        return normal;
    }

    private Operand<TFloat32> batchStatistics(String name, Operand<TFloat32> y, int channels) {
        Shape shape = Shape.of(channels);
        Parameter scale = variable(name + ".scale", shape, true, ones(channels));
        Parameter shift = variable(name + ".shift", shape, true, new float[channels]);
        Parameter mean = variable(name + ".mean", shape, false, new float[channels]);
        Parameter variance = variable(name + ".variance", shape, false, ones(channels));
        Operand<TFloat32> none = tf.constant(new float[0]);
        FusedBatchNorm<TFloat32, TFloat32> norm = tf.nn.fusedBatchNorm(
                y,
                scale.variable(),
                shift.variable(),
                none,
                none,
                FusedBatchNorm.isTraining(true),
                FusedBatchNorm.epsilon(EPSILON));
        follow(mean.variable(), norm.batchMean());
        follow(variance.variable(), norm.batchVariance());
        observations.add(new Observation(name, norm.batchMean(), norm.batchVariance()));
        return norm.y();
    }

    /** Lets a statistic of the training graph follow what is observed, slowly. */
    public void follow(Operand<TFloat32> average, Operand<TFloat32> observed) {
        statisticsUpdates.add(
                tf.assignAdd(average, tf.math.mul(tf.math.sub(observed, average), tf.constant(STATISTICS_RATE))));
    }

    /**
     * In training, zeroes a share of the values and scales the others so that the mean stays (Srivastava et al. 2014).
     *
     * @param share from 0, for none, to below 1
     */
    public Operand<TFloat32> dropout(Operand<TFloat32> x, double share) {
        if (mode == Mode.INFERENCE || share == 0) {
            return x;
        }
        Operand<TFloat32> drawn = tf.random.statelessRandomUniform(tf.shape(x), randomness(), TFloat32.class);
        Operand<TFloat32> kept =
                tf.dtypes.cast(tf.math.greaterEqual(drawn, tf.constant((float) share)), TFloat32.class);
        return tf.math.mul(tf.math.mul(x, kept), tf.constant((float) (1 / (1 - share))));
    }

    /** Normally distributed noise of a tensor's shape, mean 0 and deviation 1; for training only. */
    public Operand<TFloat32> noiseLike(Operand<TFloat32> x) {
        if (mode == Mode.INFERENCE) {
            throw new IllegalStateException("Inference is not random");
        }
        return tf.stopGradient(tf.random.statelessRandomNormal(tf.shape(x), randomness(), TFloat32.class));
    }

    /** A dense layer with a bias over the last axis, whose length has to be known. */
    public Operand<TFloat32> dense(String name, Operand<TFloat32> x, int out) {
        int[] sizes = sizes(x.shape());
        int in = sizes[sizes.length - 1];
        Parameter kernel = kernel(name, Shape.of(in, out), in);
        Operand<TFloat32> rows = tf.reshape(x, tf.constant(new int[] {-1, in}));
        Operand<TFloat32> y = biased(name, tf.linalg.matMul(rows, kernel.variable()), out);
        sizes[sizes.length - 1] = out;
        return tf.reshape(y, tf.constant(sizes));
    }

    /**
     * A long short-term memory that reads {@code [batch][time][features]} from both ends. Forget gates start open: their
     * biases are 1 (Jozefowicz et al., "An empirical exploration of recurrent network architectures", 2015).
     *
     * @return {@code [batch][time][2 * hidden]}
     */
    public Operand<TFloat32> bidirectionalLstm(String name, Operand<TFloat32> x, int hidden) {
        int features = Math.toIntExact(x.shape().get(2));
        return Recurrent.bidirectionalLstm(
                tf,
                x,
                lstmWeights(name + ".forwards", features, hidden),
                lstmWeights(name + ".backwards", features, hidden));
    }

    /** The kernel starts with the variance 1 / (features + hidden), so that gates begin neither open nor shut. */
    private Recurrent.LstmWeights lstmWeights(String name, int features, int hidden) {
        float[] bias = new float[4 * hidden];
        Arrays.fill(bias, hidden, 2 * hidden, 1);
        Parameter kernel = kernel(name, Shape.of(features + hidden, 4L * hidden), 2 * (features + hidden));
        return new Recurrent.LstmWeights(
                kernel.variable(),
                weights(name + ".bias", Shape.of(4L * hidden), bias).variable());
    }

    /** A convolution and nothing else: frames and bins stay as many. */
    public Operand<TFloat32> convolution(String name, Operand<TFloat32> x, int kernel, int in, int out) {
        return tf.nn.conv2d(x, squareKernel(name, kernel, in, out), List.of(1L, 1L, 1L, 1L), "SAME");
    }

    /** A convolution that halves frames and bins, and nothing else. */
    public Operand<TFloat32> stridedConvolution(String name, Operand<TFloat32> x, int kernel, int in, int out) {
        return tf.nn.conv2d(x, squareKernel(name, kernel, in, out), STRIDES, "SAME");
    }

    /** A transposed convolution that doubles frames and bins, and nothing else. */
    public Operand<TFloat32> transposedConvolution(String name, Operand<TFloat32> x, int kernel, int in, Size size) {
        return transposed(x, kernel(name, transposedShape(kernel, in, size), transposedFanIn(kernel, in)), size);
    }

    /**
     * A convolution whose kernel sees every other frame and bin, of which there have to be even numbers; as many come out.
     * Even and odd ones are convolved apart, because TensorFlow has no gradient of dilated convolutions.
     */
    public Operand<TFloat32> dilatedConvolution(String name, Operand<TFloat32> x, int kernel, int in, int out) {
        Operand<TInt32> two = tf.constant(new int[] {2, 2});
        int border = kernel - 1;
        Operand<TFloat32> apart =
                tf.spaceToBatchNd(x, two, tf.constant(new int[][] {{border, border}, {border, border}}));
        Operand<TFloat32> convolved =
                tf.nn.conv2d(apart, squareKernel(name, kernel, in, out), List.of(1L, 1L, 1L, 1L), "VALID");
        return tf.batchToSpaceNd(convolved, two, tf.constant(new int[2][2]));
    }

    private Operand<TFloat32> squareKernel(String name, int kernel, int in, int out) {
        return kernel(name, Shape.of(kernel, kernel, in, out), kernel * kernel * in)
                .variable();
    }

    /** Adds a bias to every channel, which is the last axis. */
    public Operand<TFloat32> biased(String name, Operand<TFloat32> x, int channels) {
        return tf.nn.biasAdd(
                x,
                weights(name + ".bias", Shape.of(channels), new float[channels]).variable());
    }

    /** Gives every bin of {@code [batch][frame][bin][channel]} a scale and a centre to learn: x * scale + centre. */
    public Operand<TFloat32> scaledAndCentred(String name, Operand<TFloat32> x, int bins) {
        Shape shape = Shape.of(bins, 1);
        Parameter scale = weights(name + ".scale", shape, ones(bins));
        Parameter centre = weights(name + ".centre", shape, new float[bins]);
        return tf.math.add(tf.math.mul(x, scale.variable()), centre.variable());
    }

    /** Sizes of a tensor's axes; -1 for one that is open. */
    private static int[] sizes(Shape shape) {
        return Arrays.stream(shape.asArray()).mapToInt(Math::toIntExact).toArray();
    }

    /**
     * Normalises the last axis of {@code [batch][height][width][channel]} by the statistics of each example alone, in
     * training as in inference (Ulyanov et al., "Instance normalization", 2016), with a gain and an offset to learn.
     */
    public Operand<TFloat32> instanceNormalisation(String name, Operand<TFloat32> x, int channels) {
        Parameter gain = weights(name + ".gain", Shape.of(channels), ones(channels));
        Parameter offset = weights(name + ".offset", Shape.of(channels), new float[channels]);
        Operand<TInt32> places = tf.constant(new int[] {1, 2});
        Operand<TFloat32> centred = tf.math.sub(x, tf.math.mean(x, places, Mean.keepDims(true)));
        Operand<TFloat32> variance = tf.math.mean(tf.math.square(centred), places, Mean.keepDims(true));
        Operand<TFloat32> normal = tf.math.mul(centred, tf.math.rsqrt(tf.math.add(variance, tf.constant(EPSILON))));
        return tf.math.add(tf.math.mul(normal, gain.variable()), offset.variable());
    }

    /**
     * Layers that only training needs, such as the head of a loss beside the one that answers. Their weights are not among
     * the {@link #folded} ones; an inference graph leaves these layers out.
     */
    public <T> T forTrainingOnly(Supplier<T> added) {
        int before = foldings.size();
        T result = added.get();
        foldings.subList(before, foldings.size()).clear();
        return result;
    }

    /** A seed of its own for every random layer and step. */
    private Operand<TInt64> randomness() {
        long layer = seed * 1_000_003L + randomLayers++;
        return tf.stack(List.of(tf.constant(layer), step));
    }

    /** A kernel that starts at truncated normal values with the variance 2 / fanIn (He et al. 2015), without a bias. */
    public Parameter kernel(String name, Shape shape, int fanIn) {
        return weights(name + ".kernel", shape, drawn(shape, fanIn));
    }

    /** A kernel that folding replaces by a scaled one. */
    Parameter trainingKernel(String name, Shape shape, int fanIn) {
        return variable(name + ".kernel", shape, true, drawn(shape, fanIn));
    }

    private float[] drawn(Shape shape, int fanIn) {
        float[] initial = new float[Math.toIntExact(shape.size())];
        double deviation = Math.sqrt(2.0 / fanIn);
        for (int i = 0; i < initial.length; i++) {
            initial[i] = (float) (Math.clamp(random.nextGaussian(), -2, 2) * deviation);
        }
        return initial;
    }

    /** Values to learn that are the same in inference. */
    public Parameter weights(String name, Shape shape, float[] initial) {
        return carriedOver(variable(name, shape, true, initial));
    }

    /** Values that are observed in training, not learned, and used in inference. */
    public Parameter statistic(String name, Shape shape, float[] initial) {
        return carriedOver(variable(name, shape, false, initial));
    }

    private Parameter carriedOver(Parameter parameter) {
        String name = parameter.name();
        foldings.add(new Folding(
                (weights, folded) -> folded.put(name, weights.get(name)),
                (folded, weights) -> weights.put(name, folded.get(name))));
        return parameter;
    }

    private Parameter variable(String name, Shape shape, boolean trainable, float[] initial) {
        var parameter =
                new Parameter(name, shape, trainable, initial, tf.withName(name).variable(shape, TFloat32.class));
        if (parameters.put(name, parameter) != null) {
            throw new IllegalArgumentException("Two variables are named " + name);
        }
        return parameter;
    }

    /**
     * The variables of the inference graph from those of this training graph.
     *
     * @param weights all variables of this graph by name
     */
    public Map<String, float[]> folded(Map<String, float[]> weights) {
        Map<String, float[]> folded = new LinkedHashMap<>();
        foldings.forEach(folding -> folding.fold().accept(weights, folded));
        return folded;
    }

    /**
     * Variables of this training graph that {@link #folded} turns into those of an inference graph. Scales and shifts of
     * normalisations are chosen so that they undo the statistics; where training sees these statistics, it answers as
     * inference does. What only training has keeps its first value.
     *
     * @param folded all variables of the inference graph by name
     * @param statistics means and variances of the normalisations; those that are not there are 0 and 1
     */
    public Map<String, float[]> unfolded(Map<String, float[]> folded, Map<String, float[]> statistics) {
        Map<String, float[]> weights = new LinkedHashMap<>();
        parameters.values().forEach(parameter -> weights.put(parameter.name(), parameter.initial()));
        weights.putAll(statistics);
        foldings.forEach(folding -> folding.unfold().accept(folded, weights));
        return weights;
    }

    private static float[] ones(int count) {
        float[] ones = new float[count];
        Arrays.fill(ones, 1);
        return ones;
    }

    private static float[] scaled(float[] kernel, float[] gains, int outputStride) {
        float[] scaled = new float[kernel.length];
        for (int i = 0; i < kernel.length; i++) {
            scaled[i] = kernel[i] * gains[i / outputStride % gains.length];
        }
        return scaled;
    }

    /** scale / sqrt(variance + epsilon). */
    private static float[] gains(Map<String, float[]> weights, String layer) {
        float[] scale = weights.get(layer + ".scale");
        float[] variance = weights.get(layer + ".variance");
        float[] gains = new float[scale.length];
        for (int i = 0; i < gains.length; i++) {
            gains[i] = (float) (scale[i] / Math.sqrt(variance[i] + EPSILON));
        }
        return gains;
    }

    /** What normalisation adds after the gains. */
    private static float[] offsets(Map<String, float[]> weights, String layer, float[] gains) {
        float[] shift = weights.get(layer + ".shift");
        float[] mean = weights.get(layer + ".mean");
        float[] offsets = new float[gains.length];
        for (int i = 0; i < gains.length; i++) {
            offsets[i] = shift[i] - mean[i] * gains[i];
        }
        return offsets;
    }

    /** Scales and shifts with which a normalisation of these statistics is {@code gains * x + offsets}. */
    private static void undoNormalisation(Map<String, float[]> weights, String layer, float[] gains, float[] offsets) {
        float[] mean = weights.get(layer + ".mean");
        float[] variance = weights.get(layer + ".variance");
        float[] scale = new float[gains.length];
        float[] shift = new float[gains.length];
        for (int i = 0; i < gains.length; i++) {
            scale[i] = (float) (gains[i] * Math.sqrt(variance[i] + EPSILON));
            shift[i] = offsets[i] + mean[i] * gains[i];
        }
        weights.put(layer + ".scale", scale);
        weights.put(layer + ".shift", shift);
    }
}
