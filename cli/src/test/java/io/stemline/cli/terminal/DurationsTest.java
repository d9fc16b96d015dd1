package io.stemline.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DurationsTest {

    @ParameterizedTest
    @CsvSource({"0.2, 0:00.2", "9.94, 0:09.9", "9.96, 0:10", "59.6, 1:00", "185, 3:05", "2400, 40:00", "3723, 1:02:03"})
    void lengthsReadAsOnAPlayer(double seconds, String expected) {
        // When
        String text = Durations.length(seconds);

        // Then
        assertThat(text).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"840, 0.8 s", "9960, 10 s", "59400, 59 s", "59600, 1:00", "185000, 3:05", "3723000, 1:02:03"})
    void workReadsInSecondsAtFirst(long milliseconds, String expected) {
        // When
        String text = Durations.work(Duration.ofMillis(milliseconds));

        // Then
        assertThat(text).isEqualTo(expected);
    }
}
