package io.stemline.training.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.stemline.training.batches.Batch;
import io.stemline.training.learning.InferenceNetwork;
import io.stemline.training.learning.LearningProbe;
import io.stemline.training.learning.TrainingNetwork;
import io.stemline.training.loss.DecibelLoss;
import io.stemline.training.loss.DeepClusteringLoss;
import io.stemline.training.loss.Loss;
import io.stemline.training.loss.SumLoss;
import io.stemline.training.network.RecurrentStack.Normalisation;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChimeraTest extends NetworkContract {
    private static final SpectrumInput INPUT = new SpectrumInput(8000, 1, 32, 8, 32, 11, 5);
    private static final List<String> STEMS = List.of("vocals", "accompaniment");
    private static final RecurrentStack STACK = new RecurrentStack(0, Normalisation.INSTANCE, 1, 6, 0);
    private static final Loss EMBEDDINGS = new DeepClusteringLoss(DeepClusteringLoss.Weighting.MAGNITUDE);
    private static final Loss MASKS = new DecibelLoss();

    @Override
    NetworkConfiguration tiny() {
        return new ChimeraConfiguration(INPUT, STEMS, STACK, 3, Masking.SIGMOID);
    }

    private static Loss sum(double ofEmbeddings, double ofMasks) {
        return new SumLoss(List.of(new SumLoss.Term(ofEmbeddings, EMBEDDINGS), new SumLoss.Term(ofMasks, MASKS)));
    }

    @Override
    Loss loss() {
        return sum(0.5, 0.5);
    }

    @Override
    boolean normalisesBatches() {
        return false;
    }

    @Override
    long weightsByHand() {
        int lstm = 2 * ((11 + 6) * 24 + 24);
        int masks = (12 + 1) * 11 * 2;
        int embedding = (12 + 1) * 11 * 3;
        return 11 + 11 + lstm + masks + embedding;
    }

    @Test
    void everyWeightCountsInTheLossOfMasksOrOfEmbeddingsAsMuchAsTheSumSays() {
        // Given
        Batch batch = batch(1);

        // When
        Map<String, float[]> mostlyMasks = gradients(sum(1e-9, 1), batch);
        Map<String, float[]> mostlyEmbeddings = gradients(sum(1, 1e-9), batch);
        Map<String, float[]> both = gradients(sum(2, 3), batch);

        // Then
        assertThat(largest(mostlyMasks.get("embedding.kernel"))).isLessThan(1e-7);
        assertThat(largest(mostlyEmbeddings.get("masks.kernel"))).isLessThan(1e-7);
        assertThat(largest(mostlyMasks.get("lstm1.forwards.kernel"))).isGreaterThan(1e-4);
        assertThat(largest(mostlyEmbeddings.get("lstm1.forwards.kernel"))).isGreaterThan(1e-4);
        both.forEach((name, gradient) -> {
            for (int i = 0; i < gradient.length; i++) {
                double expected =
                        2 * mostlyEmbeddings.get(name)[i] + 3 * mostlyMasks.get(name)[i];
                assertThat((double) gradient[i]).as(name).isCloseTo(expected, within(1e-5));
            }
        });
    }

    private Map<String, float[]> gradients(Loss loss, Batch batch) {
        try (var network = new TrainingNetwork(tiny(), loss, settings(3))) {
            return LearningProbe.gradients(network, batch, 0, 0);
        }
    }

    private static double largest(float[] values) {
        return largestDifference(values, new float[values.length], values.length);
    }

    @Test
    void inferenceAnswersAsTrainingButHasNoWeightsForEmbeddings() {
        // Given
        Batch batch = batch(2);
        try (var training = network(4)) {
            float[] expected = LearningProbe.estimates(training, batch, 0);

            // When
            Map<String, float[]> weights = training.inferenceWeights(training.state());
            float[] actual;
            try (var inference = new InferenceNetwork(tiny(), weights)) {
                actual = inference.estimates(LearningProbe.fed(training, batch), batch.size());
            }

            // Then
            assertThat(training.state()).containsKeys("embedding.kernel", "embedding.bias");
            assertThat(weights).doesNotContainKeys("embedding.kernel", "embedding.bias");
            assertThat(largestDifference(expected, actual, expected.length)).isLessThan(1e-6);
        }
    }

    @Test
    void aLossThatLeavesAHeadOutIsRefused() {
        assertThatThrownBy(() -> new TrainingNetwork(tiny(), MASKS, settings(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("leaves a part of the network out")
                .hasMessageContaining("embedding.kernel");
        assertThatThrownBy(() -> new TrainingNetwork(tiny(), EMBEDDINGS, settings(1)))
                .hasMessageContaining("masks.kernel");
    }

    @Test
    void settingsThatMakeNoSenseAreRefusedWithASentenceThatNamesTheKey() {
        assertThatThrownBy(() -> new ChimeraConfiguration(INPUT, STEMS, STACK, 0, Masking.SIGMOID))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("dimension is 0: ");
        assertThatThrownBy(() -> new ChimeraConfiguration(INPUT, List.of("vocals"), STACK, 3, Masking.SOFTMAX))
                .hasMessageStartingWith("masking is softmax: ");
        assertThatThrownBy(() -> ChimeraConfiguration.defaults(INPUT, List.of()))
                .hasMessageStartingWith("stems is empty: ");
    }

    @Test
    void theDefaultsAreMaskInferenceWithTwentyDimensionsBeside() {
        // Given
        var input = new SpectrumInput(8000, 1, 256, 64, 256, 129, 400);

        // When
        var configuration = ChimeraConfiguration.defaults(input, STEMS);

        // Then
        var maskInference = MaskInferenceConfiguration.defaults(input, STEMS);
        assertThat(configuration.trainableWeights()).isEqualTo(maskInference.trainableWeights() + 601 * 20 * 129);
    }
}
