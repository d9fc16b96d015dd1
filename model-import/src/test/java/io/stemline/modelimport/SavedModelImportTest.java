package io.stemline.modelimport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stemline.separation.model.ModelException;
import io.stemline.separation.model.ModelPackage;
import io.stemline.separation.tensorflow.DeviceName;
import io.stemline.separation.tensorflow.TensorFlowRuntime;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Session;
import org.tensorflow.Signature;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

class SavedModelImportTest {

    private static final String CARD = """
            {
              "formatVersion": 1, "id": "theirs", "name": "Theirs", "description": "Two stems of somebody.",
              "stems": ["vocals", "other"], "sampleRateHz": 44100, "channels": 2, "representation": "magnitude",
              "stft": {"windowLength": 256, "hopLength": 64, "window": "hann", "fftLength": 256, "bins": 100},
              "segment": {"frames": 32, "overlapFrames": 8},
              "input": {"name": "mixture", "layout": "batch,frame,bin,channel"},
              "output": {"name": "masks", "kind": "mask", "layout": "batch,frame,bin,stem*channel"},
              "licence": "MIT", "origin": {"kind": "imported", "source": "https://example.org/theirs"}
            }
            """;

    @TempDir
    private Path folder;

    private Path card;

    @BeforeEach
    void start() throws IOException {
        TensorFlowRuntime.start(DeviceName.CPU, 0);
        card = Files.writeString(folder.resolve("card.json"), CARD);
    }

    @Test
    void aNetworkThatIsWhatItsCardSaysBecomesAModel() throws IOException {
        // When
        var model = SavedModelImport.run(export((tf, mixture) -> half(tf, mixture, 2)), card, models());

        // Then
        assertThat(model.folder()).isEqualTo(models().resolve("theirs"));
        assertThat(ModelPackage.load(model.folder()).card().weights()).isPresent();
        assertThat(model.folder().resolve(ModelPackage.TEXT))
                .content()
                .startsWith("# Theirs\n\nTwo stems of somebody.");
        assertThat(models())
                .isDirectoryNotContaining(file -> file.getFileName().toString().startsWith("."));
    }

    @Test
    void aPackageThatWasTamperedWithDoesNotLoad() throws IOException {
        // Given
        var model = SavedModelImport.run(export((tf, mixture) -> half(tf, mixture, 2)), card, models());
        var graph = model.savedModel().resolve("saved_model.pb");
        byte[] bytes = Files.readAllBytes(graph);
        bytes[bytes.length / 2] ^= 1;
        Files.write(graph, bytes);

        // When
        // Then
        assertThatThrownBy(() -> ModelPackage.load(model.folder()))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("the weights are not those of the card");
    }

    @Test
    void anAnswerThatIsNoNumberIsRefused() throws IOException {
        refused(
                export((tf, mixture) -> tf.math.log(tf.math.neg(half(tf, mixture, 2)))),
                "the network answered with a number that is not finite (NaN or infinity); its weights are broken");
    }

    @Test
    void anAnswerOfAnotherSizeIsRefused() throws IOException {
        refused(
                export((tf, mixture) -> half(tf, mixture, 3)),
                "its output 'masks' is of shape [-1, 32, 100, 6], the card says [batch, 32, 100, 4]");
    }

    @Test
    void anAnswerWhoseSizeShowsOnlyWhenItRunsIsRefused() throws IOException {
        // A slice whose size is a result of the network: the signature cannot tell how large it is.
        refused(
                export((tf, mixture) -> {
                    var size = tf.math.add(
                            tf.dtypes.cast(
                                    tf.math.mul(tf.sum(mixture, tf.constant(new int[] {0, 1, 2, 3})), tf.constant(0f)),
                                    TInt32.class),
                            tf.constant(6));
                    var rest = tf.constant(new int[] {-1, -1, -1});
                    return tf.slice(
                            half(tf, mixture, 4),
                            tf.constant(new int[4]),
                            tf.concat(List.of(rest, tf.expandDims(size, tf.constant(0))), tf.constant(0)));
                }),
                "the network answered with shape (1, 32, 100, 6), the card says (1, 32, 100, 4)");
    }

    @Test
    void anotherSignatureIsRefused() throws IOException {
        // Given
        Files.writeString(card, CARD.replace("\"name\": \"mixture\"", "\"name\": \"waveform\""));

        // When
        // Then
        refused(
                export((tf, mixture) -> half(tf, mixture, 2)),
                "its signature takes 'mixture', the card says 'waveform'");
    }

    @Test
    void operationsThatTensorFlowDoesNotHaveAreNamed() throws IOException {
        // Given
        var exported = export((tf, mixture) -> half(tf, mixture, 2));
        var graph = exported.resolve("saved_model.pb");
        var text = Files.readString(graph, StandardCharsets.ISO_8859_1);
        assertThat(text).contains("ConcatV2");
        Files.writeString(graph, text.replace("ConcatV2", "ConcatXY"), StandardCharsets.ISO_8859_1);

        // When
        // Then
        refused(exported, "it uses the operation 'ConcatXY', which this TensorFlow does not have");
    }

    @Test
    void aFolderWithoutASavedModelIsNamed() {
        refused(folder, "not a SavedModel (no saved_model.pb in it)");
    }

    @Test
    void aCardThatIsMissingIsNamed() throws IOException {
        // Given
        Files.delete(card);

        // When
        // Then
        refused(export((tf, mixture) -> half(tf, mixture, 2)), "card.json: no such file");
    }

    @Test
    void anIdThatIsTakenIsRefused() throws IOException {
        // Given
        var exported = export((tf, mixture) -> half(tf, mixture, 2));
        SavedModelImport.run(exported, card, models());

        // When
        // Then
        assertThatThrownBy(() -> SavedModelImport.run(exported, card, models()))
                .isInstanceOf(ModelException.class)
                .hasMessage(
                        models().resolve("theirs") + ": already exists; choose another id, or remove that model first");
    }

    private void refused(Path savedModel, String sentence) {
        assertThatThrownBy(() -> SavedModelImport.run(savedModel, card, models()))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining(sentence);
        assertThat(!Files.exists(models()) || models().toFile().list().length == 0)
                .as("nothing is left behind")
                .isTrue();
    }

    private Path models() {
        return folder.resolve("models");
    }

    /** Masks of one half for so many stems. */
    private static Operand<TFloat32> half(Ops tf, Operand<TFloat32> mixture, int stems) {
        var mask = tf.math.add(tf.math.mul(mixture, tf.constant(0f)), tf.constant(0.5f));
        return tf.concat(Collections.nCopies(stems, mask), tf.constant(-1));
    }

    private Path export(BiFunction<Ops, Operand<TFloat32>, Operand<TFloat32>> network) throws IOException {
        var exported = folder.resolve("exported");
        try (var graph = new Graph();
                var session = new Session(graph)) {
            var tf = Ops.create(graph);
            var mixture = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, 32, 100, 2)));
            var masks = network.apply(tf, mixture);
            var unused = tf.variable(tf.constant(0f));
            session.run(tf.assign(unused, tf.constant(0f)));
            var signature = Signature.builder("serving_default")
                    .input("mixture", mixture)
                    .output("masks", masks)
                    .build();
            SavedModelBundle.exporter(exported.toString())
                    .withSession(session)
                    .withSignature(signature)
                    .export();
        }
        return exported;
    }
}
