package io.stemline.training.trainer;

import io.stemline.training.batches.Augmentation;
import io.stemline.training.batches.Curriculum;
import io.stemline.training.folder.Setting;
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
        @Setting(doc = "what is trained") NetworkConfiguration network,
        @Setting(doc = "what is made small") Loss loss,
        @Setting(doc = "how gradients change weights") Optimiser optimiser,
        @Setting(doc = "the learning rate over a run") Schedule schedule,

        @Setting(doc = "which passages of the data set a step may use")
        Curriculum curriculum,

        @Setting(doc = "how passages are varied") Augmentation augmentation,
        @Setting(doc = "mixtures in a batch", min = 1) int batchSize,

        @Setting(doc = "batches whose mean gradient a step uses", min = 1, alsoCalled = "gradient_accumulation")
        int batchesPerStep,

        @Setting(
                doc = "length of a run; one that is stopped by the clock goes through its schedule faster",
                min = 1,
                alsoCalled = "max_steps")
        int steps,

        @Setting(doc = "gradients beyond it are scaled down", above = 0, alsoCalled = "max_grad_norm")
        double largestGradientNorm,

        @Setting(doc = "share of the averaged weights that a step keeps", min = 0, below = 1, alsoCalled = "ema")
        double averageKeep,

        @Setting(doc = "mixtures held out for validation", min = 1)
        int validationChunks,

        @Setting(doc = "steps between validations", min = 1) int validationEvery,

        @Setting(
                doc = "validations without a better one after which a run ends; 0 for never",
                min = 0,
                alsoCalled = "stop_patience")
        int patience,

        @Setting(
                doc = "by how much a validation must be better to count as better",
                unit = "dB",
                min = 0,
                alsoCalled = "min_delta")
        double minDelta,

        @Setting(doc = "of the first weights and of everything random")
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

    /** The same with another loss, optimiser and schedule. */
    public TrainingConfiguration with(Loss otherLoss, Optimiser otherOptimiser, Schedule otherSchedule) {
        return new TrainingConfiguration(
                network,
                otherLoss,
                otherOptimiser,
                otherSchedule,
                curriculum,
                augmentation,
                batchSize,
                batchesPerStep,
                steps,
                largestGradientNorm,
                averageKeep,
                validationChunks,
                validationEvery,
                patience,
                minDelta,
                seed);
    }

    private static void requireAtLeastOne(String key, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(key + " is " + value + ": it must be 1 or more");
        }
    }
}
