package io.stemline.training.learning;

import io.stemline.training.graph.Layers;
import io.stemline.training.graph.Tensors;
import io.stemline.training.graph.Variables;
import io.stemline.training.network.Estimates;
import io.stemline.training.network.NetworkConfiguration;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Session;
import org.tensorflow.Signature;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/** A network as it is used after training: no batch statistics, nothing random, any batch size. */
public final class InferenceNetwork implements AutoCloseable {
    /** Name of the tensor that is fed. */
    public static final String INPUT = "mixture";

    private final NetworkConfiguration configuration;
    private final Graph graph;
    private final Session session;
    private final Variables variables;
    private final Placeholder<TFloat32> mixture;
    private final Operand<TFloat32> estimates;
    private final Estimates.Kind kind;

    /** The network with the weights that {@link Layers#folded} gives. */
    public InferenceNetwork(NetworkConfiguration configuration, Map<String, float[]> weights) {
        this.configuration = configuration;
        graph = new Graph();
        Ops tf = Ops.create(graph);
        mixture = tf.withName(INPUT)
                .placeholder(
                        TFloat32.class, Placeholder.shape(configuration.input().shape(-1)));
        Layers layers = new Layers(tf, Layers.Mode.INFERENCE, 0);
        Estimates answered = configuration.architecture().build(layers, mixture);
        kind = answered.kind();
        estimates = tf.withName(output()).identity(answered.values());
        variables = new Variables(tf, layers.parameters().values());
        session = new Session(graph);
        assign(weights);
    }

    /** The shapes of the weights that a network of a configuration takes, by name. */
    public static Map<String, Shape> weightShapes(NetworkConfiguration configuration) {
        try (var graph = new Graph()) {
            Ops tf = Ops.create(graph);
            Layers layers = new Layers(tf, Layers.Mode.INFERENCE, 0);
            Placeholder<TFloat32> mixture = tf.placeholder(
                    TFloat32.class, Placeholder.shape(configuration.input().shape(-1)));
            configuration.architecture().build(layers, mixture);
            Map<String, Shape> shapes = new LinkedHashMap<>();
            layers.parameters().values().forEach(parameter -> shapes.put(parameter.name(), parameter.shape()));
            return shapes;
        }
    }

    /** Name of the tensor that is fetched. */
    public String output() {
        return switch (kind) {
            case MASKS -> "masks";
            case WAVEFORMS -> "stems";
        };
    }

    public Estimates.Kind kind() {
        return kind;
    }

    /** Replaces all weights. */
    public void assign(Map<String, float[]> weights) {
        variables.assign(session, weights);
    }

    /**
     * The network's answer to a batch, flat.
     *
     * @param fed of the shape of the configuration's input, flat
     * @return as {@link Estimates#values} says
     */
    public float[] estimates(float[] fed, int batch) {
        try (TFloat32 tensor = Tensors.of(configuration.input().shape(batch), fed);
                var fetched =
                        session.runner().feed(mixture, tensor).fetch(estimates).run()) {
            return Tensors.floats((TFloat32) fetched.get(0));
        }
    }

    /** Writes a SavedModel with the signature {@code serving_default}. */
    public void export(Path savedModel) throws IOException {
        Signature signature = Signature.builder("serving_default")
                .input(INPUT, mixture)
                .output(output(), estimates)
                .build();
        SavedModelBundle.exporter(savedModel.toString())
                .withSession(session)
                .withSignature(signature)
                .export();
    }

    @Override
    public void close() {
        session.close();
        graph.close();
    }
}
