package io.stemline.training.learning;

import io.stemline.training.batches.Batch;
import io.stemline.training.graph.Layers;
import io.stemline.training.graph.Parameter;
import io.stemline.training.graph.TensorFlowNatives;
import io.stemline.training.graph.Tensors;
import io.stemline.training.graph.Variables;
import io.stemline.training.loss.Loss;
import io.stemline.training.network.Estimates;
import io.stemline.training.network.NetworkConfiguration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.exceptions.TFInvalidArgumentException;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Gradients;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * A network with its loss, its gradients and its optimiser. One step:
 *
 * <ol>
 *   <li>for every batch of the step: estimates with the batch's statistics, loss, gradients. With several batches a step the
 *       gradients are added up and their mean is used;
 *   <li>all gradients are scaled down if their common norm is above a limit. As every update waits for that norm, no weight
 *       changes while another gradient still reads it, and a step gives the same result every time;
 *   <li>the optimiser, with the learning rate of the step;
 *   <li>the moving statistics of the normalisation, and the moving averages of the weights, which are what is kept.
 * </ol>
 */
public final class TrainingNetwork implements AutoCloseable {
    private static final String AVERAGE = "average.";

    /**
     * What is fixed when the graph is built.
     *
     * @param largestGradientNorm beyond which gradients are scaled down
     * @param batchesPerStep whose mean gradient a step uses
     * @param averageKeep share of the averaged weights that a step keeps
     * @param seed of the first weights and of all that is random
     * @param threads of TensorFlow, 0 for as many as it likes
     */
    public record Settings(
            Optimiser optimiser,
            double largestGradientNorm,
            int batchesPerStep,
            double averageKeep,
            long seed,
            int threads) {}

    /**
     * What a step showed.
     *
     * @param loss mean over its batches
     * @param gradientNorm before it was limited
     * @param secondsInside time inside TensorFlow
     */
    public record Step(float loss, float gradientNorm, double secondsInside) {}

    private final Settings settings;
    private final Graph graph = new Graph();
    private final Session session;
    private final Layers layers;
    private final Signals signals;
    private final Variables variables;
    private final Placeholder<TFloat32> learningRate;
    private final Placeholder<TFloat32> laterShare;
    private final Estimates estimates;
    private final Operand<TFloat32> loss;
    private final Map<String, Operand<TFloat32>> gradients = new LinkedHashMap<>();
    private final List<Op> accumulation = new ArrayList<>();
    private final Operand<TFloat32> gradientNorm;
    private final List<Op> updates = new ArrayList<>();
    private final List<Op> afterUpdates = new ArrayList<>();

