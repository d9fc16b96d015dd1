package io.stemline.training.network;

import io.stemline.training.loss.Loss;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

/**
 * A network with its gradients and optimiser. One step:
 *
 * <ol>
 *   <li>masks with the batch's statistics, magnitudes, loss;
 *   <li>gradients, all scaled down if their common norm is above a limit. As every update waits for that norm, no weight
 *       changes while another gradient still reads it, and a step gives the same result every time;
 *   <li>Adam (Kingma and Ba 2015) with the learning rate of the step;
 *   <li>the moving statistics of the normalisation, and the moving averages of the weights, which are what is kept.
 * </ol>
 *
 * <p>The optimiser is written out with TensorFlow's own operation because that of tensorflow-framework fixes the learning
 * rate when the graph is built.
 */
public final class TrainingNetwork implements AutoCloseable {
    private static final float BETA1 = 0.9f;
    private static final float BETA2 = 0.999f;
    private static final float EPSILON = 1e-7f;
    private static final String AVERAGE = "average.";

    /** What is fixed when the graph is built. */
    public record Settings(double largestGradientNorm, double averageKeep, long seed, int threads) {}

    /** What a step showed. */
    public record Step(float loss, float gradientNorm) {}

    private final NetworkConfiguration configuration;
    private final Graph graph = new Graph();
    private final Session session;
    private final Layers layers;
    private final Variables variables;
    private final Placeholder<TFloat32> mixture;
    private final Placeholder<TFloat32> target;
    private final Placeholder<TFloat32> learningRate;
    private final Placeholder<TFloat32> decibelShare;
    private final Operand<TFloat32> masks;
    private final Operand<TFloat32> loss;
    private final Map<String, Operand<TFloat32>> gradients = new LinkedHashMap<>();
    private final Operand<TFloat32> gradientNorm;
    private final List<Op> updates = new ArrayList<>();
    private final List<Op> averaging = new ArrayList<>();

