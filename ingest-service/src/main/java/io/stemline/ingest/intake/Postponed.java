package io.stemline.ingest.intake;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Entries that could not be taken in for a reason that may pass: each is left alone for a while, twice as long every time, so that it
 * holds up no other. Known to this process alone; another one finds out by itself.
 */
final class Postponed {
    static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    /** What has not passed by then does not pass by itself. */
    static final Duration PATIENCE = Duration.ofHours(1);

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

    private final InstantSource clock;
    private final Map<String, Wait> waits = new HashMap<>();

    private record Wait(Instant since, Duration pause, Instant until) {
        static Wait first(Instant now) {
            return new Wait(now, FIRST_PAUSE, now.plus(FIRST_PAUSE));
        }

        Wait longer(Instant now) {
            Duration twice = pause.multipliedBy(2);
            Duration next = twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
            return new Wait(since, next, now.plus(next));
        }
    }

    Postponed(InstantSource clock) {
        this.clock = clock;
    }

    /** Ids of the entries that are to be left alone just now. */
    synchronized Set<String> now() {
        Instant now = clock.instant();
        return waits.entrySet().stream()
                .filter(wait -> wait.getValue().until().isAfter(now))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** Postpones an entry once more; whether it has been tried for so long that it is to be given up. */
    synchronized boolean add(String itemId) {
        Instant now = clock.instant();
        Wait wait = waits.merge(itemId, Wait.first(now), (before, first) -> before.longer(now));
        return Duration.between(wait.since(), now).compareTo(PATIENCE) >= 0;
    }

    synchronized void forget(String itemId) {
        waits.remove(itemId);
    }
}
