package io.stemline.training.loss;

import io.stemline.training.graph.Evaluated;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/**
 * Random values of every quantity, for two stereo mixtures of two stems, and what a loss makes of them.
 *
 * @param values of all quantities, flat
 */
record Scene(Map<Quantity, float[]> values) {
    static final int BATCH = 2;
    static final int FRAMES = 3;
    static final int BINS = 5;
    static final int STEMS = 2;
    static final int CHANNELS = 2;
    static final int OUTPUTS = STEMS * CHANNELS;
    static final int SAMPLES = 40;
    static final int DIMENSIONS = 3;

    /** A loss and its gradients by what was asked for. */
    record Result(float loss, Map<Quantity, float[]> gradients) {}

    static Scene random() {
        Map<Quantity, float[]> values = new EnumMap<>(Quantity.class);
        for (Quantity quantity : Quantity.values()) {
            float[] drawn = Evaluated.noise(
                    quantity.ordinal(), (int) shape(quantity, BATCH).size());
            switch (quantity) {
                case MIXTURE, ESTIMATE, TARGET, MASK -> {
                    for (int i = 0; i < drawn.length; i++) {
                        drawn[i] = Math.abs(drawn[i]);
                    }
                }
                case LATER_SHARE -> drawn[0] = 0.25f;
                default -> {}
            }
            values.put(quantity, drawn);
        }
        return new Scene(values);
    }

    static Scene silence() {
        Scene scene = random();
        return scene.silenced(scene.values().keySet());
    }

    /** This with zeros for some quantities. */
    Scene silenced(Set<Quantity> quantities) {
        return scaled(0, quantities);
    }

    Scene scaled(float factor, Set<Quantity> quantities) {
        Map<Quantity, float[]> changed = new EnumMap<>(values);
        for (Quantity quantity : quantities) {
            float[] scaled = values.get(quantity).clone();
            for (int i = 0; i < scaled.length; i++) {
                scaled[i] *= factor;
            }
            changed.put(quantity, scaled);
        }
        return new Scene(changed);
    }

    Scene with(Quantity quantity, float... replaced) {
        Map<Quantity, float[]> changed = new EnumMap<>(values);
        changed.put(quantity, replaced);
        return new Scene(changed);
    }

    float loss(Loss loss) {
        return evaluate(loss, Set.of()).loss();
    }

    Result evaluate(Loss loss, Set<Quantity> gradientsBy) {
        List<TFloat32> fed = new ArrayList<>();
        try (Graph graph = new Graph()) {
            Ops tf = Ops.create(graph);
            Map<Quantity, Operand<TFloat32>> placeholders = new EnumMap<>(Quantity.class);
            LossInputs inputs = LossInputs.none();
            for (Quantity quantity : loss.needs()) {
                var placeholder = tf.placeholder(TFloat32.class, Placeholder.shape(shape(quantity, -1)));
                placeholders.put(quantity, placeholder);
                inputs = inputs.with(quantity, placeholder);
            }
            Operand<TFloat32> result = loss.of(tf, inputs);
            List<Quantity> order = List.copyOf(gradientsBy);
            try (Session session = new Session(graph)) {
                var runner = session.runner().fetch(result);
                placeholders.forEach((quantity, placeholder) -> {
                    fed.add(Evaluated.tensor(shape(quantity, BATCH), values.get(quantity)));
                    runner.feed(placeholder, fed.getLast());
                });
                if (!order.isEmpty()) {
                    var gradients = tf.gradients(
                            result, order.stream().map(placeholders::get).toList());
                    for (int i = 0; i < order.size(); i++) {
                        runner.fetch(gradients.dy(i));
                    }
                }
                try (var fetched = runner.run()) {
                    Map<Quantity, float[]> gradients = new EnumMap<>(Quantity.class);
                    for (int i = 0; i < order.size(); i++) {
                        gradients.put(order.get(i), floats(fetched.get(i + 1)));
                    }
                    return new Result(((TFloat32) fetched.get(0)).getFloat(), gradients);
                }
            }
        } finally {
            fed.forEach(Tensor::close);
        }
    }

    static Shape shape(Quantity quantity, long batch) {
        return switch (quantity) {
            case MIXTURE -> Shape.of(batch, FRAMES, BINS, CHANNELS);
            case ESTIMATE, TARGET, PROJECTED_TARGET, MASK, ESTIMATE_RE, ESTIMATE_IM, TARGET_RE, TARGET_IM ->
                Shape.of(batch, FRAMES, BINS, OUTPUTS);
            case ESTIMATE_WAVEFORM, TARGET_WAVEFORM -> Shape.of(batch, OUTPUTS, SAMPLES);
            case LATENT_MEAN, LATENT_LOG_SIGMA -> Shape.of(batch, 6);
            case EMBEDDING -> Shape.of(batch, FRAMES, BINS, DIMENSIONS);
            case LATER_SHARE -> Shape.scalar();
        };
    }

    private static float[] floats(Tensor tensor) {
        float[] values = new float[Math.toIntExact(tensor.size())];
        tensor.asRawTensor().data().asFloats().read(values);
        return values;
    }
}
