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
import io.stemline.training.network.Clustering.Assignment;
import io.stemline.training.network.RecurrentStack.Normalisation;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DeepClusteringTest extends NetworkContract {
    private static final int CHANNELS = 2;
    private static final int CELLS = 5 * 11;
    private static final int DIMENSION = 4;
    private static final SpectrumInput INPUT = new SpectrumInput(8000, CHANNELS, 32, 8, 32, 11, 5);
    private static final List<String> STEMS = List.of("vocals", "drums", "other");
    private static final RecurrentStack STACK = new RecurrentStack(0, Normalisation.BATCH, 1, 6, 0);

    private static DeepClusteringConfiguration tiny(Assignment assignment) {
        return new DeepClusteringConfiguration(INPUT, STEMS, STACK, DIMENSION, new Clustering(3, assignment, 10));
    }

    @Override
    NetworkConfiguration tiny() {
        return tiny(Assignment.SOFT);
    }

    @Override
    Loss loss() {
        return new DeepClusteringLoss(DeepClusteringLoss.Weighting.MAGNITUDE);
    }

    @Override
    long weightsByHand() {
        return 11 + 11 + 2 * ((22 + 6) * 24 + 24) + (12 + 1) * 11 * 4;
    }

    @Test
    void masksAreNamedAfterTheStemsWhoseEmbeddingsTrainingSaw() {
        for (Assignment assignment : Assignment.values()) {
            // Given
            Batch batch = batch(3);
            try (var training = new TrainingNetwork(tiny(assignment), loss(), settings(2))) {
                for (int step = 0; step < 150; step++) {
                    training.learn(List.of(batch), step, 1e-2, 0);
                }
                // A rate of zero changes no weight, so statistics arrive where the batch stands.
                for (int step = 0; step < 300; step++) {
                    training.learn(List.of(batch), step, 0, 0);
                }

                // When
                double[] shares = sharesOfTheLoudest(training, assignment, batch);

                // Then
                for (double share : shares) {
                    assertThat(share).isGreaterThan(0.8);
                }
            }
        }
    }

    /** For each stem, how much of the mixture's magnitudes its mask takes where it is the loudest. */
    private static double[] sharesOfTheLoudest(TrainingNetwork training, Assignment assignment, Batch batch) {
        float[] mixture = LearningProbe.fed(training, batch);
        float[] masks;
        try (var inference = new InferenceNetwork(tiny(assignment), training.inferenceWeights(training.state()))) {
            masks = inference.estimates(mixture, batch.size());
        }
        int[] loudest = loudest(training, batch);
        double[] taken = new double[STEMS.size()];
        double[] whole = new double[STEMS.size()];
        for (int cell = 0; cell < loudest.length; cell++) {
            int stem = loudest[cell];
            for (int channel = 0; channel < CHANNELS; channel++) {
                double magnitude = mixture[cell * CHANNELS + channel];
                taken[stem] += magnitude * masks[(cell * STEMS.size() + stem) * CHANNELS + channel];
                whole[stem] += magnitude;
            }
        }
        for (int stem = 0; stem < STEMS.size(); stem++) {
            taken[stem] /= whole[stem];
        }
        return taken;
    }

    /** The stem with the most energy in each cell, by feeding stem after stem as if it were a mixture. */
    private static int[] loudest(TrainingNetwork training, Batch batch) {
        int[] loudest = new int[batch.size() * CELLS];
        double[] most = new double[loudest.length];
        for (int stem = 0; stem < STEMS.size(); stem++) {
            float[] magnitudes = LearningProbe.fed(training, alone(batch, stem));
            for (int cell = 0; cell < loudest.length; cell++) {
                double energy = 0;
                for (int channel = 0; channel < CHANNELS; channel++) {
                    energy += Math.pow(magnitudes[cell * CHANNELS + channel], 2);
                }
                if (energy > most[cell]) {
                    most[cell] = energy;
                    loudest[cell] = stem;
                }
            }
        }
        return loudest;
    }

    private static Batch alone(Batch batch, int stem) {
        int example = CHANNELS * INPUT.lengthSamples();
        float[] samples = new float[batch.size() * example];
        for (int i = 0; i < batch.size(); i++) {
            System.arraycopy(batch.stems(), (i * STEMS.size() + stem) * example, samples, i * example, example);
        }
        return new Batch(batch.size(), samples, batch.stems());
    }

    @Test
    void attractorsOfStemsThatAreNowhereTheLoudestStay() {
        // Given: the last stem is silent
        Batch batch = batch(4);
        float[] stems = batch.stems().clone();
        int example = CHANNELS * INPUT.lengthSamples();
        for (int i = 0; i < batch.size(); i++) {
            int silent = (i * STEMS.size() + 2) * example;
            Arrays.fill(stems, silent, silent + example, 0);
        }
        Batch withoutOther = new Batch(batch.size(), batch.mixtures(), stems);
        try (var training = network(5)) {
            float[] before = training.state().get("attractors");

            // When
            for (int step = 0; step < 20; step++) {
                training.learn(List.of(withoutOther), step, 1e-2, 0);
            }

            // Then
            float[] after = training.state().get("attractors");
            for (int stem = 0; stem < STEMS.size(); stem++) {
                double moved = 0;
                for (int i = stem * DIMENSION; i < (stem + 1) * DIMENSION; i++) {
                    moved = Math.max(moved, Math.abs(after[i] - before[i]));
                }
                if (stem == 2) {
                    assertThat(moved).isLessThan(1e-6);
                } else {
                    assertThat(moved).isGreaterThan(0.02);
                }
            }
        }
    }

    @Test
    void hardMasksGiveEveryCellToOneStemAndSoftOnesShareIt() {
        // Given
        float[] mixture = fed(2, 6);
        try (var training = network(7)) {
            Map<String, float[]> weights = training.inferenceWeights(training.state());
            try (var soft = new InferenceNetwork(tiny(Assignment.SOFT), weights);
                    var hard = new InferenceNetwork(tiny(Assignment.HARD), weights)) {
                // When
                float[] softMasks = soft.estimates(mixture, 2);
                float[] hardMasks = hard.estimates(mixture, 2);

                // Then
                assertThat(hardMasks).containsOnly(0, 1);
                for (int cell = 0; cell < softMasks.length; cell += STEMS.size() * CHANNELS) {
                    for (int channel = 0; channel < CHANNELS; channel++) {
                        assertThat(sum(softMasks, cell + channel)).isCloseTo(1, within(1e-5f));
                        assertThat(sum(hardMasks, cell + channel)).isEqualTo(1);
                    }
                }
            }
        }
    }

    private static float sum(float[] masks, int first) {
        return masks[first] + masks[first + CHANNELS] + masks[first + 2 * CHANNELS];
    }

    @Test
    void softMasksCanBeTrainedAsWellAndRepeatably() {
        // Given
        Batch batch = batch(3);
        double[] last = new double[2];
        for (int run = 0; run < 2; run++) {
            try (var training = new TrainingNetwork(tiny(), new DecibelLoss(), settings(2))) {
                double first = training.learn(List.of(batch), 0, 1e-2, 0).loss();

                // When
                for (int step = 1; step < 100; step++) {
                    last[run] = training.learn(List.of(batch), step, 1e-2, 0).loss();
                }

                // Then
                assertThat(last[run]).isLessThan(0.8 * first);
            }
        }
        assertThat(last[1]).isEqualTo(last[0]);
    }

    @Test
    void settingsThatMakeNoSenseAreRefusedWithASentenceThatNamesTheKey() {
        assertThatThrownBy(() ->
                        new DeepClusteringConfiguration(INPUT, List.of("vocals"), STACK, 4, Clustering.defaults()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("stems is [vocals]: ");
        assertThatThrownBy(() -> new DeepClusteringConfiguration(INPUT, STEMS, STACK, 2, Clustering.defaults()))
                .hasMessageStartingWith("dimension is 2: ");
        assertThatThrownBy(() -> new Clustering(-1, Assignment.SOFT, 10)).hasMessageStartingWith("iterations is -1: ");
        assertThatThrownBy(() -> new Clustering(5, Assignment.SOFT, 0)).hasMessageStartingWith("sharpness is 0.0: ");
    }

    @Test
    void theDefaultsAreFourLayersOfThreeHundredWithTwentyDimensions() {
        // When
        var configuration =
                DeepClusteringConfiguration.defaults(new SpectrumInput(8000, 1, 256, 64, 256, 129, 400), STEMS);

        // Then
        long first = 2 * (4 * 300L) * (129 + 300 + 1);
        long others = 3 * 2 * (4 * 300L) * (600 + 300 + 1);
        assertThat(configuration.trainableWeights()).isEqualTo(2 * 129 + first + others + 601 * 20 * 129);
    }
}
