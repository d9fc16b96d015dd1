package io.stemline.training.trainer;

import java.time.Duration;

/** Steps per second, with more weight on the latest, and where the time of the steps went. */
final class Pace {
    private static final double KEEP = 0.95;

    private long startedNanos;
    private double secondsPerStep;
    private double secondsOfSteps;
    private double secondsInside;

    void started() {
        startedNanos = System.nanoTime();
    }

    void stepped(double inside) {
        double seconds = (System.nanoTime() - startedNanos) / 1e9;
        secondsPerStep = secondsPerStep == 0 ? seconds : KEEP * secondsPerStep + (1 - KEEP) * seconds;
        secondsOfSteps += seconds;
        secondsInside += inside;
    }

    double stepsPerSecond() {
        return secondsPerStep == 0 ? 0 : 1 / secondsPerStep;
    }

    /** Share of the time of all steps that was spent inside TensorFlow. */
    double insideShare() {
        return secondsOfSteps == 0 ? 0 : secondsInside / secondsOfSteps;
    }

    /** Share of the time of all steps that a duration is. */
    double share(Duration spent) {
        return secondsOfSteps == 0 ? 0 : spent.toNanos() / 1e9 / secondsOfSteps;
    }
}
