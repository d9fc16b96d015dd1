package io.stemline.trainer.trials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stemline.trainer.trials.TrialScores.Track;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VerdictTest {
    private static final Verdict.Rules RULES = new Verdict.Rules("SI-SDR", 3, 0.3);
    private static final List<String> STEMS = List.of("other", "vocals");

    private final List<Track> tracks = new ArrayList<>();

    @Test
    void aCandidateThatIsBetterOnEveryTrackIsBetterBeyondDoubt() {
        // Given: 1, 2 and 3 dB, halfway between the stems
        compare(Map.of("vocals", 5.0, "other", 5.0), Map.of("vocals", 4.5, "other", 3.5));
        compare(Map.of("vocals", 5.0, "other", 5.0), Map.of("vocals", 3.0, "other", 3.0));
        compare(Map.of("vocals", 5.0, "other", 5.0), Map.of("vocals", 2.0, "other", 2.0));

        // When
        Verdict verdict = verdict();

        // Then
        assertThat(verdict.better()).isTrue();
        assertThat(verdict.figures().mean()).isCloseTo(2, within(1e-12));
        assertThat(verdict.figures().byStem().get("vocals")).isCloseTo(5.5 / 3, within(1e-12));
        assertThat(verdict.reason()).contains("SI-SDR +2.00 dB on 3 test tracks, 95 % interval +1.00 to +3.00 dB");
    }

    @Test
    void betterOnTheAverageIsNotBeyondDoubt() {
        // Given
        for (double difference : new double[] {6, -2, 3, -1, -0.5}) {
            compare(Map.of("vocals", difference, "other", difference), Map.of("vocals", 0.0, "other", 0.0));
        }

        // When
        Verdict verdict = verdict();

        // Then
        assertThat(verdict.figures().mean()).isCloseTo(1.1, within(1e-12));
        assertThat(verdict.better()).isFalse();
        assertThat(verdict.reason()).startsWith("not better beyond doubt: SI-SDR +1.10 dB on 5 test tracks");
    }

    @Test
    void equalModelsAreNotBetter() {
        // Given
        for (int i = 0; i < 5; i++) {
            compare(Map.of("vocals", 3.0, "other", 3.0), Map.of("vocals", 3.0, "other", 3.0));
        }

        // Then
        assertThat(verdict().better()).isFalse();
    }

    @Test
    void noStemMayPayForAnother() {
        // Given
        for (int i = 0; i < 4; i++) {
            compare(Map.of("vocals", 9.0, "other", 2.6), Map.of("vocals", 4.0, "other", 3.0));
        }

        // When
        Verdict verdict = verdict();

        // Then
        assertThat(verdict.better()).isFalse();
        assertThat(verdict.reason()).startsWith("other is worse by 0.40 dB, and 0.30 dB are allowed");
    }

    @Test
    void aTrackThatOnlyTheCandidateFailedCountsAgainstIt() {
        // Given
        for (int i = 0; i < 4; i++) {
            compare(Map.of("vocals", 4.0, "other", 4.0), Map.of("vocals", 3.0, "other", 3.0));
        }
        compare(Map.of(), Map.of("vocals", 3.0, "other", 3.0));

        // When
        Verdict verdict = verdict();

        // Then
        assertThat(verdict.better()).isFalse();
        assertThat(verdict.figures().failed()).isEqualTo(1);
        assertThat(verdict.figures().mean()).isCloseTo((4 - 20) / 5.0, within(1e-12));
        assertThat(verdict.reason()).contains("it failed on 1 of them");
    }

    @Test
    void aStemThatOnlyTheCandidateHasNoScoreOfCountsAgainstIt() {
        // Given
        compare(Map.of("vocals", Double.NaN, "other", 4.0), Map.of("vocals", 3.0, "other", 3.0));
        compare(Map.of("vocals", Double.NEGATIVE_INFINITY, "other", 4.0), Map.of("vocals", 3.0, "other", 3.0));
        compare(Map.of("vocals", 4.0, "other", 4.0), Map.of("vocals", 3.0, "other", 3.0));

        // Then
        assertThat(verdict().figures().byStem().get("vocals")).isCloseTo(-39 / 3.0, within(1e-12));
        assertThat(verdict().better()).isFalse();
    }

    @Test
    void whatTheActiveModelHasNoScoreOfSaysNothing() {
        // Given: a silent stem, a track that both failed, and one that the active model failed
        compare(Map.of("vocals", Double.NaN, "other", 4.0), Map.of("vocals", Double.NaN, "other", 3.0));
        compare(Map.of(), Map.of());
        compare(Map.of("vocals", 4.0, "other", 4.0), Map.of());
        compare(Map.of("vocals", 4.0, "other", 4.0), Map.of("vocals", 3.0, "other", 3.0));
        compare(Map.of("vocals", 4.0, "other", 4.0), Map.of("vocals", 3.0, "other", 3.0));

        // When
        Verdict verdict = verdict();

        // Then
        assertThat(verdict.better()).isTrue();
        assertThat(verdict.figures().byTrack()).hasSize(3);
        assertThat(verdict.figures().leftOut()).isEqualTo(2);
        assertThat(verdict.reason()).endsWith("2 left out that have no scores");
    }

    @Test
    void tooFewTracksJudgeNobody() {
        // Given
        compare(Map.of("vocals", 4.0, "other", 4.0), Map.of("vocals", 3.0, "other", 3.0));
        compare(Map.of("vocals", 4.0, "other", 4.0), Map.of("vocals", 3.0, "other", 3.0));

        // Then
        assertThat(verdict().better()).isFalse();
        assertThat(verdict().reason()).isEqualTo("not judged: 2 test tracks could be compared, and 3 are needed");
    }

    @Test
    void aTrialWithoutTracksIsRefused() {
        assertThat(verdict().better()).isFalse();
        assertThat(verdict().reason()).startsWith("not judged: 0 test tracks");
    }

    private void compare(Map<String, Double> candidate, Map<String, Double> active) {
        tracks.add(new Track("track-" + tracks.size(), "a song", candidate, active));
    }

    private Verdict verdict() {
        return Verdict.of(new TrialScores(STEMS, tracks), RULES);
    }
}