    /** A network with random weights. */
    public TrainingNetwork(NetworkConfiguration configuration, Settings settings) {
        this.configuration = configuration;
        Ops tf = Ops.create(graph);
        mixture = tf.placeholder(TFloat32.class, Placeholder.shape(mixtureShape(-1)));
        target = tf.placeholder(TFloat32.class, Placeholder.shape(targetShape(-1)));
        learningRate = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.scalar()));
        decibelShare = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.scalar()));
        layers = new Layers(tf, Layers.Mode.TRAINING, settings.seed());
        masks = configuration.architecture().masks(layers, mixture);
        loss = loss(tf);
        List<Parameter> trainable = layers.parameters().values().stream()
                .filter(Parameter::trainable)
                .toList();
        gradientNorm = addGradients(tf, trainable);
        variables = new Variables(tf, layers.parameters().values());
        Map<String, float[]> initial = new LinkedHashMap<>();
        layers.parameters().values().forEach(parameter -> initial.put(parameter.name(), parameter.initial()));
        addOptimiser(tf, trainable, settings.largestGradientNorm(), initial);
        addAverages(tf, trainable, settings.averageKeep(), initial);
        session = new Session(graph, TensorFlowNatives.threads(settings.threads()));
        variables.assign(session, initial);
    }

    private Shape mixtureShape(long batch) {
        return Shape.of(batch, configuration.frames(), configuration.bins(), configuration.channels());
    }

    private Shape targetShape(long batch) {
        int outputs = configuration.stems().size() * configuration.channels();
        return Shape.of(batch, configuration.frames(), configuration.bins(), outputs);
    }

    private Operand<TFloat32> loss(Ops tf) {
        int stems = configuration.stems().size();
        Operand<TFloat32> estimate = tf.math.mul(masks, tf.tile(mixture, tf.constant(new int[] {1, 1, 1, stems})));
        Operand<TFloat32> absolute = Loss.ABSOLUTE.of(tf, estimate, target, mixture);
        Operand<TFloat32> decibel = Loss.DECIBEL.of(tf, estimate, target, mixture);
        Operand<TFloat32> absoluteShare = tf.math.sub(tf.constant(1f), decibelShare);
        return tf.math.add(tf.math.mul(absoluteShare, absolute), tf.math.mul(decibelShare, decibel));
    }

    private Operand<TFloat32> addGradients(Ops tf, List<Parameter> trainable) {
        var found =
                tf.gradients(loss, trainable.stream().map(Parameter::variable).toList());
        List<Operand<TFloat32>> squares = new ArrayList<>();
        for (int i = 0; i < trainable.size(); i++) {
            Operand<TFloat32> gradient = found.dy(i);
            gradients.put(trainable.get(i).name(), gradient);
            squares.add(tf.nn.l2Loss(gradient));
        }
        return tf.math.sqrt(tf.math.mul(tf.constant(2f), tf.math.addN(squares)));
    }

    private void addOptimiser(Ops tf, List<Parameter> trainable, double largestNorm, Map<String, float[]> initial) {
        Variable<TFloat32> power1 = slot(tf, "adam.power1", Shape.scalar(), new float[] {BETA1}, initial);
        Variable<TFloat32> power2 = slot(tf, "adam.power2", Shape.scalar(), new float[] {BETA2}, initial);
        Operand<TFloat32> limit = tf.constant((float) largestNorm);
        Operand<TFloat32> scale = tf.math.div(limit, tf.math.maximum(gradientNorm, limit));
        List<Op> applied = new ArrayList<>();
        for (Parameter parameter : trainable) {
            int size = Math.toIntExact(parameter.shape().size());
            var first = slot(tf, "adam.first." + parameter.name(), parameter.shape(), new float[size], initial);
            var second = slot(tf, "adam.second." + parameter.name(), parameter.shape(), new float[size], initial);
            applied.add(tf.train.applyAdam(
                    parameter.variable(),
                    first,
                    second,
                    power1,
                    power2,
                    learningRate,
                    tf.constant(BETA1),
                    tf.constant(BETA2),
                    tf.constant(EPSILON),
                    tf.math.mul(gradients.get(parameter.name()), scale)));
        }
        Ops afterwards = tf.withControlDependencies(applied);
        updates.addAll(applied);
        updates.add(afterwards.assign(power1, afterwards.math.mul(power1, tf.constant(BETA1))));
        updates.add(afterwards.assign(power2, afterwards.math.mul(power2, tf.constant(BETA2))));
        updates.addAll(layers.statisticsUpdates());
    }

    private void addAverages(Ops tf, List<Parameter> trainable, double keep, Map<String, float[]> initial) {
        Operand<TFloat32> rate = tf.constant((float) (1 - keep));
        for (Parameter parameter : trainable) {
            var average = slot(
                    tf,
                    AVERAGE + parameter.name(),
                    parameter.shape(),
                    parameter.initial().clone(),
                    initial);
            averaging.add(tf.assignAdd(average, tf.math.mul(tf.math.sub(parameter.variable(), average), rate)));
        }
    }

    private Variable<TFloat32> slot(Ops tf, String name, Shape shape, float[] value, Map<String, float[]> initial) {
        Variable<TFloat32> variable = tf.withName(name).variable(shape, TFloat32.class);
        variables.add(tf, name, shape, variable);
        initial.put(name, value);
        return variable;
    }

    /**
     * Learns from a batch.
     *
     * @param magnitudes of the mixtures, {@code [batch][frame][bin][channel]}, flat
     * @param targets magnitudes of the stems, {@code [batch][frame][bin][stem * channels + channel]}, flat
     * @param rate the learning rate
     * @param shareOfDecibels how much of the loss is {@link Loss#DECIBEL}; the rest is {@link Loss#ABSOLUTE}
     */
    public Step learn(float[] magnitudes, float[] targets, int batch, double rate, double shareOfDecibels) {
        try (TFloat32 mixtureFed = Tensors.of(mixtureShape(batch), magnitudes);
                TFloat32 targetFed = Tensors.of(targetShape(batch), targets);
                TFloat32 rateFed = TFloat32.scalarOf((float) rate);
                TFloat32 shareFed = TFloat32.scalarOf((float) shareOfDecibels)) {
            Session.Runner runner = session.runner()
                    .feed(mixture, mixtureFed)
                    .feed(target, targetFed)
                    .feed(learningRate, rateFed)
                    .feed(decibelShare, shareFed)
                    .fetch(loss)
                    .fetch(gradientNorm);
            updates.forEach(runner::addTarget);
            Step step;
            try (var fetched = runner.run()) {
                step = new Step(((TFloat32) fetched.get(0)).getFloat(), ((TFloat32) fetched.get(1)).getFloat());
            }
            Session.Runner averages = session.runner();
            averaging.forEach(averages::addTarget);
            averages.run().close();
            return step;
        }
    }

    /** The loss, under the name {@code loss}, and its gradient by each weight. Changes nothing. */
    Map<String, float[]> gradients(float[] magnitudes, float[] targets, int batch, double shareOfDecibels) {
        try (TFloat32 mixtureFed = Tensors.of(mixtureShape(batch), magnitudes);
                TFloat32 targetFed = Tensors.of(targetShape(batch), targets);
                TFloat32 shareFed = TFloat32.scalarOf((float) shareOfDecibels)) {
            Session.Runner runner = session.runner()
                    .feed(mixture, mixtureFed)
                    .feed(target, targetFed)
                    .feed(decibelShare, shareFed)
                    .fetch(loss);
            gradients.values().forEach(runner::fetch);
            Map<String, float[]> values = new LinkedHashMap<>();
            try (var fetched = runner.run()) {
                values.put("loss", Tensors.floats((TFloat32) fetched.get(0)));
                int index = 1;
                for (String name : gradients.keySet()) {
                    values.put(name, Tensors.floats((TFloat32) fetched.get(index++)));
                }
            }
            return values;
        }
    }

    /** Masks with the statistics of the batch, as training sees them. */
    float[] masks(float[] magnitudes, int batch) {
        try (TFloat32 fed = Tensors.of(mixtureShape(batch), magnitudes);
                var fetched = session.runner().feed(mixture, fed).fetch(masks).run()) {
            return Tensors.floats((TFloat32) fetched.get(0));
        }
    }

    /** Everything that changes in training, by name: weights, statistics, averages and the optimiser's memory. */
    public Map<String, float[]> state() {
        return variables.read(session);
    }

    /** Goes back to a state. */
    public void restore(Map<String, float[]> state) {
        variables.assign(session, state);
    }

    /** The averaged weights of a state, for an {@link InferenceNetwork} of the same configuration. */
    public Map<String, float[]> inferenceWeights(Map<String, float[]> state) {
        Map<String, float[]> weights = new LinkedHashMap<>();
        layers.parameters().values().forEach(parameter -> {
            String name = parameter.name();
            weights.put(name, state.get(parameter.trainable() ? AVERAGE + name : name));
        });
        return layers.folded(weights);
    }

    @Override
    public void close() {
        session.close();
        graph.close();
    }
}
