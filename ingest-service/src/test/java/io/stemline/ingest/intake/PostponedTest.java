package io.stemline.ingest.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PostponedTest {
    private Instant now = Instant.EPOCH;
    private final Postponed postponed = new Postponed(() -> now);

    @Test
    void anEntryIsLeftAloneForTwiceAsLongEachTimeAndNeverForMoreThanAMinute() {
        for (long seconds : new long[] {1, 2, 4, 8, 16, 32, 60, 60}) {
            // When
            assertThat(postponed.add("a")).isFalse();

            // Then
            now = now.plusSeconds(seconds).minusMillis(1);
            assertThat(postponed.now()).containsExactly("a");
            now = now.plusMillis(1);
            assertThat(postponed.now()).isEmpty();
        }
    }

    @Test
    void entriesWaitEachForThemselves() {
        // Given
        postponed.add("a");
        now = now.plusSeconds(1);

        // When
        postponed.add("b");

        // Then
        assertThat(postponed.now()).containsExactly("b");
    }

    @Test
    void anEntryIsGivenUpAfterAnHour() {
        // Given
        postponed.add("a");

        // When
        now = now.plus(Postponed.PATIENCE).minus(Duration.ofSeconds(1));
        boolean before = postponed.add("a");
        now = now.plus(Postponed.LONGEST_PAUSE);
        boolean after = postponed.add("a");

        // Then
        assertThat(before).isFalse();
        assertThat(after).isTrue();
    }

    @Test
    void anEntryThatWasTakenInBeginsAnew() {
        // Given
        postponed.add("a");
        postponed.add("a");

        // When
        postponed.forget("a");
        postponed.add("a");

        // Then
        now = now.plusSeconds(1);
        assertThat(postponed.now()).isEmpty();
    }
}
