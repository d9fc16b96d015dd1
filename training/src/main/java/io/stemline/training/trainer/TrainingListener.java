package io.stemline.training.trainer;

import java.time.Duration;
import java.util.Map;

/** Hears how a run goes. */
public interface TrainingListener {

    /**
     * After a step.
     *
     * @param loss of the step's batch
     * @param learningRate with which it learned
     * @param stepsPerSecond lately
     * @param left an estimate of the time to the end
     */
    void stepped(int step, double loss, double learningRate, double stepsPerSecond, Duration left);

    /**
     * After a validation.
     *
     * @param byStemDb error of each stem in decibels below its mixture
     * @param best whether it is the best so far
     */
    void validated(int step, Map<String, Double> byStemDb, double meanDb, boolean best);
}
