package io.stemline.modelimport.spleeter;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Session;
import org.tensorflow.Signature;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/** Spleeter's network as a SavedModel. */
final class SpleeterSavedModel {

    static final String INPUT = "mixture";
    static final String OUTPUT = "magnitudes";
    static final int FRAMES = 512;

    private SpleeterSavedModel() {}

    /**
     * Writes the network.
     *
     * @param bins bins that the network sees
     * @param weights one for each stem
     */
    static void write(SpleeterModel model, int bins, List<UNetWeights> weights, Path folder) throws IOException {
        try (var graph = new Graph();
                var session = new Session(graph)) {
            var tf = Ops.create(graph);
            var layers = new SpleeterLayers(tf);
            var mixture =
                    tf.withName(INPUT).placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, FRAMES, bins, 2)));
            var magnitudes =
                    tf.withName(OUTPUT).identity(new SpleeterNetwork(tf, layers, model).magnitudes(mixture, weights));
            layers.initialise(session);
            var signature = Signature.builder("serving_default")
                    .input(INPUT, mixture)
                    .output(OUTPUT, magnitudes)
                    .build();
            SavedModelBundle.exporter(folder.toString())
                    .withSession(session)
                    .withSignature(signature)
                    .export();
        }
    }
}
