package io.stemline.bsseval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class InputErrorsTest {
    private static final BssEvalSettings WHOLE =
            BssEvalSettings.wholeSignal().withFilterLength(4).withParallelism(1);
    private static final Signal DRUMS = noise(1, 100).named("drums");
    private static final Signal BASS = noise(1, 100).named("bass");

    @Test
    void referencesOfDifferentLengthsAreNamed() {
        assertError(
                List.of(DRUMS, noise(1, 90).named("bass")),
                List.of(DRUMS, BASS),
                "Reference 2 (bass) has 90 frames, but reference 1 (drums) has 100; references must have the same length.");
    }

    @Test
    void monoAgainstStereoIsNamed() {
        assertError(
                List.of(DRUMS),
                List.of(noise(2, 100)),
                "Estimate 1 is stereo, but reference 1 (drums) is mono; all signals must have the same channels.");
    }

    @Test
    void samplesThatAreNoNumbersAreNamedWithTheirPlace() {
        var broken = samples(2, 100);
        broken[1][42] = Double.NaN;
        assertError(
                List.of(noise(2, 100)),
                List.of(Signal.of(broken).named("vocals")),
                "Estimate 1 (vocals) is NaN at frame 42 of channel 2; samples must be finite numbers.");
        broken[1][42] = Double.NEGATIVE_INFINITY;
        assertError(
                List.of(Signal.of(broken)),
                List.of(noise(2, 100)),
                "Reference 1 is infinite at frame 42 of channel 2; samples must be finite numbers.");
    }

    @Test
    void aSystemTooLargeForTheMemoryIsRefusedBeforeItIsMade() {
        assertThatThrownBy(
                        () -> BssEval.v4(List.of(DRUMS, BASS), List.of(DRUMS, BASS), WHOLE.withFilterLength(1_000_000)))
                .isInstanceOf(ScoringException.class)
                .hasMessageMatching(
                        "2 sources of 1 channels with filters of 1000000 taps make a system whose factor takes"
                                + " 16000\\.0 GB, and this process may take [0-9.]+ GB; choose shorter filters or give it more memory\\.");
    }

    @Test
    void anEmptySignalIsNamed() {
        assertError(List.of(DRUMS), List.of(Signal.of(new double[0])), "Estimate 1 is empty (1 channels of 0 frames).");
    }

    @Test
    void aWholeSilentSourceIsNamed() {
        assertError(
                List.of(DRUMS, BASS),
                List.of(DRUMS, Signal.of(new double[100]).named("bass")),
                "Estimate 2 (bass) is silent throughout, so it cannot be scored.");
    }

    @Test
    void oppositeChannelsCountAsSilent() {
        var left = samples(1, 100)[0];
        var right = Arrays.stream(left).map(x -> -x).toArray();
        assertError(
                List.of(Signal.of(left, right)),
                List.of(noise(2, 100)),
                "Reference 1 is silent throughout, so it cannot be scored.");
    }

    @Test
    void moreThanAHundredSourcesAreRefused() {
        assertError(
                Collections.nCopies(101, DRUMS),
                Collections.nCopies(101, DRUMS),
                "There are 101 references, and at most 100 sources can be scored together.");
    }

    @Test
    void differentNumbersOfReferencesAndEstimatesAreRefused() {
        assertError(
                List.of(DRUMS, BASS),
                List.of(DRUMS),
                "There are 2 references but 1 estimates; each reference needs its estimate.");
    }

    @Test
    void aWindowLongerThanTheSignalIsRefused() {
        assertThatThrownBy(() -> BssEval.v4(List.of(DRUMS), List.of(BASS), WHOLE.withWindow(101, 101)))
                .isInstanceOf(ScoringException.class)
                .hasMessage("The window of 101 frames is longer than the references, which have 100; "
                        + "choose a shorter window or the whole signal.");
    }

    @Test
    void version3ScoresTheWholeSignalWhereFewerThanTwoWindowsFitAndSaysSo() {
        // When
        var result = BssEval.v3Images(List.of(DRUMS), List.of(BASS), WHOLE.withWindow(80, 40));

        // Then
        assertThat(result.windows()).containsExactly(new Window(0, 100));
        assertThat(result.warnings()).extracting(ScoreWarning::kind).containsExactly(ScoreWarning.Kind.WHOLE_SIGNAL);
    }

    @Test
    void settingsBelowOneAreRefused() {
        assertThatThrownBy(() -> WHOLE.withFilterLength(0))
                .isInstanceOf(ScoringException.class)
                .hasMessage("The filter length must be at least 1, but is 0.");
    }

    private static void assertError(List<Signal> references, List<Signal> estimates, String message) {
        assertThatThrownBy(() -> BssEval.v4(references, estimates, WHOLE))
                .isInstanceOf(ScoringException.class)
                .hasMessage(message);
        assertThatThrownBy(() -> BssEval.v3Sources(references, estimates, WHOLE))
                .isInstanceOf(ScoringException.class)
                .hasMessage(message);
    }

    private static Signal noise(int channels, int frames) {
        return Signal.of(samples(channels, frames));
    }

    private static double[][] samples(int channels, int frames) {
        var random = new Random(channels + frames);
        var samples = new double[channels][frames];
        for (var channel : samples) {
            Arrays.setAll(channel, n -> random.nextGaussian());
        }
        return samples;
    }
}
