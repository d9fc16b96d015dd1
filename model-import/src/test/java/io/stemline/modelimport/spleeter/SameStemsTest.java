package io.stemline.modelimport.spleeter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.stemline.audio.AudioBuffer;
import io.stemline.audio.AudioFiles;
import io.stemline.audio.AudioFormat;
import io.stemline.separation.engine.SeparationEngine;
import io.stemline.separation.engine.SeparationSettings;
import io.stemline.separation.tensorflow.DeviceName;
import io.stemline.separation.tensorflow.TensorFlowRuntime;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Spleeter's own graph and our package, with the same random weights, from samples to samples. */
class SameStemsTest {

    private static final Path REFERENCES = Path.of(System.getProperty("stemline.reference-data"));
    private static final Path EXAMPLE = REFERENCES.resolve("audio/audio_example.mp3");
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

    /** The comparison would notice: the smallest part of a network, left out, changes stems by more than it allows. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "batch_normalization/moving_mean",
                "batch_normalization_4/moving_variance",
                "batch_normalization_6/beta",
                "batch_normalization_11/moving_mean",
                "conv2d_5/bias",
                "conv2d_transpose/bias",
                "conv2d_6/bias"
            })
    void whatIsLeftOutWouldBeNoticed(String tensor) {
        // Given
        float[][] mixture = AudioFiles.readAll(EXAMPLE).samples();
        try (var graph = graph(SpleeterModel.TWO_STEMS)) {
            graph.assignRandomWeights(7);
            float[][][] whole = graph.separate(mixture);

            // When
            float[] none = new float[Math.toIntExact(graph.shapes().get(tensor).size())];
            Arrays.fill(none, tensor.endsWith("variance") ? 1 : 0);
            graph.assign(Map.of(tensor, none));
            float[][][] without = graph.separate(mixture);

            // Then
            assertThat(Difference.largest(without[0], whole[0])).isGreaterThan(10 * TOLERANCE);
        }
    }

    @Test
    void tracksOfSeveralSegmentsAreTheSameToo() {
        // Given
        float[][] example = AudioFiles.readAll(EXAMPLE).samples();
        int lengthFrames = 2 * 512 * 1024 + 12_345;
        float[][] repeated = new float[2][lengthFrames];
        for (int n = 0; n < lengthFrames; n++) {
            repeated[0][n] = example[0][n % example[0].length];
            repeated[1][n] = example[1][n % example[1].length];
        }
        var mixture = new AudioBuffer(new AudioFormat(44_100, 2), repeated);

        // When
        // Then
        assertSameStems(SpleeterModel.TWO_STEMS, mixture);
    }

    @ParameterizedTest
    @EnumSource
    void anImportedCheckpointGivesTheStemsOfSpleetersOwnGraph(SpleeterModel model) {
        // Given
        var mixture = AudioFiles.readAll(EXAMPLE);

        // When
        // Then
        assertSameStems(model, mixture);
    }

    private void assertSameStems(SpleeterModel model, AudioBuffer mixture) {
        float[][][] expected;
        try (var graph = graph(model)) {
            graph.assignRandomWeights(7);
            graph.save(folder.resolve("model"));
            expected = graph.separate(mixture.samples());
        }
        var imported = new SpleeterImport(folder.resolve("models")).run(folder, SpleeterImport.Wishes.NONE);
        var stems = new Stems();
        try (var engine = SeparationEngine.open(SeparationSettings.defaults())) {
            engine.load(imported);
            engine.separate(imported.id(), new Mixture(mixture), stems);
        }
        assertThat(stems.names()).isEqualTo(model.stems());
        for (int stem = 0; stem < expected.length; stem++) {
            assertThat(Difference.largest(stems.samples(model.stems().get(stem)), expected[stem]))
                    .as(model.stems().get(stem))
                    .isLessThan(TOLERANCE);
        }
    }

    private static SpleeterGraph graph(SpleeterModel model) {
        return SpleeterGraph.load(REFERENCES.resolve("fixtures/spleeter/" + model.title() + ".meta"));
    }
}
