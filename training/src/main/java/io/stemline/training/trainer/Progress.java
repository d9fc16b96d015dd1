package io.stemline.training.trainer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How far a run has come, by its steps, its clock and its validations. */
final class Progress {
    private final TrainingConfiguration configuration;
    private final Optional<Duration> timeLimit;
    private final Duration before;
    private final long startedNanos = System.nanoTime();
    private final List<Double> validations;
    private long step;

    Progress(TrainingConfiguration configuration, Optional<Duration> timeLimit, Optional<Checkpoint> checkpoint) {
        this.configuration = configuration;
        this.timeLimit = timeLimit;
        before = checkpoint.map(Checkpoint::elapsed).orElse(Duration.ZERO);
        step = checkpoint.map(Checkpoint::step).orElse(0L);
        validations = new ArrayList<>(checkpoint.map(Checkpoint::validations).orElse(List.of()));
    }

    long step() {
        return step;
    }

    void stepped() {
        step++;
    }

    List<Double> validations() {
        return validations;
    }

    /** Adds a validation; true if it is the best so far. */
    boolean validated(double meanDb) {
        boolean best = validations.stream().allMatch(earlier -> meanDb < earlier);
        validations.add(meanDb);
        return best;
    }

    double bestDb() {
        return validations.stream().mapToDouble(validation -> validation).min().orElse(Double.POSITIVE_INFINITY);
    }

    Duration elapsed() {
        return before.plusNanos(System.nanoTime() - startedNanos);
    }

    /** From 0 to 1: the larger of the share of the steps and the share of the time. */
    double share() {
        double ofSteps = (double) step / configuration.steps();
        double ofTime = timeLimit
                .map(limit -> (double) elapsed().toMillis() / limit.toMillis())
                .orElse(0.0);
        return Math.min(1, Math.max(ofSteps, ofTime));
    }

    /** Whether validations have stopped getting better for as long as the configuration's patience lasts. */
    boolean outOfPatience() {
        if (configuration.patience() == 0) {
            return false;
        }
        double best = Double.POSITIVE_INFINITY;
        int waited = 0;
        for (double validation : validations) {
            boolean better = validation < best - configuration.minDelta();
            waited = better ? 0 : waited + 1;
            best = better ? validation : best;
        }
        return waited >= configuration.patience();
    }

    boolean atItsEnd() {
        return share() >= 1 || outOfPatience();
    }

    double learningRate() {
        return configuration.schedule().rate(step, share(), validations);
    }

    Duration left(double stepsPerSecond) {
        double bySteps = stepsPerSecond > 0 ? (configuration.steps() - step) / stepsPerSecond : Double.MAX_VALUE;
        double byTime = timeLimit
                .map(limit -> limit.minus(elapsed()).toMillis() / 1000.0)
                .orElse(Double.MAX_VALUE);
        return Duration.ofSeconds((long) Math.max(0, Math.min(bySteps, byTime)));
    }
}
