package io.stemline.training.trainer;

import io.stemline.training.batches.Augmentation;
import io.stemline.training.batches.Curriculum;
import io.stemline.training.learning.Optimiser;
import io.stemline.training.loss.Loss;
import io.stemline.training.network.NetworkConfiguration;

/**
 * All that decides what a training run learns from a data set. Two runs with the same configuration and the same number of
 * steps give the same weights on the same machine.
 *
 * @param network what is trained
 * @param loss what is made small
 * @param optimiser how
 * @param schedule with which learning rate
 * @param curriculum which passages of the data set a step may use
 * @param augmentation how they are varied
 * @param batchSize mixtures in a batch
 * @param batchesPerStep whose mean gradient a step uses
 * @param steps length of the run; one that is stopped by the clock goes through its schedule faster
 * @param largestGradientNorm gradients beyond it are scaled down
 * @param averageKeep share of the averaged weights that a step keeps
 * @param validationChunks mixtures held out
 * @param validationEvery steps between validations
 * @param patience validations without a better one after which the run ends; 0 for never
 * @param minDelta decibels by which a validation must be better to count as better
 * @param seed of the weights and of everything random about the batches
 */
public record TrainingConfiguration(
        NetworkConfiguration network,
        Loss loss,
        Optimiser optimiser,
        Schedule schedule,
        Curriculum curriculum,
        Augmentation augmentation,
        int batchSize,
        int batchesPerStep,
        int steps,
        double largestGradientNorm,
        double averageKeep,
        int validationChunks,
        int validationEvery,
        int patience,
        double minDelta,
        long seed) {

    public TrainingConfiguration {
        requireAtLeastOne("batchSize", batchSize);
        requireAtLeastOne("batchesPerStep", batchesPerStep);
        requireAtLeastOne("steps", steps);
        requireAtLeastOne("validationChunks", validationChunks);
        requireAtLeastOne("validationEvery", validationEvery);
        if (!(largestGradientNorm > 0)) {
            throw new IllegalArgumentException(
                    "largestGradientNorm is " + largestGradientNorm + ": it must be above 0");
        }
        if (!(averageKeep >= 0 && averageKeep < 1)) {
            throw new IllegalArgumentException("averageKeep is " + averageKeep + ": it must be at least 0 and below 1");
        }
        if (patience < 0 || !(minDelta >= 0)) {
            throw new IllegalArgumentException(
                    "patience is " + patience + " and minDelta " + minDelta + ": both must be 0 or more");
        }
    }

    private static void requireAtLeastOne(String key, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(key + " is " + value + ": it must be 1 or more");
        }
    }
}
