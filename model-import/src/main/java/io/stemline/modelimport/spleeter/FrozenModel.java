package io.stemline.modelimport.spleeter;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorShapeProto;
import org.tensorflow.types.TFloat32;

/** Writes Spleeter's network as a SavedModel that holds its weights as constants and so consists of its graph alone. */
final class FrozenModel {

    static final String INPUT = "mixture";
    static final String OUTPUT = "magnitudes";
    static final int FRAMES = 512;

    private static final int SAVED_MODEL_VERSION = 1;

    private FrozenModel() {}

    /**
     * Writes the network.
     *
     * @param bins bins that the network sees
     * @param weights one for each stem
     * @param folder receives {@code saved_model.pb}
     */
    static void write(SpleeterModel model, int bins, List<UNetWeights> weights, Path folder) throws IOException {
        try (var graph = new Graph()) {
            var tf = Ops.create(graph);
            var mixture =
                    tf.withName(INPUT).placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, FRAMES, bins, 2)));
            var magnitudes = new SpleeterNetwork(tf, model).magnitudes(mixture, weights);
            tf.withName(OUTPUT).identity(magnitudes);
            var savedModel = SavedModel.newBuilder()
                    .setSavedModelSchemaVersion(SAVED_MODEL_VERSION)
                    .addMetaGraphs(metaGraph(graph, bins, 2 * weights.size()))
                    .build();
            Files.createDirectories(folder);
            try (var file = new BufferedOutputStream(Files.newOutputStream(folder.resolve("saved_model.pb")))) {
                savedModel.writeTo(file);
            }
        }
    }

    private static MetaGraphDef metaGraph(Graph graph, int bins, int outputChannels) {
        return MetaGraphDef.newBuilder()
                .setMetaInfoDef(MetaGraphDef.MetaInfoDef.newBuilder().addTags("serve"))
                .setGraphDef(graph.toGraphDef())
                .putSignatureDef(
                        "serving_default",
                        SignatureDef.newBuilder()
                                .setMethodName("tensorflow/serving/predict")
                                .putInputs(INPUT, tensor(INPUT, bins, 2))
                                .putOutputs(OUTPUT, tensor(OUTPUT, bins, outputChannels))
                                .build())
                .build();
    }

    private static TensorInfo tensor(String operation, int bins, int channels) {
        var shape = TensorShapeProto.newBuilder();
        for (long size : new long[] {-1, FRAMES, bins, channels}) {
            shape.addDim(TensorShapeProto.Dim.newBuilder().setSize(size));
        }
        return TensorInfo.newBuilder()
                .setName(operation + ":0")
                .setDtype(DataType.DT_FLOAT)
                .setTensorShape(shape)
                .build();
    }
}
