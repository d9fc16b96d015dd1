package io.stemline.ingest.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class LooksTest {
    private static final Duration INTERVAL = Duration.ofMillis(20);
    private static final Duration SLOW = Duration.ofMillis(200);

    @Test
    void slowLooksAreFollowedByARestOfFourTimesTheirLength() {
        // When
        List<Long> starts = Looks.every(INTERVAL, () -> {
                    long started = System.nanoTime();
                    LockSupport.parkNanos(SLOW.toNanos());
                    return started;
                })
                .select()
                .first(3)
                .collect()
                .asList()
                .await()
                .atMost(Duration.ofSeconds(60));

        // Then
        for (int n = 1; n < starts.size(); n++) {
            assertThat(Duration.ofNanos(starts.get(n) - starts.get(n - 1))).isGreaterThan(SLOW.multipliedBy(4));
        }
    }
}
