package io.stemline.training.trainer;

/** Steps per second, with more weight on the latest. */
final class Pace {
    private static final double KEEP = 0.95;

    private long lastNanos = System.nanoTime();
    private double secondsPerStep;

    void stepped() {
        long now = System.nanoTime();
        double seconds = (now - lastNanos) / 1e9;
        lastNanos = now;
        secondsPerStep = secondsPerStep == 0 ? seconds : KEEP * secondsPerStep + (1 - KEEP) * seconds;
    }

    double stepsPerSecond() {
        return secondsPerStep == 0 ? 0 : 1 / secondsPerStep;
    }
}
