package io.stemline.training.trainer;

import io.stemline.training.batches.Batch;
import java.time.Duration;
import java.util.Map;

/** Hears how a run goes. */
public interface TrainingListener {

    /**
     * A step.
     *
     * @param number from 1
     * @param loss of the step's batches
     * @param gradientNorm before it was limited
     * @param learningRate with which it learned
     * @param stepsPerSecond lately
     * @param insideShare of the time so far that was spent inside TensorFlow, validations left out
     * @param waitingShare of that time that was spent waiting for batches
     * @param elapsed time of the run, over interruptions
     * @param left an estimate of the time to the end
     */
    record Stepped(
            long number,
            double loss,
            double gradientNorm,
            double learningRate,
            double stepsPerSecond,
            double insideShare,
            double waitingShare,
            Duration elapsed,
            Duration left) {}

    /**
     * A validation.
     *
     * @param step after which it was
     * @param byStemDb figure of each stem, see {@link io.stemline.training.learning.Yardstick}
     * @param meanDb over the stems
     * @param best whether it is the best so far
     * @param weights that were measured, for an inference network
     */
    record Validated(
            long step,
            Map<String, Double> byStemDb,
            double meanDb,
            boolean best,
            Duration elapsed,
            Map<String, float[]> weights) {}

    void stepped(Stepped step);

    void validated(Validated validation);

    /** Whether to hear how the validation mixtures of the best weights so far sound now. */
    default boolean wantsToHear(Validated validation) {
        return false;
    }

    /**
     * After a validation, if it was wanted.
     *
     * @param batch validation mixtures with their stems
     * @param estimates samples of the network's stems, {@code [batch][stem][channel][frame]}, flat
     */
    default void separated(Validated validation, Batch batch, float[] estimates) {}
}
