package io.stemline.pipeline.queue;

import java.time.Duration;

/**
 * How long to wait between one try and the next: twice as long each time, up to a longest pause.
 *
 * @param first pause before the second try
 * @param longest no pause is longer
 * @param total no try starts later than this after the first failure; zero for no second try
 */
public record Backoff(Duration first, Duration longest, Duration total) {

    public Backoff {
        if (first.isNegative() || first.isZero() || longest.compareTo(first) < 0 || total.isNegative()) {
            throw new IllegalArgumentException(
                    "backoff: pauses must be positive, the longest no shorter than the first, the total not negative");
        }
    }

    /** From half a second to half a minute, for five minutes. */
    public static Backoff defaults() {
        return new Backoff(Duration.ofMillis(500), Duration.ofSeconds(30), Duration.ofMinutes(5));
    }

    /** The pause after {@code pause}. */
    Duration after(Duration pause) {
        Duration doubled = pause.multipliedBy(2);
        return doubled.compareTo(longest) < 0 ? doubled : longest;
    }
}
