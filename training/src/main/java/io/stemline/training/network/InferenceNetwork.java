package io.stemline.training.network;

import java.io.IOException;
import java.nio.file.Path;
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

/** A network as it is used after training: no normalisation, nothing random, any batch size. */
public final class InferenceNetwork implements AutoCloseable {
    /** Name of the tensor that is fed. */
    public static final String INPUT = "mixture";

    /** Name of the tensor that is fetched. */
    public static final String OUTPUT = "masks";

    private final NetworkConfiguration configuration;
    private final Graph graph;
    private final Session session;
    private final Variables variables;
    private final Placeholder<TFloat32> mixture;
    private final Operand<TFloat32> masks;

    /** The network with the weights that {@link Layers#folded} gives. */
    public InferenceNetwork(NetworkConfiguration configuration, Map<String, float[]> weights) {
        this.configuration = configuration;
        graph = new Graph();
        Ops tf = Ops.create(graph);
        mixture = tf.withName(INPUT).placeholder(TFloat32.class, Placeholder.shape(inputShape(-1)));
        Layers layers = new Layers(tf, Layers.Mode.INFERENCE, 0);
        masks = tf.withName(OUTPUT).identity(configuration.architecture().masks(layers, mixture));
        variables = new Variables(tf, layers.parameters().values());
        session = new Session(graph);
        assign(weights);
    }

    private Shape inputShape(long batch) {
        return Shape.of(batch, configuration.frames(), configuration.bins(), configuration.channels());
    }

    /** Replaces all weights. */
    public void assign(Map<String, float[]> weights) {
        variables.assign(session, weights);
    }

    /**
     * Masks of a batch.
     *
     * @param magnitudes {@code [batch][frame][bin][channel]}, flat
     * @return {@code [batch][frame][bin][stem * channels + channel]}, flat
     */
    public float[] masks(float[] magnitudes, int batch) {
        try (TFloat32 fed = Tensors.of(inputShape(batch), magnitudes);
                var fetched = session.runner().feed(mixture, fed).fetch(masks).run()) {
            return Tensors.floats((TFloat32) fetched.get(0));
        }
    }

    /** Writes a SavedModel with the signature {@code serving_default}. */
    public void export(Path savedModel) throws IOException {
        Signature signature = Signature.builder("serving_default")
                .input(INPUT, mixture)
                .output(OUTPUT, masks)
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
