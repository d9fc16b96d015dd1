package io.stemline.training.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class UNetTest {
    private static final int FRAMES = 8;
    private static final int BINS = 16;
    private static final int BATCH = 3;

    private static UNetConfiguration tiny(UNetConfiguration.Masking masking) {
        return new UNetConfiguration(
                FRAMES, BINS, 2, List.of("vocals", "drums", "bass", "other"), List.of(4, 6), 5, 0.3, masking);
    }

    private static TrainingNetwork.Settings settings(long seed) {
        return new TrainingNetwork.Settings(1e9, 0.5, seed, 1);
    }

    private static float[] magnitudes() {
        return random(BATCH * FRAMES * BINS * 2, 1);
    }

    /** Every stem takes what a fixed rule gives it, so that there is something to learn. */
    private static float[] targets(float[] magnitudes) {
        float[] targets = new float[magnitudes.length * 4];
        for (int i = 0; i < magnitudes.length; i++) {
            int bin = i / 2 % BINS;
            for (int stem = 0; stem < 4; stem++) {
                targets[i / 2 * 8 + stem * 2 + i % 2] = stem == bin / 4 ? magnitudes[i] : 0;
            }
        }
        return targets;
    }

    private static float[] random(int size, long seed) {
        Random random = new Random(seed);
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = 0.05f + random.nextFloat();
        }
        return values;
    }

    @ParameterizedTest
    @EnumSource(UNetConfiguration.Masking.class)
    void masksHaveOneValueForEveryCellStemAndChannel(UNetConfiguration.Masking masking) {
        // Given
        try (var network = new TrainingNetwork(tiny(masking), settings(1))) {
            // When
            float[] masks = network.masks(magnitudes(), BATCH);

            // Then
            assertThat(masks).hasSize(BATCH * FRAMES * BINS * 8);
            for (float mask : masks) {
                assertThat(mask).isBetween(0f, 1f);
            }
        }
    }

    @Test
    void softmaxMasksOfTheStemsAddUpToOneInEveryChannel() {
        // Given
        try (var network = new TrainingNetwork(tiny(UNetConfiguration.Masking.SOFTMAX), settings(1))) {
            // When
            float[] masks = network.masks(magnitudes(), BATCH);

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
    void theNumberOfWeightsIsThatOfTheFormula() {
        // Given
        UNetConfiguration configuration = tiny(UNetConfiguration.Masking.SOFTMAX);

        // When
        long counted;
        try (var network = new TrainingNetwork(configuration, settings(1))) {
            counted = network.state().entrySet().stream()
                    .filter(entry -> entry.getKey().matches("(down|up|head).*\\.(kernel|scale|shift|bias)"))
                    .mapToLong(entry -> entry.getValue().length)
                    .sum();
        }

        // Then
        long byHand = (25 * 3 * 4 + 8) + (25 * 4 * 6 + 12) + (25 * 6 * 4 + 8) + 25 * 8 * 8 + 16 * 8;
        assertThat(configuration.trainableWeights()).isEqualTo(byHand);
        assertThat(counted).isEqualTo(byHand);
    }

    @Test
    void sizesThatCannotBeHalvedAreRefusedWithASentence() {
        assertThatThrownBy(() -> new UNetConfiguration(
                        10, 16, 2, List.of("vocals"), List.of(4, 6), 5, 0.3, UNetConfiguration.Masking.SIGMOID))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("multiples of 4");
    }

    @ParameterizedTest
    @EnumSource(UNetConfiguration.Masking.class)
    void gradientsAreThoseOfFiniteDifferences(UNetConfiguration.Masking masking) {
        // Given
        float[] magnitudes = magnitudes();
        float[] targets = targets(magnitudes);
        try (var network = new TrainingNetwork(tiny(masking), settings(5))) {
            Map<String, float[]> state = network.state();
            Map<String, float[]> gradients = network.gradients(magnitudes, targets, BATCH, 1);
            for (String name :
                    List.of("down1.kernel", "down2.scale", "up2.kernel", "up2.shift", "head.kernel", "head.bias")) {
                float[] direction = gradients.get(name);
                double squared = 0;
                for (float value : direction) {
                    squared += value * value;
                }
                double length = Math.sqrt(squared);
                float[] weights = state.get(name);
                float[] before = weights.clone();

                // When
                double step = 5e-3;
                double up = lossAt(network, state, name, before, direction, step / length, magnitudes, targets);
                double down = lossAt(network, state, name, before, direction, -step / length, magnitudes, targets);
                state.put(name, before);

                // Then
                assertThat((up - down) / (2 * step)).as(name).isCloseTo(length, within(0.03 * length + 2e-4));
            }
        }
    }

    private static double lossAt(
            TrainingNetwork network,
            Map<String, float[]> state,
            String name,
            float[] weights,
            float[] direction,
            double step,
            float[] magnitudes,
            float[] targets) {
        float[] moved = new float[weights.length];
        for (int i = 0; i < moved.length; i++) {
            moved[i] = (float) (weights[i] + step * direction[i]);
        }
        state.put(name, moved);
        network.restore(state);
        return network.gradients(magnitudes, targets, BATCH, 1).get("loss")[0];
    }

    @Test
    void aBatchIsLearnedByHeart() {
        // Given
        float[] magnitudes = magnitudes();
        float[] targets = targets(magnitudes);
        try (var network = new TrainingNetwork(tiny(UNetConfiguration.Masking.SOFTMAX), settings(2))) {
            float before = network.learn(magnitudes, targets, BATCH, 1e-2, 0).loss();

            // When
            float after = before;
            for (int step = 0; step < 150; step++) {
                after = network.learn(magnitudes, targets, BATCH, 1e-2, 0).loss();
            }

            // Then
            assertThat(before).isGreaterThan(0.2f);
            assertThat(after).isLessThan(0.05f * before);
        }
    }

    @Test
    void theInferenceNetworkAnswersAsTheTrainingNetworkOnceItsStatisticsHaveSettled() {
        // Given
        UNetConfiguration configuration = tiny(UNetConfiguration.Masking.SIGMOID);
        float[] magnitudes = magnitudes();
        float[] targets = targets(magnitudes);
        try (var training = new TrainingNetwork(configuration, settings(3))) {
            for (int step = 0; step < 30; step++) {
                training.learn(magnitudes, targets, BATCH, 1e-2, 0);
            }
            // A rate of zero changes no weight, so averages and statistics arrive where weights and batch stand.
            for (int step = 0; step < 700; step++) {
                training.learn(magnitudes, targets, BATCH, 0, 0);
            }

            // When
            float[] expected = training.masks(magnitudes, BATCH);
            float[] actual;
            try (var inference = new InferenceNetwork(configuration, training.inferenceWeights(training.state()))) {
                actual = inference.masks(magnitudes, BATCH);
            }

            // Then: the observed variance is that of a sample, larger by n / (n - 1)
            for (int i = 0; i < expected.length; i++) {
                assertThat(actual[i]).isCloseTo(expected[i], within(0.02f));
            }
        }
    }

    @Test
    void inferenceDoesNotDependOnTheRestOfTheBatchAndTrainingDoes() {
        // Given
        UNetConfiguration configuration = tiny(UNetConfiguration.Masking.SIGMOID);
        float[] pair = random(2 * FRAMES * BINS * 2, 4);
        float[] other = random(2 * FRAMES * BINS * 2, 5);
        System.arraycopy(pair, 0, other, 0, pair.length / 2);
        for (int i = pair.length / 2; i < pair.length; i++) {
            other[i] = other[i] * (i % 3);
        }
        int half = FRAMES * BINS * 8;
        try (var training = new TrainingNetwork(configuration, settings(6));
                var inference = new InferenceNetwork(configuration, training.inferenceWeights(training.state()))) {
            // When
            float[] trainingPair = training.masks(pair, 2);
            float[] trainingOther = training.masks(other, 2);
            float[] inferencePair = inference.masks(pair, 2);
            float[] inferenceOther = inference.masks(other, 2);

            // Then
            assertThat(largestDifference(trainingPair, trainingOther, half)).isGreaterThan(1e-4);
            assertThat(largestDifference(inferencePair, inferenceOther, half)).isLessThan(1e-6);
        }
    }

    @Test
    void theLevelOfTheMixtureDoesNotChangeTheMasks() {
        // Given
        UNetConfiguration configuration = tiny(UNetConfiguration.Masking.SOFTMAX);
        float[] soft = magnitudes();
        float[] loud = soft.clone();
        for (int i = 0; i < loud.length; i++) {
            loud[i] *= 100;
        }
        try (var training = new TrainingNetwork(configuration, settings(7));
                var inference = new InferenceNetwork(configuration, training.inferenceWeights(training.state()))) {
            // When
            float[] ofSoft = inference.masks(soft, BATCH);
            float[] ofLoud = inference.masks(loud, BATCH);

            // Then
            assertThat(largestDifference(ofSoft, ofLoud, ofSoft.length)).isLessThan(1e-3);
        }
    }

    @Test
    void silenceHasMasksThatAreNumbers() {
        // Given
        UNetConfiguration configuration = tiny(UNetConfiguration.Masking.SOFTMAX);
        try (var training = new TrainingNetwork(configuration, settings(8));
                var inference = new InferenceNetwork(configuration, training.inferenceWeights(training.state()))) {
            // When
            float[] masks = inference.masks(new float[FRAMES * BINS * 2], 1);

            // Then
            for (float mask : masks) {
                assertThat(mask).isBetween(0f, 1f);
            }
        }
    }

    @Test
    void theSameSeedGivesTheSameWeightsAfterTheSameSteps() {
        // Given
        float[] magnitudes = magnitudes();
        float[] targets = targets(magnitudes);

        // When
        Map<String, float[]> first = trained(magnitudes, targets, 9);
        Map<String, float[]> second = trained(magnitudes, targets, 9);
        Map<String, float[]> third = trained(magnitudes, targets, 10);

        // Then
        first.forEach((name, values) -> assertThat(second.get(name)).as(name).isEqualTo(values));
        assertThat(third.get("down1.kernel")).isNotEqualTo(first.get("down1.kernel"));
    }

    private static Map<String, float[]> trained(float[] magnitudes, float[] targets, long seed) {
        try (var network = new TrainingNetwork(tiny(UNetConfiguration.Masking.SOFTMAX), settings(seed))) {
            for (int step = 0; step < 5; step++) {
                network.learn(magnitudes, targets, BATCH, 1e-2, 1);
            }
            return network.state();
        }
    }

    @Test
    void gradientsBeyondTheLimitAreScaledDown() {
        // Given
        float[] magnitudes = magnitudes();
        float[] targets = targets(magnitudes);
        var configuration = tiny(UNetConfiguration.Masking.SOFTMAX);
        try (var free = new TrainingNetwork(configuration, settings(3));
                var limited = new TrainingNetwork(configuration, new TrainingNetwork.Settings(1e-3, 0.5, 3, 1))) {
            // When
            float norm = free.learn(magnitudes, targets, BATCH, 1e-3, 1).gradientNorm();
            limited.learn(magnitudes, targets, BATCH, 1e-3, 1);

            // Then
            float[] freeMoment = free.state().get("adam.first.head.bias");
            float[] limitedMoment = limited.state().get("adam.first.head.bias");
            for (int i = 0; i < freeMoment.length; i++) {
                assertThat(limitedMoment[i]).isCloseTo(freeMoment[i] * 1e-3f / norm, within(1e-8f));
            }
        }
    }

    private static double largestDifference(float[] a, float[] b, int length) {
        double largest = 0;
        for (int i = 0; i < length; i++) {
            largest = Math.max(largest, Math.abs(a[i] - b[i]));
        }
        return largest;
    }
}
