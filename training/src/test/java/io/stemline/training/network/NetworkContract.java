package io.stemline.training.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stemline.training.batches.Batch;
import io.stemline.training.folder.Configurations;
import io.stemline.training.learning.InferenceNetwork;
import io.stemline.training.learning.LearningProbe;
import io.stemline.training.learning.Optimiser;
import io.stemline.training.learning.TrainingNetwork;
import io.stemline.training.loss.DecibelLoss;
import io.stemline.training.loss.Loss;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What every network has to keep. A network's own test extends this with a tiny configuration and adds what is particular
 * to it.
 */
abstract class NetworkContract {
    private static final int BATCH = 2;

    /**
     * Of finite differences. Over long steps, networks with kinks (the largest of neighbours, rectifiers, cut masks) are
     * no straight lines; over short ones, the loss in single precision hardly changes. A wrong gradient is right at none.
     */
    private static final double[] STEPS = {2e-3, 2e-4, 2e-5};

    /** A configuration that trains in seconds. */
    abstract NetworkConfiguration tiny();

    /** A loss that fits it. */
    Loss loss() {
        return new DecibelLoss();
    }

    /** Trainable weights of the tiny configuration, counted by hand. */
    abstract long weightsByHand();

    /** Whether two draws of what is random give different answers in training. */
    boolean randomInTraining() {
        return false;
    }

    /** Whether training looks at the statistics of the batch. */
    boolean normalisesBatches() {
        return true;
    }

    /** How small the loss of a batch must become that is learned by heart, against that before. */
    double learnedByHeart() {
        return 0.6;
    }

    TrainingNetwork.Settings settings(long seed) {
        return new TrainingNetwork.Settings(Optimiser.adam(), 1e9, 1, 0.5, seed, 1);
    }

    TrainingNetwork network(long seed) {
        return new TrainingNetwork(tiny(), loss(), settings(seed));
    }

    /** Tones that differ from stem to stem, with some noise. */
    final Batch batch(long seed) {
        NetworkInput input = tiny().input();
        int stems = tiny().stems().size();
        int channels = input.channels();
        int length = input.lengthSamples();
        Random random = new Random(seed);
        float[] mixtures = new float[BATCH * channels * length];
        float[] stemSamples = new float[mixtures.length * stems];
        for (int example = 0; example < BATCH; example++) {
            for (int stem = 0; stem < stems; stem++) {
                double cycles = (stem + 1) * (3 + random.nextDouble());
                for (int channel = 0; channel < channels; channel++) {
                    for (int i = 0; i < length; i++) {
                        double value = 0.3 * Math.sin(cycles * i / 32 + stem + channel) + 0.02 * random.nextGaussian();
                        stemSamples[((example * stems + stem) * channels + channel) * length + i] = (float) value;
                        mixtures[(example * channels + channel) * length + i] += (float) value;
                    }
                }
            }
        }
        return new Batch(BATCH, mixtures, stemSamples);
    }

    /** Random values of the input's shape, as the network is fed in inference. */
    final float[] fed(int batch, long seed) {
        Random random = new Random(seed);
        float[] values = new float[Math.toIntExact(tiny().input().shape(batch).size())];
        for (int i = 0; i < values.length; i++) {
            values[i] = tiny().input() instanceof WaveformInput
                    ? 0.3f * (float) random.nextGaussian()
                    : 5 * random.nextFloat();
        }
        return values;
    }

    private int valuesPerExample() {
        return Math.toIntExact(tiny().input().shape(1).size()) * tiny().stems().size();
    }

    /** A configuration as it stands in that of a training run. */
    private record Described(NetworkConfiguration network) {}

    @Test
    void theConfigurationIsReadBackFromItsJson() {
        // Given
        var configurations = Configurations.of(Described.class);
        var written = new Described(tiny());

        // When
        var read = configurations.parse(configurations.toJson(written), "config.json");

        // Then
        assertThat(read).isEqualTo(written);
    }

