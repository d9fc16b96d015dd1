package io.stemline.training.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.stemline.training.learning.InferenceNetwork;
import io.stemline.training.learning.LearningProbe;
import io.stemline.training.loss.DecibelLoss;
import io.stemline.training.loss.Loss;
import java.util.List;
import org.junit.jupiter.api.Test;

class UNetTest extends NetworkContract {
    private static final SpectrumInput INPUT = new SpectrumInput(8000, 2, 32, 8, 32, 16, 8);
    private static final List<String> STEMS = List.of("vocals", "drums", "bass", "other");

    private static UNetConfiguration tiny(Masking masking) {
        return new UNetConfiguration(INPUT, STEMS, List.of(4, 6), 5, 0.3, 3, masking);
    }

    @Override
    NetworkConfiguration tiny() {
        return tiny(Masking.SOFTMAX);
    }

    @Override
    Loss loss() {
        return new DecibelLoss();
    }

    @Override
    long weightsByHand() {
        int across = 2 * (8 * 3 + 3 + 3 * 8);
        return (25 * 3 * 4 + 8) + (25 * 4 * 6 + 12) + (25 * 6 * 4 + 8) + 25 * 8 * 8 + 16 * 8 + across;
    }

    @Test
    void softmaxMasksOfTheStemsAddUpToOneInEveryChannel() {
        // Given
        try (var network = network(1)) {
            // When
            float[] masks = LearningProbe.estimates(network, batch(1), 0);

            // Then
            for (int cell = 0; cell < masks.length; cell += 8) {
                for (int channel = 0; channel < 2; channel++) {
                    float sum = masks[cell + channel]
                            + masks[cell + 2 + channel]
                            + masks[cell + 4 + channel]
                            + masks[cell + 6 + channel];
                    assertThat(sum).isCloseTo(1, within(1e-5f));
                }
            }
        }
    }

    @Test
    void sizesThatCannotBeHalvedAreRefusedWithASentence() {
        assertThatThrownBy(() -> new UNetConfiguration(
                        new SpectrumInput(8000, 2, 32, 8, 32, 16, 10),
                        List.of("vocals"),
                        List.of(4, 6),
                        5,
                        0.3,
                        0,
                        Masking.SIGMOID))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("stageChannels")
                .hasMessageContaining("multiples of 4");
    }

    @Test
    void theInferenceNetworkAnswersAsTheTrainingNetworkOnceItsStatisticsHaveSettled() {
        // Given
        var batch = batch(1);
        try (var training = network(3)) {
            for (int step = 0; step < 30; step++) {
                training.learn(List.of(batch), step, 1e-2, 0);
            }
            // A rate of zero changes no weight, so averages and statistics arrive where weights and batch stand.
            for (int step = 0; step < 700; step++) {
                training.learn(List.of(batch), step, 0, 0);
            }

            // When
            float[] expected = LearningProbe.estimates(training, batch, 0);
            float[] actual;
            try (var inference = new InferenceNetwork(tiny(), training.inferenceWeights(training.state()))) {
                actual = inference.estimates(LearningProbe.fed(training, batch), batch.size());
            }

            // Then: the observed variance is that of a sample, larger by n / (n - 1), and n is 16 in the deepest stage
            assertThat(largestDifference(expected, actual, expected.length)).isLessThan(0.05);
        }
    }

    @Test
    void theLevelOfTheMixtureDoesNotChangeTheMasks() {
        // Given
        float[] soft = fed(2, 1);
        float[] loud = soft.clone();
        for (int i = 0; i < loud.length; i++) {
            loud[i] *= 100;
        }
        try (var training = network(7);
                var inference = new InferenceNetwork(tiny(), training.inferenceWeights(training.state()))) {
            // When
            float[] ofSoft = inference.estimates(soft, 2);
            float[] ofLoud = inference.estimates(loud, 2);

            // Then
            assertThat(largestDifference(ofSoft, ofLoud, ofSoft.length)).isLessThan(1e-3);
        }
    }
}
