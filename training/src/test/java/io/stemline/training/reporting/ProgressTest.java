package io.stemline.training.reporting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stemline.training.reporting.Progress.Moment;
import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgressTest {

    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
    private final PrintWriter out = new PrintWriter(shown, true, StandardCharsets.UTF_8);
    private final AtomicLong nanos = new AtomicLong();

    @Test
    void aLineTellsEverythingThatHasRoom() {
        // Given
        Moment moment = new Moment(500, 2500, 1.23456, 0.002, 1.52, 0.853, 0.1, Duration.ofSeconds(7980));

        // When / Then
        assertThat(moment.line(200))
                .isEqualTo("step  500/2500  20 %  loss 1.2346  2 h 13 min left  1.5 steps/s  rate 2.00e-03"
                        + "  TensorFlow 85 %, waiting 10 %");
        assertThat(moment.line(60)).isEqualTo("step  500/2500  20 %  loss 1.2346  2 h 13 min left");
        assertThat(moment.line(8)).isEqualTo("step  50");
    }

    @ParameterizedTest
    @CsvSource({
        "0.25, 45, 0.00001, 4.0 s/step, 45 s left, 1.000e-05",
        "0, 185, 20000, - steps/s, 3 min 05 s left, 2.000e+04",
        "12, 400000, NaN, 12.0 steps/s, 4 d 15 h left, NaN"
    })
    void figuresOfEverySizeAreReadable(
            double stepsPerSecond, long secondsLeft, double loss, String pace, String left, String lossText) {
        // When
        String line = new Moment(1, 9, loss, 1e-3, stepsPerSecond, 1, 0, Duration.ofSeconds(secondsLeft)).line(200);

        // Then
        assertThat(line)
                .contains("  " + pace + "  ")
                .contains("  " + left + "  ")
                .contains("  loss " + lossText + "  ");
    }

    @Test
    void aTerminalHasOneLineThatIsDrawnOver() {
        // Given
        var progress = Progress.onTerminal(out, 61, nanos::get);

        // When
        progress.stepped(moment(1, 2));
        nanos.addAndGet(Duration.ofMillis(50).toNanos());
        progress.stepped(moment(2, 2));
        nanos.addAndGet(Duration.ofMillis(60).toNanos());
        progress.stepped(moment(3, 2));
        progress.say("validated");
        progress.close();

        // Then: the second step came too early, and what is said takes the line's place
        assertThat(shown.toString(StandardCharsets.UTF_8))
                .isEqualTo("\r\u001b[Kstep  1/99   1 %  loss 2.0000  10 s left  1.0 steps/s"
                        + "\r\u001b[Kstep  3/99   3 %  loss 2.0000  10 s left  1.0 steps/s"
                        + "\r\u001b[Kvalidated" + System.lineSeparator());
    }

    @Test
    void outputThatGoesToAFileHasALineNowAndThenAndTheLast() {
        // Given
        var progress = Progress.inLines(out, Duration.ofSeconds(10), nanos::get);

        // When: a step a second
        for (int step = 1; step <= 99; step++) {
            progress.stepped(moment(step, 2));
            nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        }
        progress.close();

        // Then
        assertThat(shown.toString(StandardCharsets.UTF_8).lines())
                .hasSize(11)
                .startsWith(moment(1, 2).line(1000), moment(11, 2).line(1000))
                .endsWith(moment(99, 2).line(1000))
                .noneMatch(line -> line.contains("\u001b"));
    }

    @Test
    void theLossIsSmoothedAndOneThatIsNoNumberShows() {
        // Given
        var loss = new Smoothed();

        // When
        loss.add(4);
        loss.add(2);
        double mean = loss.value();
        loss.add(Double.NaN);
        double broken = loss.value();
        loss.add(3);

        // Then: weights 0.98 and 1, as if there had been nothing before
        assertThat(mean).isCloseTo((0.98 * 4 + 2) / 1.98, within(1e-12));
        assertThat(broken).isNaN();
        assertThat(loss.value()).isBetween(2.9, 3.1);
    }

    private static Moment moment(int step, double loss) {
        return new Moment(step, 99, loss, 1e-3, 1, 0.5, 0.1, Duration.ofSeconds(10));
    }
}
