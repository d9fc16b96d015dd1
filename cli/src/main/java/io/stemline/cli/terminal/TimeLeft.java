package io.stemline.cli.terminal;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;

/**
 * Estimates when work will be done from how fast it went lately. What was done at a stroke at the beginning, because it was
 * there already, does not count for long.
 */
public final class TimeLeft {

    private static final Duration LATELY = Duration.ofSeconds(60);
    private static final Duration ENOUGH_TO_TELL = Duration.ofSeconds(3);

    private final ArrayDeque<Sight> sights = new ArrayDeque<>();

    private record Sight(long nanos, double done) {}

    /**
     * Takes note of how much is done at an instant, and estimates.
     *
     * @param nanos the instant, as of {@link System#nanoTime}
     * @param done work done
     * @param total all work, in the same unit
     * @return the time left; empty while there is too little to tell from
     */
    public Optional<Duration> at(long nanos, double done, double total) {
        sights.addLast(new Sight(nanos, done));
        while (nanos - sights.getFirst().nanos() > LATELY.toNanos()) {
            sights.removeFirst();
        }
        Sight first = sights.getFirst();
        double progress = done - first.done();
        long elapsed = nanos - first.nanos();
        if (elapsed < ENOUGH_TO_TELL.toNanos() || progress <= 0) {
            return Optional.empty();
        }
        return Optional.of(Duration.ofNanos((long) (elapsed * Math.max(0, total - done) / progress)));
    }
}
