package io.stemline.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class TimeLeftTest {

    private static final long SECOND = 1_000_000_000L;

    @Test
    void steadyWorkIsForetoldExactly() {
        // Given
        var timeLeft = new TimeLeft();
        timeLeft.at(0, 0, 100);

        // When
        var left = timeLeft.at(10 * SECOND, 20, 100);

        // Then
        assertThat(left).contains(Duration.ofSeconds(40));
    }

    @Test
    void nothingIsForetoldFromALookOrTwo() {
        // Given
        var timeLeft = new TimeLeft();
        timeLeft.at(0, 0, 100);

        // When
        var left = timeLeft.at(SECOND, 20, 100);

        // Then
        assertThat(left).isEmpty();
    }

    @Test
    void whatWasThereAtTheBeginningIsForgottenAfterAMinute() {
        // Given
        var timeLeft = new TimeLeft();
        timeLeft.at(0, 0, 1000);
        timeLeft.at(SECOND, 500, 1000);
        for (int second = 2; second <= 61; second++) {
            timeLeft.at(second * SECOND, 500 + (second - 1), 1000);
        }

        // When
        var left = timeLeft.at(62 * SECOND, 561, 1000);

        // Then
        assertThat(left).contains(Duration.ofSeconds(439));
    }
}
