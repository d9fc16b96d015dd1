package io.stemline.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrackScorerTest {
    private static final int LENGTH_FRAMES = 3 * Sounds.SAMPLE_RATE_HZ;

    private final float[][] vocals = Sounds.noise(1, LENGTH_FRAMES, 0.1);
    private final float[][] drums = Sounds.noise(2, LENGTH_FRAMES, 0.1);
    private final float[][] bass = Sounds.noise(3, LENGTH_FRAMES, 0.1);

    @TempDir
    Path folder;

    @Test
    void knownErrorsGiveTheirKnownRatios() {
        // Given an estimate with a tenth of the reference's amplitude as independent noise on it: 20 dB
        float[][] error = Sounds.noise(4, LENGTH_FRAMES, 0.01);
        List<StemFile> references = List.of(file("ref-vocals", vocals), file("ref-drums", drums));
        List<StemFile> estimates = List.of(file("est-vocals", Sounds.sum(vocals, error)), file("est-drums", drums));

        // When
        TrackScores scores = scorer().score(references, estimates);

        // Then
        assertThat(value(scores, "vocals", "SNR")).isCloseTo(20, within(0.1));
        assertThat(value(scores, "vocals", "MDX-SDR")).isCloseTo(20, within(0.1));
        assertThat(value(scores, "vocals", "SI-SDR")).isCloseTo(20, within(0.1));
        assertThat(value(scores, "vocals", "SDR")).isBetween(19.5, 21.5);
        assertThat(value(scores, "drums", "SNR")).isInfinite();
    }

    @Test
    void windowsOfOneSecondStandBehindTheMedians() {
        // Given
        List<StemFile> references = List.of(file("ref-vocals", vocals), file("ref-drums", drums));

        // When
        TrackScores scores = scorer().score(references, List.of(file("est-vocals", drums), file("est-drums", vocals)));

        // Then
        StemFrames frames = scores.frames().stream()
                .filter(stem -> stem.stem().equals("vocals") && stem.metric().equals("SDR"))
                .findFirst()
                .orElseThrow();
        assertThat(frames.values()).hasSize(3);
        assertThat(frames.windowSeconds()).isEqualTo(1);
        double[] sorted = frames.values().clone();
        java.util.Arrays.sort(sorted);
        assertThat(value(scores, "vocals", "SDR")).isEqualTo(sorted[1]);
    }

    @Test
    void vocalsAndAccompanimentAreAScenarioOfTheirOwn() {
        // Given
        List<StemFile> references =
                List.of(file("ref-vocals", vocals), file("ref-drums", drums), file("ref-bass", bass));
        List<StemFile> estimates =
                List.of(file("est-vocals", vocals), file("est-drums", bass), file("est-bass", drums));

        // When drums and bass are exchanged
        TrackScores scores = scorer().score(references, estimates);

        // Then their sum is right all the same
        assertThat(value(scores, "accompaniment", "SNR")).isGreaterThan(100);
        assertThat(value(scores, "drums", "SI-SDR")).isLessThan(-20);
    }

    @Test
    void anAccompanimentReferenceIsComparedWithTheSumOfTheOtherStems() {
        // Given
        List<StemFile> references =
                List.of(file("ref-vocals", vocals), file("ref-accompaniment", Sounds.sum(drums, bass)));
        List<StemFile> estimates =
                List.of(file("est-vocals", vocals), file("est-drums", drums), file("est-bass", bass));

        // When
        TrackScores scores = scorer().score(references, estimates);

        // Then
        assertThat(value(scores, "accompaniment", "SNR")).isGreaterThan(100);
        assertThat(scores.scores()).extracting(StemScore::stem).doesNotContain("drums", "bass");
    }

    @Test
    void aSilentStemIsLeftOutWithAWarning() {
        // Given
        List<StemFile> references =
                List.of(file("ref-vocals", vocals), file("ref-drums", Sounds.silence(LENGTH_FRAMES)));
        List<StemFile> estimates = List.of(file("est-vocals", vocals), file("est-drums", drums));

        // When
        TrackScores scores = scorer().score(references, estimates);

        // Then
        assertThat(scores.warnings()).contains("drums: its reference is silent throughout, so it has no scores");
        assertThat(scores.scores()).extracting(StemScore::stem).containsOnly("vocals");
    }

    @Test
    void aReferenceWithoutAnEstimateIsLeftOutWithAWarning() {
        // Given
        List<StemFile> references = List.of(file("ref-piano", vocals));

        // When
        TrackScores scores = scorer().score(references, List.of(file("est-drums", drums)));

        // Then
        assertThat(scores.scores()).isEmpty();
        assertThat(scores.warnings())
                .containsExactly("piano: there is a reference but no estimate, so it is not scored");
    }

    @Test
    void anotherSampleRateIsRefusedByName() {
        // Given
        List<StemFile> references = List.of(Sounds.file(folder, "ref-vocals", vocals, 16000));

        // When, Then
        assertThatThrownBy(() -> scorer().score(references, List.of(file("est-vocals", vocals))))
                .isInstanceOf(EvaluationException.class)
                .hasMessage("est-vocals.wav has 8000 Hz and 2 channels, ref-vocals.wav has 16000 Hz and 2:"
                        + " they cannot be compared");
    }

    @Test
    void nothingIsLeftInTheScratchFolder() throws IOException {
        // Given
        Path scratch = Files.createDirectory(folder.resolve("scratch"));

        // When
        TrackScores scores = new TrackScorer(scratch, 2)
                .score(List.of(file("ref-vocals", vocals)), List.of(file("est-vocals", drums)));

        // Then
        assertThat(scores.scores()).isNotEmpty();
        assertThat(scratch).isEmptyDirectory();
    }

    private TrackScorer scorer() {
        return new TrackScorer(folder, 2);
    }

    private StemFile file(String name, float[][] samples) {
        return Sounds.file(folder, name, samples);
    }

    private static double value(TrackScores scores, String stem, String metric) {
        return scores.scores().stream()
                .filter(score -> score.stem().equals(stem) && score.metric().equals(metric))
                .mapToDouble(StemScore::value)
                .findFirst()
                .orElseThrow();
    }
}
