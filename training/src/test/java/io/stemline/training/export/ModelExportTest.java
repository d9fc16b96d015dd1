package io.stemline.training.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stemline.separation.model.ModelPackage;
import io.stemline.separation.model.StemRule;
import io.stemline.training.datasets.LabelledTrack;
import io.stemline.training.datasets.Split;
import io.stemline.training.evaluation.ModelScorer;
import io.stemline.training.learning.InferenceNetwork;
import io.stemline.training.learning.Optimiser;
import io.stemline.training.learning.TrainingNetwork;
import io.stemline.training.network.DjlSession;
import io.stemline.training.trainer.TinyTraining;
import io.stemline.training.trainer.TrainingConfiguration;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelExportTest {
    @TempDir
    Path models;

    private final TrainingConfiguration configuration = TinyTraining.configuration(1);

    private Map<String, float[]> randomWeights() {
        var settings = new TrainingNetwork.Settings(Optimiser.adam(), 1, 1, 0.9, 4, 1);
        try (var network = new TrainingNetwork(configuration.network(), configuration.loss(), settings)) {
            return network.inferenceWeights(network.state());
        }
    }

    private ModelPackage export(Map<String, float[]> weights) {
        var details = new ModelExport.Details(
                "tiny-1",
                "Tiny",
                "For a test.",
                Map.of("vocals", new StemRule(OptionalDouble.of(0.7), OptionalDouble.empty())),
                "songs",
                "test",
                Optional.of("tiny-0"),
                List.of(),
                "# Tiny\n");
        return ModelExport.write(models, configuration, weights, details);
    }

    @Test
    void theExportedModelAnswersAsTheSession() throws Exception {
        // Given
        Map<String, float[]> weights = randomWeights();
        ModelPackage exported = export(weights);
        float[] magnitudes = new float[2 * 16 * 64 * 2];
        Random random = new Random(3);
        for (int i = 0; i < magnitudes.length; i++) {
            magnitudes[i] = 50 * random.nextFloat();
        }
        float[] expected;
        try (var network = new InferenceNetwork(configuration.network(), weights)) {
            expected = network.estimates(magnitudes, 2);
        }

        // When
        float[] actual = DjlSession.answer(exported.savedModel(), new long[] {2, 16, 64, 2}, magnitudes);

        // Then
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < actual.length; i++) {
            assertThat(actual[i]).isCloseTo(expected[i], within(1e-6f));
        }
    }

    @Test
    void theCardSaysHowToRunTheModelAndWhereItCameFrom() {
        // When
        var card = export(randomWeights()).card();

        // Then
        assertThat(card.stems()).containsExactly("vocals", "drums", "bass", "other");
        assertThat(card.segment().frames()).isEqualTo(16);
        assertThat(card.stft().orElseThrow().bins()).isEqualTo(64);
        assertThat(card.stemRules().get("vocals").maskExponent()).hasValue(0.7);
        assertThat(card.origin().seed()).hasValue(1);
        assertThat(card.origin().parent()).contains("tiny-0");
        assertThat(card.origin().configuration()).containsKeys("network", "curriculum", "steps");
    }

    @Test
    void theSeparatorRunsTheExportedModelAndTheScorerScoresIt() {
        // Given
        ModelPackage exported = export(randomWeights());
        LabelledTrack song = TinyTraining.songs().tracks(Split.TEST).get(0);
        float[][] mixture = song.read(LabelledTrack.MIXTURE, 0, (int) song.lengthFrames());

        // When
        try (var scorer = new ModelScorer(exported, 1)) {
            var estimates = scorer.separate(mixture, 44_100);
            var improvements = scorer.improvements(song, TinyTraining.songs().format());

            // Then
            assertThat(estimates).containsOnlyKeys("vocals", "drums", "bass", "other");
            for (int i = 0; i < mixture[0].length; i++) {
                float sum = estimates.get("vocals")[0][i]
                        + estimates.get("drums")[0][i]
                        + estimates.get("bass")[0][i]
                        + estimates.get("other")[0][i];
                assertThat(sum).isCloseTo(mixture[0][i], within(1e-4f));
            }
            assertThat(improvements).isNotEmpty();
            improvements.values().forEach(value -> assertThat(value).isBetween(-30.0, 30.0));
        }
    }
}
