package io.stemline.modelimport.spleeter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stemline.separation.model.MaskExtension;
import io.stemline.separation.model.ModelException;
import io.stemline.separation.model.Origin;
import io.stemline.separation.model.OutputKind;
import io.stemline.separation.tensorflow.DeviceName;
import io.stemline.separation.tensorflow.TensorFlowRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpleeterImportTest {

    @TempDir
    private Path folder;

    private Path checkpoint;
    private SpleeterImport importing;

    @BeforeEach
    void start() throws IOException {
        TensorFlowRuntime.start(DeviceName.CPU, 0);
        checkpoint = Files.createDirectories(folder.resolve("checkpoint"));
        importing = new SpleeterImport(folder.resolve("models"));
    }

    @Test
    void theCardSaysWhatSpleeterDoes() throws IOException {
        // Given
        Checkpoints.write(checkpoint.resolve("model"), Checkpoints.shapes(2));

        // When
        var imported = importing.run(checkpoint, SpleeterImport.Wishes.NONE);

        // Then
        var card = imported.card();
        assertThat(card.id()).isEqualTo("spleeter-2stems");
        assertThat(card.stems()).containsExactly("vocals", "accompaniment");
        assertThat(card.licence()).isEqualTo("MIT");
        assertThat(card.origin().kind()).isEqualTo(Origin.Kind.IMPORTED);
        assertThat(card.origin().source()).hasValue("checkpoint");
        assertThat(card.output().kind()).isEqualTo(OutputKind.MAGNITUDE);
        assertThat(card.maskExtension()).isEqualTo(MaskExtension.ZEROS);
        assertThat(card.segment().frames()).isEqualTo(512);
        assertThat(card.segment().overlapFrames()).isZero();
        assertThat(card.stft().orElseThrow().bins()).isEqualTo(1024);
        assertThat(card.stft().orElseThrow().leadSamples()).hasValue(4096);
        assertThat(imported.folder().resolve("MODEL_CARD.md"))
                .content()
                .startsWith("# Spleeter, 2 stems\n")
                .contains("up to 11025 Hz");
    }

    @Test
    void anArchiveIsImportedWithTheWishesThatComeWithIt() throws IOException {
        // Given
        Checkpoints.write(checkpoint.resolve("model"), Checkpoints.shapes(2));
        Files.writeString(checkpoint.resolve("._model.index"), "what archives from Macs have beside each file");
        var archive = archiveOf(checkpoint);

        // When
        var imported = importing.run(
                archive,
                SpleeterImport.Wishes.NONE.withId("wide").withLicence("CC0-1.0").withBins(1536));

        // Then
        var card = imported.card();
        assertThat(card.id()).isEqualTo("wide");
        assertThat(card.licence()).isEqualTo("CC0-1.0");
        assertThat(card.stft().orElseThrow().bins()).isEqualTo(1536);
        assertThat(card.origin().source()).hasValue("2stems.tar.gz");
        assertThat(card.origin().configuration()).containsKey("archiveSha256");
    }

    @Test
    void aTensorThatIsMissingIsNamed() throws IOException {
        // Given
        var shapes = Checkpoints.shapes(2);
        shapes.remove("batch_normalization_19/moving_variance");
        Checkpoints.write(checkpoint.resolve("model"), shapes);

        // When
        // Then
        refused("tensor 'batch_normalization_19/moving_variance' is missing");
    }

    @Test
    void aTensorOfAnotherShapeIsNamed() throws IOException {
        // Given
        var shapes = Checkpoints.shapes(2);
        shapes.put("conv2d_transpose_7/kernel", List.of(5, 5, 128, 256));
        Checkpoints.write(checkpoint.resolve("model"), shapes);

        // When
        // Then
        refused(
                "tensor 'conv2d_transpose_7/kernel' has the shape [5, 5, 128, 256], and Spleeter's has [5, 5, 128, 512]");
    }

    @Test
    void aCheckpointOfAnotherModelIsNamed() {
        // Given
        Checkpoints.write(checkpoint.resolve("model"), Map.of("dense/kernel", List.of(3, 4)));

        // When
        // Then
        refused("this is the checkpoint of another model: it has no tensor 'conv2d/kernel'");
    }

    @Test
    void anotherNumberOfStemsIsNamed() {
        // Given
        Checkpoints.write(
                checkpoint.resolve("model"),
                Map.of(
                        "conv2d/kernel", List.of(5, 5, 2, 16),
                        "conv2d_7/kernel", List.of(5, 5, 2, 16),
                        "conv2d_14/kernel", List.of(5, 5, 2, 16)));

        // When
        // Then
        refused("it has networks for 3 stems, and Spleeter's have 2, 4 or 5");
    }

    @Test
    void damagedWeightsAreRefused() throws IOException {
        // Given
        Checkpoints.write(checkpoint.resolve("model"), Checkpoints.shapes(2));
        var weights = checkpoint.resolve("model.data-00000-of-00001");
        byte[] bytes = Files.readAllBytes(weights);
        bytes[bytes.length / 2] ^= 1;
        Files.write(weights, bytes);

        // When
        // Then
        refused("TensorFlow cannot read this checkpoint (");
    }

    @Test
    void cutWeightsAreRefused() throws IOException {
        // Given
        Checkpoints.write(checkpoint.resolve("model"), Checkpoints.shapes(2));
        var weights = checkpoint.resolve("model.data-00000-of-00001");
        try (var file = Files.newByteChannel(weights, StandardOpenOption.WRITE)) {
            file.truncate(Files.size(weights) / 2);
        }

        // When
        // Then
        refused("TensorFlow cannot read this checkpoint (");
    }

    @Test
    void aFileThatIsMissingIsNamed() throws IOException {
        // Given
        Checkpoints.write(checkpoint.resolve("model"), Map.of("conv2d/kernel", List.of(5, 5, 2, 16)));
        Files.delete(checkpoint.resolve("model.data-00000-of-00001"));

        // When
        // Then
        refused("model.data-00000-of-00001: missing; it holds the weights");
    }

    @Test
    void aFolderWithoutACheckpointIsNamed() {
        refused("no TensorFlow checkpoint in it");
    }

    @Test
    void weightsThatAreNoNumbersAreRefused() throws IOException {
        // Given
        var shapes = Checkpoints.shapes(2);
        Checkpoints.write(checkpoint.resolve("model"), shapes, "conv2d_8/bias", Float.NaN);

        // When
        // Then
        refused("tensor 'conv2d_8/bias' holds a number that is not finite (NaN)");
    }

    private void refused(String sentence) {
        assertThatThrownBy(() -> importing.run(checkpoint, SpleeterImport.Wishes.NONE))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining(sentence);
        var models = folder.resolve("models").toFile().list();
        assertThat(models == null || models.length == 0)
                .as("nothing is left behind")
                .isTrue();
    }

    private Path archiveOf(Path checkpoint) throws IOException {
        var archive = folder.resolve("2stems.tar.gz");
        try (var tar = new TarArchiveOutputStream(new GZIPOutputStream(Files.newOutputStream(archive)));
                var files = Files.newDirectoryStream(checkpoint)) {
            for (var file : files) {
                tar.putArchiveEntry(tar.createArchiveEntry(file, "2stems/" + file.getFileName()));
                Files.copy(file, tar);
                tar.closeArchiveEntry();
            }
        }
        return archive;
    }
}
