package io.stemline.audio.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stemline.audio.picture.Ticks.Tick;
import io.stemline.audio.picture.Ticks.TimeAxis;
import io.stemline.audio.spectrum.MelScale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TicksTest {

    @Test
    void timesAreRoundAndReadAsTheUnitSays() {
        assertThat(labels(Ticks.time(3, 1400, label -> 10.0 * label.length())))
                .startsWith("0.0", "0.2")
                .endsWith("3.0");
        assertThat(Ticks.time(3, 1400, String::length).unit()).isEqualTo("s");
        assertThat(labels(Ticks.time(90, 420, label -> 10.0 * label.length())))
                .containsExactly("0:00", "0:15", "0:30", "0:45", "1:00", "1:15", "1:30");
        assertThat(Ticks.time(90, 420, label -> 10.0 * label.length()).unit()).isEqualTo("min:s");
        assertThat(labels(Ticks.time(7200, 400, label -> 10.0 * label.length())))
                .containsExactly("0:00", "0:30", "1:00", "1:30", "2:00");
        assertThat(Ticks.time(7200, 400, label -> 10.0 * label.length()).unit()).isEqualTo("h:min");
    }

    @Test
    void anEmptyAxisBeginsAtZero() {
        assertThat(labels(Ticks.time(0, 400, String::length))).containsExactly("0");
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-4, 0.1, 1, 10.88, 59.99, 60, 61, 200, 3599, 3600, 7200, 90_000, 3_000_000})
    void labelsNeverRunIntoEachOther(double seconds) {
        // When
        TimeAxis axis = Ticks.time(seconds, 600, label -> 11.0 * label.length());

        // Then
        assertThat(axis.ticks()).hasSizeGreaterThanOrEqualTo(2);
        for (int i = 1; i < axis.ticks().size(); i++) {
            Tick tick = axis.ticks().get(i);
            double distance = (tick.position() - axis.ticks().get(i - 1).position()) / seconds * 600;
            assertThat(distance).isGreaterThan(11.0 * tick.label().length());
        }
    }

    @Test
    void frequenciesStandAtTheirMelPositions() {
        // When
        var ticks = Ticks.frequency(MelScale.slaney(), 22_050, 0.07);

        // Then
        assertThat(ticks)
                .extracting(Tick::label)
                .containsExactly("0 Hz", "500 Hz", "1 kHz", "2 kHz", "4 kHz", "8 kHz", "16 kHz");
        double highest = 15 + 27 * Math.log(22.05) / Math.log(6.4);
        assertThat(ticks.get(1).position()).isCloseTo(7.5 / highest, within(1e-9));
        assertThat(ticks.get(5).position()).isCloseTo((15 + 27 * Math.log(8) / Math.log(6.4)) / highest, within(1e-9));
    }

    @Test
    void signalsBelowTheTelephonesHaveFrequenciesToo() {
        assertThat(Ticks.frequency(MelScale.slaney(), 400, 0.1))
                .extracting(Tick::label)
                .containsExactly("0 Hz", "100 Hz", "200 Hz", "300 Hz", "400 Hz");
        assertThat(Ticks.frequency(MelScale.slaney(), 0.5, 0.1)).isNotEmpty();
    }

    @Test
    void levelsAreStepsOfSixDecibelsBelowTheEdge() {
        // When
        var ticks = Ticks.level(1, 0.2);

        // Then
        assertThat(ticks).extracting(Tick::label).containsExactly("0 dB", "−6 dB", "−12 dB");
        assertThat(ticks.get(1).position()).isCloseTo(0.501187, within(1e-6));
    }

    @Test
    void theAmplitudeScaleIsFullScaleForMusicAndFitsTheRest() {
        assertThat(Ticks.amplitudeScale(0)).isEqualTo(1);
        assertThat(Ticks.amplitudeScale(0.9)).isEqualTo(1);
        assertThat(Ticks.amplitudeScale(1)).isEqualTo(1);
        assertThat(Ticks.amplitudeScale(0.1)).isCloseTo(0.103, within(1e-9));
        assertThat(Ticks.amplitudeScale(1.4)).isCloseTo(1.442, within(1e-9));
    }

    private static java.util.List<String> labels(TimeAxis axis) {
        return axis.ticks().stream().map(Tick::label).toList();
    }
}
