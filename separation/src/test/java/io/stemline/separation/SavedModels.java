package io.stemline.separation;

import io.stemline.separation.model.ModelCard;
import io.stemline.separation.model.ModelCardBuilder;
import io.stemline.separation.model.ModelPackage;
import io.stemline.separation.model.Origin;
import io.stemline.separation.model.OutputKind;
import io.stemline.separation.model.StftLayout;
import io.stemline.separation.tensorflow.DeviceName;
import io.stemline.separation.tensorflow.TensorFlowRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Session;
import org.tensorflow.Signature;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TType;

/** Small networks, built and exported with TensorFlow's own graphs, as model packages in a folder. */
public final class SavedModels {

    public static final int BINS = 100;
    public static final int FRAMES = 32;
    public static final int OVERLAP = 8;
    public static final StftLayout STFT = new StftLayout(256, 64, "hann", 256, BINS);

    private final Path folder;
    private int exports;

    public SavedModels(Path folder) {
        this.folder = folder;
    }

    /** A network of float tensors, from its input to its output. */
    public interface Network extends BiFunction<Ops, Operand<TFloat32>, Operand<? extends TType>> {}

    /** A card of a stereo model at 44.1 kHz with three stems and segments of 32 frames. */
    public static ModelCardBuilder card(String id) {
        return ModelCard.builder(id)
                .stems("vocals", "drums", "other")
                .spectrogram(STFT, OutputKind.MASK, "mixture", "masks")
                .segment(FRAMES, OVERLAP)
                .remainder("other")
                .origin(Origin.builtIn());
    }

    /** Masks that are the same everywhere, one value per stem. */
    public static Network constantMasks(float... masks) {
        return (tf, mixture) -> {
            var stems = new ArrayList<Operand<TFloat32>>();
            for (float mask : masks) {
                stems.add(tf.math.add(tf.math.mul(mixture, tf.constant(0f)), tf.constant(mask)));
            }
            return tf.concat(stems, tf.constant(-1));
        };
    }

    /** The first stem's mask grows with the magnitude, the second's falls with the bin; the third is nothing. */
    public static Network localMasks() {
        return (tf, mixture) -> {
            var falling = new float[1][1][BINS][1];
            for (int bin = 0; bin < BINS; bin++) {
                falling[0][0][bin][0] = 0.5f * (1 - bin / (float) BINS);
            }
            var half = tf.constant(0.5f);
            var growing = tf.math.mul(half, tf.math.div(mixture, tf.math.add(mixture, tf.constant(1f))));
            var nothing = tf.math.mul(mixture, tf.constant(0f));
            var fallingMask = tf.math.add(nothing, tf.constant(falling));
            return tf.concat(List.of(growing, fallingMask, nothing), tf.constant(-1));
        };
    }

    /** Exports a network with one input and one output of the names that the card of {@link #card} has. */
    public Path export(Network network, long... shape) throws IOException {
        return export(network, "mixture", "masks", TFloat32.class, shape);
    }

    public Path export(Network network, String input, String output, Class<TFloat32> type, long... shape)
            throws IOException {
        TensorFlowRuntime.start(DeviceName.CPU, 0);
        var exported = Files.createDirectories(folder.resolve("export-" + exports++));
        try (var graph = new Graph();
                var session = new Session(graph)) {
            var tf = Ops.create(graph);
            Placeholder<TFloat32> mixture = tf.placeholder(type, Placeholder.shape(Shape.of(shape)));
            Operand<? extends TType> masks = network.apply(tf, mixture);
            var unused = tf.variable(tf.constant(0f));
            session.run(tf.assign(unused, tf.constant(0f)));
            var signature = Signature.builder()
                    .key("serving_default")
                    .input(input, mixture)
                    .output(output, masks)
                    .build();
            SavedModelBundle.exporter(exported.toString())
                    .withSession(session)
                    .withSignature(signature)
                    .export();
        }
        return exported;
    }

    /** A package with a spectrogram network for the card's shapes. */
    public ModelPackage spectrogramModel(ModelCard card, Network network) throws IOException {
        var stft = card.stft().orElseThrow();
        var exported = export(network, -1, card.segment().frames(), stft.bins(), card.channels());
        return ModelPackage.write(folder.resolve("models"), card, exported, "");
    }

    /** A package with a waveform network for the card's shapes. */
    public ModelPackage waveformModel(ModelCard card, Network network) throws IOException {
        var exported = export(
                network,
                card.input().name(),
                card.output().name(),
                TFloat32.class,
                -1,
                card.segment().frames(),
                card.channels());
        return ModelPackage.write(folder.resolve("models"), card, exported, "");
    }

    /** A package whose network need not fit its card. */
    public ModelPackage anyModel(ModelCard card, Path exported) {
        return ModelPackage.write(folder.resolve("models"), card, exported, "");
    }
}