    @Test
    void thereIsAnAnswerForEveryCellStemAndChannel() {
        // Given
        try (var network = network(1)) {
            var inference = new InferenceNetwork(tiny(), network.inferenceWeights(network.state()));

            // When
            float[] training = LearningProbe.estimates(network, batch(1), 0);
            float[] answer = inference.estimates(fed(BATCH, 1), BATCH);
            inference.close();

            // Then
            assertThat(training).hasSize(BATCH * valuesPerExample());
            assertThat(answer).hasSize(BATCH * valuesPerExample());
            for (float value : answer) {
                assertThat(value).isFinite();
                if (tiny().input() instanceof SpectrumInput) {
                    assertThat(value).isBetween(0f, 1f);
                }
            }
        }
    }

    @Test
    void theNumberOfWeightsIsThatOfTheFormula() {
        // When
        long counted;
        try (var network = network(1)) {
            counted = LearningProbe.trainableWeights(network);
        }

        // Then
        assertThat(tiny().trainableWeights()).isEqualTo(weightsByHand());
        assertThat(counted).isEqualTo(weightsByHand());
    }

    @Test
    void theConfigurationComesBackFromItsText() {
        // Given
        var configurations = Configurations.of(Written.class);

        // When
        String json = configurations.toJson(new Written(tiny()));

        // Then
        assertThat(configurations.parse(json, "network.json").network()).isEqualTo(tiny());
    }

    record Written(NetworkConfiguration network) {}

    @Test
    void gradientsAreThoseOfFiniteDifferences() {
        // Given
        Batch batch = batch(2);
        try (var network = network(5)) {
            // A few steps away from the start, where some gradients are zero.
            for (int step = 0; step < 3; step++) {
                network.learn(List.of(batch), step, 1e-3, 0);
            }
            Map<String, float[]> state = network.state();
            Map<String, float[]> gradients = LearningProbe.gradients(network, batch, 7, 0);
            for (String name : gradients.keySet()) {
                if (name.equals("loss")) {
                    continue;
                }
                float[] direction = gradients.get(name);
                double length = length(direction);
                float[] before = state.get(name);

                // When
                double nearest = Double.POSITIVE_INFINITY;
                for (double step : STEPS) {
                    state.put(name, moved(before, direction, step / Math.max(length, 1e-12)));
                    double up = lossAt(network, state, batch);
                    state.put(name, moved(before, direction, -step / Math.max(length, 1e-12)));
                    double down = lossAt(network, state, batch);
                    double difference = (up - down) / (2 * step);
                    nearest = Math.abs(difference - length) < Math.abs(nearest - length) ? difference : nearest;
                }
                state.put(name, before);

                // Then. A bias in front of a normalisation has no gradient: what is found is the loss's own rounding.
                assertThat(nearest).as(name).isCloseTo(length, within(0.05 * length + 3e-3));
            }
        }
    }

    private static double length(float[] values) {
        double squared = 0;
        for (float value : values) {
            squared += value * value;
        }
        return Math.sqrt(squared);
    }

    private static float[] moved(float[] weights, float[] direction, double step) {
        float[] moved = new float[weights.length];
        for (int i = 0; i < moved.length; i++) {
            moved[i] = (float) (weights[i] + step * direction[i]);
        }
        return moved;
    }

    private static double lossAt(TrainingNetwork network, Map<String, float[]> state, Batch batch) {
        network.restore(state);
        return LearningProbe.gradients(network, batch, 7, 0).get("loss")[0];
    }

    @Test
    void aBatchIsLearnedByHeart() {
        // Given
        Batch batch = batch(3);
        try (var network = network(2)) {
            double before = network.learn(List.of(batch), 0, 1e-2, 0).loss();

            // When
            double after = before;
            for (int step = 1; step < 150; step++) {
                after = network.learn(List.of(batch), step, 1e-2, 0).loss();
            }

            // Then
            assertThat(after).isLessThan(learnedByHeart() * before);
        }
    }

