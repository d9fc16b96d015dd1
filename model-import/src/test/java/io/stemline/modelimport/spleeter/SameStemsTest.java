package io.stemline.modelimport.spleeter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.stemline.audio.AudioBuffer;
import io.stemline.audio.AudioFiles;
import io.stemline.separation.engine.SeparationEngine;
import io.stemline.separation.engine.SeparationSettings;
import io.stemline.separation.model.ModelPackage;
import io.stemline.separation.tensorflow.DeviceName;
import io.stemline.separation.tensorflow.TensorFlowRuntime;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Spleeter's own graph and our package, with the same random weights, from samples to samples. */
class SameStemsTest {

    private static final Path REFERENCES = Path.of(System.getProperty("stemline.reference-data"));
    private static final double TOLERANCE = 1e-4;

    @TempDir
    private Path folder;

    @BeforeAll
    static void references() {
        assumeTrue(
                Files.isDirectory(REFERENCES.resolve("fixtures/spleeter")),
                "SKIPPED: Spleeter's graphs are not below " + REFERENCES + "; nothing was compared with them");
        TensorFlowRuntime.start(DeviceName.CPU, 0);
    }

    @ParameterizedTest
    @EnumSource
    void anImportedCheckpointGivesTheStemsOfSpleetersOwnGraph(SpleeterModel model) {
        // Given
        AudioBuffer mixture = AudioFiles.readAll(REFERENCES.resolve("audio/audio_example.mp3"));
        float[][][] expected;
        ModelPackage imported;
        try (var graph = SpleeterGraph.load(REFERENCES.resolve("fixtures/spleeter/" + model.title() + ".meta"))) {
            graph.assignRandomWeights(7);
            graph.save(folder.resolve("model"));
            expected = graph.separate(mixture.samples());
        }

        // When
        imported = new SpleeterImport(folder.resolve("models")).run(folder, SpleeterImport.Wishes.NONE);
        var stems = new Stems();
        try (var engine = SeparationEngine.open(SeparationSettings.defaults())) {
            engine.load(imported);
            engine.separate(imported.id(), new Mixture(mixture), stems);
        }

        // Then
        assertThat(stems.names()).isEqualTo(model.stems());
        for (int stem = 0; stem < expected.length; stem++) {
            assertThat(Difference.largest(stems.samples(model.stems().get(stem)), expected[stem]))
                    .as(model.stems().get(stem))
                    .isLessThan(TOLERANCE);
        }
    }
}
