package io.stemline.training.trainer;

import io.stemline.training.examples.Augmentation;
import io.stemline.training.examples.Curriculum;
import io.stemline.training.examples.SpectrumSettings;
import io.stemline.training.network.NetworkConfiguration;
import io.stemline.training.network.UNetConfiguration;
import java.util.List;

/**
 * All that decides what a training run learns. Two runs with the same configuration and the same number of steps give the
 * same weights on the same machine.
 *
 * @param batchSize mixtures in a step
 * @param steps length of the schedule; a run that is stopped by the clock goes through it faster
 * @param largestLearningRate reached after the warm-up
 * @param warmUpSteps in which the learning rate rises
 * @param decibelStep the step from which on the loss is in decibels
 * @param largestGradientNorm gradients beyond it are scaled down
 * @param averageKeep share of the averaged weights that a step keeps
 * @param validationSeed seed of the first song held out for validation
 * @param validationChunks mixtures held out
 * @param validationEvery steps between validations
 * @param seed of the weights and of everything random about the batches
 */
public record TrainingConfiguration(
        NetworkConfiguration network,
        SpectrumSettings spectrum,
        Curriculum curriculum,
        Augmentation augmentation,
        int batchSize,
        int steps,
        double largestLearningRate,
        int warmUpSteps,
        int decibelStep,
        double largestGradientNorm,
        double averageKeep,
        long validationSeed,
        int validationChunks,
        int validationEvery,
        long seed) {

    private static final List<String> STEMS = List.of("vocals", "drums", "bass", "other");

    /** Songs with seeds from here on are kept for scores on model cards; no run trains or validates on them. */
    public static final long FIRST_TEST_SEED = 9_000_000;

    /** A four-stem U-Net of 1.5 million weights that trains in well under an hour on two cores. */
    public static TrainingConfiguration standard() {
        return new TrainingConfiguration(
                new UNetConfiguration(
                        128, 768, 2, STEMS, List.of(8, 16, 32, 64, 96, 128), 5, 0.3, UNetConfiguration.Masking.SOFTMAX),
                new SpectrumSettings(4096, 1024, 768),
                new Curriculum(1_000_000, 12, 8, 32, 0.12),
                Augmentation.standard(),
                4,
                2500,
                2e-3,
                30,
                200,
                1,
                0.99,
                8_000_000,
                16,
                50,
                1);
    }
}
