package io.stemline.separation.tensorflow;

import io.stemline.separation.model.ModelCard;
import io.stemline.separation.model.ModelException;
import io.stemline.separation.model.ModelPackage;
import io.stemline.separation.model.StftLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorShapeProto;

/**
 * The signature {@value #NAME} of a SavedModel, checked against the model's card before anything is run: one input of the
 * card's name, an output of the card's name, both of 32-bit floats and of shapes in which the card's sizes fit.
 *
 * @param outputIndex position of the card's output among all outputs in alphabetical order, as DJL returns them
 */
record Signature(int outputIndex) {

    static final String NAME = "serving_default";

    private static final String TAG = "serve";

    static Signature check(ModelPackage model) {
        var card = model.card();
        var signature = read(model);
        var inputs = signature.getInputsMap();
        if (!inputs.keySet().equals(Set.of(card.input().name()))) {
            throw wrong(
                    card,
                    "its signature takes " + names(inputs) + ", the card says '"
                            + card.input().name() + "'");
        }
        var output = signature.getOutputsMap().get(card.output().name());
        if (output == null) {
            throw wrong(
                    card,
                    "its signature returns " + names(signature.getOutputsMap()) + ", the card says '"
                            + card.output().name() + "'");
        }
        checkTensor(
                card,
                "input '" + card.input().name() + "'",
                inputs.get(card.input().name()),
                inputShape(card));
        checkTensor(card, "output '" + card.output().name() + "'", output, outputShape(card));
        var sorted = new TreeSet<>(signature.getOutputsMap().keySet());
        return new Signature(sorted.headSet(card.output().name()).size());
    }

    /** Shape of the input of one segment, without the batch. */
    static long[] inputShape(ModelCard card) {
        return card.stft().map(stft -> shape(card, stft, card.channels())).orElseGet(() ->
                new long[] {card.segment().frames(), card.channels()});
    }

    /** Shape of the output of one segment, without the batch. */
    static long[] outputShape(ModelCard card) {
        int channels = card.stems().size() * card.channels();
        return card.stft().map(stft -> shape(card, stft, channels)).orElseGet(() ->
                new long[] {card.segment().frames(), channels});
    }

    private static long[] shape(ModelCard card, StftLayout stft, int channels) {
        return new long[] {card.segment().frames(), stft.bins(), channels};
    }

    private static SignatureDef read(ModelPackage model) {
        var file = model.savedModel().resolve("saved_model.pb");
        try (var input = Files.newInputStream(file)) {
            return SavedModel.parseFrom(input).getMetaGraphsList().stream()
                    .filter(graph -> graph.getMetaInfoDef().getTagsList().contains(TAG))
                    .map(MetaGraphDef::getSignatureDefMap)
                    .filter(signatures -> signatures.containsKey(NAME))
                    .map(signatures -> signatures.get(NAME))
                    .findFirst()
                    .orElseThrow(() ->
                            wrong(model.card(), "it has no signature '" + NAME + "' in a graph tagged '" + TAG + "'"));
        } catch (IOException e) {
            throw new ModelException(file + ": not a SavedModel (" + e.getMessage() + ")", e);
        }
    }

    private static void checkTensor(ModelCard card, String tensor, TensorInfo info, long[] expected) {
        if (info.getDtype() != DataType.DT_FLOAT) {
            throw wrong(card, "its " + tensor + " is of " + info.getDtype() + " instead of DT_FLOAT");
        }
        var shape = info.getTensorShape();
        if (shape.getUnknownRank()) {
            return;
        }
        var sizes =
                shape.getDimList().stream().map(TensorShapeProto.Dim::getSize).toList();
        if (!fits(sizes, expected)) {
            throw wrong(
                    card,
                    "its " + tensor + " is of shape " + sizes + ", the card says [batch, "
                            + Arrays.stream(expected).mapToObj(Long::toString).collect(Collectors.joining(", ")) + "]");
        }
    }

    private static boolean fits(List<Long> sizes, long[] expected) {
        boolean fits = sizes.size() == expected.length + 1 && sizes.getFirst() < 0;
        for (int i = 0; fits && i < expected.length; i++) {
            long size = sizes.get(i + 1);
            fits = size < 0 || size == expected[i];
        }
        return fits;
    }

    private static String names(Map<String, TensorInfo> tensors) {
        return tensors.keySet().stream().sorted().map(name -> "'" + name + "'").collect(Collectors.joining(", "));
    }

    private static ModelException wrong(ModelCard card, String sentence) {
        return new ModelException("model '" + card.id() + "': the network is not the one on the card: " + sentence);
    }
}
