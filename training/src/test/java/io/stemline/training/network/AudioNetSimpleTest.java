package io.stemline.training.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.stemline.training.batches.Batch;
import io.stemline.training.graph.WaveformLayers;
import io.stemline.training.learning.InferenceNetwork;
import io.stemline.training.learning.LearningProbe;
import io.stemline.training.learning.TrainingNetwork;
import io.stemline.training.learning.Yardstick;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AudioNetSimpleTest extends AudioNetContract {

    @Override
    NetworkConfiguration tiny(WaveformInput input, List<String> stems) {
        return new AudioNetSimpleConfiguration(input, stems, STAGES);
    }

    @Override
    long weightsByHand() {
        return STAGE_WEIGHTS + (3 * 8 * 16 + 32) + (3 * 16 * 8 + 16);
    }

    @Test
    void gaussianErrorUnitsLearnAsRectifiersDo() {
        // Given
        var stages = new WaveformStages(STAGES.channels(), 8, 4, WaveformLayers.Activation.GELU);
        var configuration = new AudioNetSimpleConfiguration(INPUT, STEMS, stages);
        try (var network = new TrainingNetwork(configuration, loss(), settings(1))) {
            double before = network.learn(List.of(batch(1)), 0, 1e-2, 0).loss();

            // When
            double after = before;
            for (int step = 1; step < 100; step++) {
                after = network.learn(List.of(batch(1)), step, 1e-2, 0).loss();
            }

            // Then
            assertThat(after).isLessThan(0.6 * before);
        }
    }

    @Test
    void theInferenceNetworkAnswersAsTheTrainingNetworkOnceItsStatisticsHaveSettled() {
        // Given: so many samples that the variance of a sample and that of its source differ by nothing that matters
        var configuration = tiny(new WaveformInput(8000, 1, 2000), List.of("vocals"));
        Batch batch = halved(noise(2 * 2000));
        try (var training = new TrainingNetwork(configuration, loss(), settings(3))) {
            for (int step = 0; step < 30; step++) {
                training.learn(List.of(batch), step, 1e-2, 0);
            }
            // A rate of zero changes no weight, so averages and statistics arrive where weights and batch stand.
            for (int step = 0; step < 500; step++) {
                training.learn(List.of(batch), step, 0, 0);
            }

            // When
            float[] expected = LearningProbe.estimates(training, batch, 0);
            float[] actual;
            try (var inference = new InferenceNetwork(configuration, training.inferenceWeights(training.state()))) {
                actual = inference.estimates(LearningProbe.fed(training, batch), batch.size());
            }

            // Then
            assertThat(largestDifference(expected, new float[expected.length], expected.length))
                    .isGreaterThan(0.2);
            assertThat(largestDifference(expected, actual, expected.length)).isLessThan(0.01);
        }
    }

    @Test
    void theYardstickComparesSamples() {
        // Given
        var configuration = tiny(new WaveformInput(8000, 1, 2000), List.of("vocals"));
        Batch batch = halved(noise(2 * 2000));
        try (var training = new TrainingNetwork(configuration, loss(), settings(3));
                var yardstick = new Yardstick(configuration, 1)) {
            Map<String, float[]> weights = new HashMap<>(training.inferenceWeights(training.state()));
            weights.replace("decoder1.kernel", new float[weights.get("decoder1.kernel").length]);

            // When
            double ofSilence = yardstick.of(weights, List.of(batch)).get("vocals");

            // Then: a quarter of the energy is missing
            assertThat(ofSilence).isCloseTo(10 * Math.log10(0.25 + 0.002), within(1e-4));
        }
    }

    private static float[] noise(int length) {
        Random random = new Random(1);
        float[] noise = new float[length];
        for (int i = 0; i < length; i++) {
            noise[i] = 0.3f * (float) random.nextGaussian();
        }
        return noise;
    }

    /** Mono mixtures, of which a single stem is the half. */
    private static Batch halved(float[] mixtures) {
        float[] stems = mixtures.clone();
        for (int i = 0; i < stems.length; i++) {
            stems[i] /= 2;
        }
        return new Batch(2, mixtures, stems);
    }

    @Test
    void everyWeightMattersToTheLoss() {
        // When
        Map<String, float[]> gradients;
        try (var network = network(1)) {
            gradients = LearningProbe.gradients(network, batch(1), 0, 0);
        }

        // Then
        assertThat(gradients).hasSize(1 + 2 * (3 + 2) + 2 * 3 + (2 + 3) + (2 + 1));
        gradients.forEach((name, values) -> {
            for (float value : values) {
                assertThat(value).as(name).isNotZero().isFinite();
            }
        });
    }

    @Test
    void theDefaultsHaveAboutNineMillionWeights() {
        // When
        var configuration = AudioNetSimpleConfiguration.defaults(
                new WaveformInput(44_100, 2, 88_200), List.of("vocals", "drums", "bass", "other"));

        // Then
        assertThat(configuration.trainableWeights()).isBetween(8_500_000L, 9_500_000L);
    }

    @ParameterizedTest
    @CsvSource({
        "'', 8, 4, channels is empty",
        "'6,0', 8, 4, channels is 0",
        "'6,8', 8, 1, stride is 1",
        "'6,8', 3, 4, kernel is 3: strides of 4 samples (stride) would leave some out",
        "'1,1,1,1,1,1,1,1,1,1,1', 8, 4, channels has 11 stages with a stride of 4"
    })
    void stagesThatCannotBeAreRefusedWithASentence(String channels, int kernel, int stride, String sentence) {
        // Given
        List<Integer> widths = channels.isEmpty()
                ? List.of()
                : List.of(channels.split(",")).stream().map(Integer::valueOf).toList();

        // Then
        assertThatThrownBy(() -> new WaveformStages(widths, kernel, stride, WaveformLayers.Activation.GELU))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(sentence);
    }

    @Test
    void stemsMustBeThereOnce() {
        assertThatThrownBy(() -> tiny(INPUT, List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("stems is empty: a network needs one stem or more");
        assertThatThrownBy(() -> tiny(INPUT, List.of("bass", "bass")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("stems has bass more than once");
    }
}
