package io.stemline.training.trainer;

import java.time.Duration;
import java.util.Optional;

/**
 * The learning rate over a run: a short rise, then half a cosine down to a hundredth. How far the run has come is the
 * larger of the share of its steps and the share of its time, so that a run with a time limit ends with a small rate too.
 */
final class Schedule {
    private static final double LAST = 0.01;

    private final TrainingConfiguration configuration;
    private final Optional<Duration> timeLimit;

    Schedule(TrainingConfiguration configuration, Optional<Duration> timeLimit) {
        this.configuration = configuration;
        this.timeLimit = timeLimit;
    }

    double progress(int step, Duration elapsed) {
        double ofSteps = (double) step / configuration.steps();
        double ofTime = timeLimit
                .map(limit -> (double) elapsed.toMillis() / limit.toMillis())
                .orElse(0.0);
        return Math.min(1, Math.max(ofSteps, ofTime));
    }

    double learningRate(int step, double progress) {
        double rise = Math.min(1, (step + 1.0) / configuration.warmUpSteps());
        double fall = LAST + (1 - LAST) * 0.5 * (1 + Math.cos(Math.PI * progress));
        return configuration.largestLearningRate() * rise * fall;
    }
}