    /** A network with random weights. */
    public TrainingNetwork(NetworkConfiguration network, Loss criterion, Settings settings) {
        this.settings = settings;
        Ops tf = Ops.create(graph);
        learningRate = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.scalar()));
        laterShare = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.scalar()));
        layers = new Layers(tf, Layers.Mode.TRAINING, settings.seed());
        signals = new Signals(tf, network);
        estimates = network.architecture().build(layers, signals.fed());
        estimates.observer().ifPresent(observer -> observer.observe(signals.loudestStems()));
        loss = criterion.of(tf, signals.lossInputs(estimates, laterShare));
        List<Parameter> trainable = layers.parameters().values().stream()
                .filter(Parameter::trainable)
                .toList();
        Map<String, float[]> initial = new LinkedHashMap<>();
        layers.parameters().values().forEach(parameter -> initial.put(parameter.name(), parameter.initial()));
        variables = new Variables(tf, layers.parameters().values());
        Slots slots = new Slots(tf, variables, initial);
        List<Operand<TFloat32>> meanGradients = addGradients(tf, trainable, slots);
        gradientNorm = norm(tf, meanGradients);
        addOptimiser(tf, trainable, meanGradients, slots);
        addAverages(tf, trainable, slots);
        session = new Session(graph, TensorFlowNatives.threads(settings.threads()));
        variables.assign(session, initial);
    }

    /** Gradients of this batch; with several batches a step, their sums as well. Returns those that a step uses. */
    private List<Operand<TFloat32>> addGradients(Ops tf, List<Parameter> trainable, Slots slots) {
        Gradients found = gradientsOfAll(tf, trainable);
        List<Operand<TFloat32>> used = new ArrayList<>();
        for (int i = 0; i < trainable.size(); i++) {
            Parameter parameter = trainable.get(i);
            Operand<TFloat32> gradient = found.dy(i);
            gradients.put(parameter.name(), gradient);
            if (settings.batchesPerStep() == 1) {
                used.add(gradient);
            } else {
                Variable<TFloat32> sum = slots.zeros("sum." + parameter.name(), parameter.shape());
                accumulation.add(tf.assignAdd(sum, gradient));
                used.add(tf.math.mul(sum, tf.constant(1f / settings.batchesPerStep())));
                afterUpdates.add(tf.assign(sum, tf.zerosLike(sum)));
            }
        }
        return used;
    }

    private Gradients gradientsOfAll(Ops tf, List<Parameter> trainable) {
        try {
            return tf.gradients(
                    loss, trainable.stream().map(Parameter::variable).toList());
        } catch (TFInvalidArgumentException e) {
            throw new IllegalArgumentException(
                    "The loss leaves a part of the network out, which would never learn (" + e.getMessage()
                            + "): choose one that looks at everything the network gives",
                    e);
        }
    }

    private static Operand<TFloat32> norm(Ops tf, List<Operand<TFloat32>> gradients) {
        List<Operand<TFloat32>> squares = new ArrayList<>();
        gradients.forEach(gradient -> squares.add(tf.nn.l2Loss(gradient)));
        return tf.math.sqrt(tf.math.mul(tf.constant(2f), tf.math.addN(squares)));
    }

    private void addOptimiser(Ops tf, List<Parameter> trainable, List<Operand<TFloat32>> meanGradients, Slots slots) {
        Operand<TFloat32> limit = tf.constant((float) settings.largestGradientNorm());
        Operand<TFloat32> scale = tf.math.div(limit, tf.math.maximum(gradientNorm, limit));
        List<Operand<TFloat32>> limited = new ArrayList<>();
        meanGradients.forEach(gradient -> limited.add(tf.math.mul(gradient, scale)));
        updates.addAll(new OptimiserOps(tf, slots, learningRate).updates(settings.optimiser(), trainable, limited));
    }

    private void addAverages(Ops tf, List<Parameter> trainable, Slots slots) {
        Operand<TFloat32> rate = tf.constant((float) (1 - settings.averageKeep()));
        for (Parameter parameter : trainable) {
            var average = slots.add(
                    AVERAGE + parameter.name(),
                    parameter.shape(),
                    parameter.initial().clone());
            afterUpdates.add(tf.assignAdd(average, tf.math.mul(tf.math.sub(parameter.variable(), average), rate)));
        }
    }

    /**
     * Learns from the batches of a step.
     *
     * @param batches as many as the settings say
     * @param step its number, on which everything random depends
     * @param rate the learning rate
     * @param later how much of a loss that changes over is the later one, 0 to 1
     */
    public Step learn(List<Batch> batches, long step, double rate, double later) {
        if (batches.size() != settings.batchesPerStep()) {
            throw new IllegalArgumentException(
                    batches.size() + " batches instead of " + settings.batchesPerStep() + " for a step");
        }
        long before = System.nanoTime();
        double lossSum = 0;
        float norm = Float.NaN;
        boolean accumulated = batches.size() > 1;
        for (int i = 0; i < batches.size(); i++) {
            List<Op> targets = new ArrayList<>(layers.statisticsUpdates());
            targets.addAll(accumulated ? accumulation : updates);
            List<Operand<TFloat32>> fetched = accumulated ? List.of(loss) : List.of(loss, gradientNorm);
            float[] values = run(batches.get(i), step * batches.size() + i, rate, later, fetched, targets);
            lossSum += values[0];
            norm = values[values.length - 1];
        }
        if (accumulated) {
            norm = update(rate);
        }
        Session.Runner last = session.runner();
        afterUpdates.forEach(last::addTarget);
        last.run().close();
        return new Step((float) (lossSum / batches.size()), norm, (System.nanoTime() - before) / 1e9);
    }

    private float[] run(
            Batch batch, long draw, double rate, double later, List<Operand<TFloat32>> fetched, List<Op> targets) {
        Session.Runner runner = session.runner();
        List<TFloat32> fed = signals.feed(runner, batch);
        try (TFloat32 rateFed = TFloat32.scalarOf((float) rate);
                TFloat32 laterFed = TFloat32.scalarOf((float) later);
                TInt64 stepFed = TInt64.scalarOf(draw)) {
            runner.feed(learningRate, rateFed).feed(laterShare, laterFed).feed(layers.step(), stepFed);
            fetched.forEach(runner::fetch);
            targets.forEach(runner::addTarget);
            try (var results = runner.run()) {
                float[] values = new float[fetched.size()];
                for (int i = 0; i < values.length; i++) {
                    values[i] = ((TFloat32) results.get(i)).getFloat();
                }
                return values;
            }
        } finally {
            fed.forEach(TFloat32::close);
        }
    }

    private float update(double rate) {
        try (TFloat32 rateFed = TFloat32.scalarOf((float) rate)) {
            Session.Runner runner = session.runner().feed(learningRate, rateFed).fetch(gradientNorm);
            updates.forEach(runner::addTarget);
            try (var results = runner.run()) {
                return ((TFloat32) results.get(0)).getFloat();
            }
        }
    }

    /** The loss, under the name {@code loss}, and its gradient by each weight. Changes nothing. */
    Map<String, float[]> gradients(Batch batch, long draw, double later) {
        Session.Runner runner = session.runner();
        List<TFloat32> fed = signals.feed(runner, batch);
        try (TFloat32 laterFed = TFloat32.scalarOf((float) later);
                TInt64 stepFed = TInt64.scalarOf(draw)) {
            runner.feed(laterShare, laterFed).feed(layers.step(), stepFed).fetch(loss);
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
        } finally {
            fed.forEach(TFloat32::close);
        }
    }

    /** The network's answer as training sees it: with the statistics of the batch, and with what is random. */
    float[] estimates(float[] mixtures, int batch, long draw) {
        Session.Runner runner = session.runner();
        try (TFloat32 fed = signals.feedMixtures(runner, mixtures, batch);
                TInt64 stepFed = TInt64.scalarOf(draw);
                var fetched = runner.feed(layers.step(), stepFed)
                        .fetch(estimates.values())
                        .run()) {
            return Tensors.floats((TFloat32) fetched.get(0));
        }
    }

    /** What the network sees of mixtures, flat. */
    float[] fed(float[] mixtures, int batch) {
        Session.Runner runner = session.runner();
        try (TFloat32 fed = signals.feedMixtures(runner, mixtures, batch);
                var fetched = runner.fetch(signals.fed()).run()) {
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

    /**
     * Starts where another network of the same shape ended.
     *
     * <p>Its weights are those of inference, where normalisations are part of the kernels. So that training answers as it
     * did, the statistics that its normalisations would see are found on mixtures: each pass over them makes those of one
     * more layer right, because what a layer sees depends on the layers before it.
     *
     * @param weights of an {@link InferenceNetwork} of the same configuration
     * @param mixtures such as training will see
     */
    public void startFrom(Map<String, float[]> weights, List<Batch> mixtures) {
        Map<String, float[]> statistics = new LinkedHashMap<>();
        restore(stateOf(layers.unfolded(weights, statistics)));
        for (int pass = 0; pass < layers.observations().size(); pass++) {
            statistics = observed(mixtures);
            restore(stateOf(layers.unfolded(weights, statistics)));
        }
    }

    /** The state at the beginning, with these weights; their averages start from them. */
    private Map<String, float[]> stateOf(Map<String, float[]> weights) {
        Map<String, float[]> state = state();
        weights.forEach((name, values) -> {
            state.put(name, values);
            state.computeIfPresent(AVERAGE + name, (average, before) -> values.clone());
        });
        return state;
    }

    /** What the normalisations see of mixtures, on the average over the batches. */
    private Map<String, float[]> observed(List<Batch> mixtures) {
        Map<String, float[]> sums = new LinkedHashMap<>();
        for (Batch batch : mixtures) {
            Session.Runner runner = session.runner();
            for (Layers.Observation observation : layers.observations()) {
                runner.fetch(observation.mean()).fetch(observation.variance());
            }
            try (TFloat32 fed = signals.feedMixtures(runner, batch.mixtures(), batch.size());
                    TInt64 stepFed = TInt64.scalarOf(0);
                    var fetched = runner.feed(layers.step(), stepFed).run()) {
                int index = 0;
                for (Layers.Observation observation : layers.observations()) {
                    add(sums, observation.layer() + ".mean", (TFloat32) fetched.get(index++), mixtures.size());
                    add(sums, observation.layer() + ".variance", (TFloat32) fetched.get(index++), mixtures.size());
                }
            }
        }
        return sums;
    }

    private static void add(Map<String, float[]> sums, String name, TFloat32 seen, int parts) {
        float[] values = Tensors.floats(seen);
        float[] sum = sums.computeIfAbsent(name, absent -> new float[values.length]);
        for (int i = 0; i < sum.length; i++) {
            sum[i] += values[i] / parts;
        }
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