    @Test
    void inferenceDependsOnNothingButItsOwnInput() {
        // Given
        float[] pair = fed(2, 4);
        float[] other = fed(2, 5);
        System.arraycopy(pair, 0, other, 0, pair.length / 2);
        try (var training = network(6);
                var inference = new InferenceNetwork(tiny(), training.inferenceWeights(training.state()))) {
            // When
            float[] first = inference.estimates(pair, 2);
            float[] again = inference.estimates(pair, 2);
            float[] besideOther = inference.estimates(other, 2);

            // Then
            assertThat(again).isEqualTo(first);
            assertThat(largestDifference(first, besideOther, valuesPerExample()))
                    .isLessThan(1e-5);
        }
    }

    @Test
    void trainingUsesTheBatchAndChanceWhereTheNetworkHasThem() {
        // Given
        Batch one = batch(4);
        Batch two = batch(5);
        float[] mixed = two.mixtures().clone();
        System.arraycopy(one.mixtures(), 0, mixed, 0, mixed.length / 2);
        try (var training = network(6)) {
            // When
            float[] answer = LearningProbe.estimates(training, one, 0);
            float[] again = LearningProbe.estimates(training, one, 0);
            float[] otherDraw = LearningProbe.estimates(training, one, 1);
            float[] besideOther = LearningProbe.estimates(training, new Batch(BATCH, mixed, two.stems()), 0);

            // Then
            assertThat(again).isEqualTo(answer);
            assertThat(largestDifference(answer, otherDraw, answer.length) > 1e-5)
                    .isEqualTo(randomInTraining());
            assertThat(largestDifference(answer, besideOther, valuesPerExample()) > 1e-5)
                    .isEqualTo(normalisesBatches());
        }
    }

    @Test
    void silenceHasAnswersThatAreNumbers() {
        // Given
        try (var training = network(8);
                var inference = new InferenceNetwork(tiny(), training.inferenceWeights(training.state()))) {
            // When
            float[] answer = inference.estimates(new float[fed(1, 0).length], 1);

            // Then
            for (float value : answer) {
                assertThat(value).isFinite();
            }
        }
    }

    @Test
    void theSameSeedGivesTheSameWeightsAfterTheSameSteps() {
        // When
        Map<String, float[]> first = trained(9);
        Map<String, float[]> second = trained(9);
        Map<String, float[]> third = trained(10);

        // Then
        first.forEach((name, values) -> assertThat(second.get(name)).as(name).isEqualTo(values));
        assertThat(first.keySet()).isEqualTo(third.keySet());
        assertThat(first.entrySet().stream()
                        .anyMatch(entry -> !java.util.Arrays.equals(entry.getValue(), third.get(entry.getKey()))))
                .isTrue();
    }

    private Map<String, float[]> trained(long seed) {
        try (var network = network(seed)) {
            for (int step = 0; step < 3; step++) {
                network.learn(List.of(batch(1)), step, 1e-2, 0);
            }
            return network.state();
        }
    }

    @Test
    void theExportedNetworkAnswersThroughDjlAsTheSession(@TempDir Path models) throws Exception {
        // Given
        try (var training = network(11);
                var inference = new InferenceNetwork(tiny(), training.inferenceWeights(training.state()))) {
            float[] fed = fed(BATCH, 12);
            float[] expected = inference.estimates(fed, BATCH);
            inference.export(models);

            // When
            float[] actual =
                    DjlSession.answer(models, tiny().input().shape(BATCH).asArray(), fed);

            // Then
            assertThat(actual).hasSameSizeAs(expected);
            for (int i = 0; i < actual.length; i++) {
                assertThat(actual[i]).isCloseTo(expected[i], within(1e-6f));
            }
        }
    }

    static double largestDifference(float[] a, float[] b, int length) {
        double largest = 0;
        for (int i = 0; i < length; i++) {
            largest = Math.max(largest, Math.abs(a[i] - b[i]));
        }
        return largest;
    }
}
