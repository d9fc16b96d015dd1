package io.stemline.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.stemline.evaluation.ScoringSettings.Accompaniment;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrackScorerTest {
    private static final int LENGTH_FRAMES = 3 * Sounds.SAMPLE_RATE_HZ;

    /** Noise needs no long filters, and short ones are quick. */
    private static final int FEW_TAPS = 32;

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
        assertThat(messages(scores)).contains("drums: its reference is silent throughout, so it has no scores");
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
        assertThat(messages(scores))
                .containsExactly(
                        "piano: there is a reference but no estimate, so it is not scored",
                        "drums: there is an estimate but no reference, so it is not scored");
    }

    @Test
    void anotherSampleRateIsRefusedByName() {
        // Given
        List<StemFile> references = List.of(Sounds.file(folder, "ref-vocals", vocals, 16000));

        // When, Then
        assertThatThrownBy(() -> scorer().score(references, List.of(file("est-vocals", vocals))))
                .isInstanceOf(EvaluationException.class)
                .hasMessage("est-vocals.wav has 8000 Hz and 2 channels, ref-vocals.wav has 16000 Hz and 2 channels:"
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

    @Test
    void figuresOfVocalsAreThoseAgainstTheAccompaniment() {
        // Given three stems that leak into each other
        List<StemFile> references =
                List.of(file("ref-vocals", vocals), file("ref-drums", drums), file("ref-bass", bass));
        float[][] leaky = Sounds.sum(vocals, Sounds.scaled(drums, 0.2), Sounds.noise(5, LENGTH_FRAMES, 0.01));
        List<StemFile> estimates = List.of(file("est-vocals", leaky), file("est-drums", drums), file("est-bass", bass));

        // When
        TrackScores four = scorer().score(references, estimates);
        TrackScores two = scorer().score(
                        List.of(file("two-vocals", vocals), file("two-accompaniment", Sounds.sum(drums, bass))),
                        List.of(file("guess-vocals", leaky), file("guess-accompaniment", Sounds.sum(drums, bass))));
        TrackScores without = scorer(ScoringSettings.defaults().withAccompaniment(Accompaniment.WHERE_ASKED_FOR))
                .score(references, estimates);

        // Then
        assertThat(value(four, "vocals", "SIR")).isCloseTo(value(two, "vocals", "SIR"), within(1e-4));
        assertThat(value(without, "vocals", "SIR")).isNotCloseTo(value(four, "vocals", "SIR"), within(0.1));
        assertThat(without.scores()).extracting(StemScore::stem).doesNotContain("accompaniment");
    }

    @Test
    void figuresDoNotDependOnWhatElseIsWanted() {
        // Given
        List<StemFile> references =
                List.of(file("ref-vocals", vocals), file("ref-drums", drums), file("ref-bass", bass));
        List<StemFile> estimates = List.of(
                file("est-vocals", Sounds.sum(vocals, Sounds.scaled(drums, 0.1))),
                file("est-drums", Sounds.sum(drums, Sounds.scaled(bass, 0.1))),
                file("est-bass", Sounds.sum(bass, Sounds.scaled(vocals, 0.1))));
        var where = ScoringSettings.defaults().withAccompaniment(Accompaniment.WHERE_ASKED_FOR);

        // When
        TrackScores all = scorer(where).score(references, estimates);
        TrackScores one = scorer(where.withTargets(List.of("drums"))).score(references, estimates);
        TrackScores summed =
                scorer(where.withTargets(List.of("accompaniment", "piano"))).score(references, estimates);

        // Then
        assertThat(one.scores())
                .containsExactlyElementsOf(all.scores().stream()
                        .filter(score -> score.stem().equals("drums"))
                        .toList());
        assertThat(summed.scores()).extracting(StemScore::stem).containsOnly("accompaniment");
        assertThat(messages(summed)).contains("piano: there is neither a reference nor an estimate");
    }

    @Test
    void aMixtureGivesImprovements() {
        // Given
        List<StemFile> references = List.of(
                file("ref-mixture", Sounds.sum(vocals, drums)), file("ref-vocals", vocals), file("ref-drums", drums));
        List<StemFile> estimates =
                List.of(file("est-vocals", Sounds.sum(vocals, Sounds.scaled(drums, 0.1))), file("est-drums", drums));

        // When
        TrackScores scores = scorer().score(references, estimates);

        // Then an error of a tenth of what the mixture adds is 20 dB better
        assertThat(value(scores, "vocals", "SNRi")).isCloseTo(20, within(1e-3));
        assertThat(value(scores, "vocals", "MDX-SDRi")).isCloseTo(20, within(1e-3));
        assertThat(value(scores, "vocals", "SI-SDRi")).isCloseTo(20, within(0.5));
        assertThat(scores.scores()).extracting(StemScore::stem).doesNotContain("mixture");
    }

    @Test
    void estimatesArePaddedOrCutByName() {
        // Given
        List<StemFile> references = List.of(file("ref-vocals", vocals), file("ref-drums", drums));
        List<StemFile> estimates = List.of(
                file("est-vocals", Sounds.sum(Sounds.cut(vocals, LENGTH_FRAMES - 10))),
                file("est-drums", Sounds.padded(drums, 20)));

        // When
        TrackScores scores = scorer().score(references, estimates);

        // Then
        assertThat(messages(scores))
                .contains(
                        "est-vocals.wav has 23990 frames and was padded to the 24000 of the references",
                        "est-drums.wav has 24020 frames and was cut to the 24000 of the references");
        assertThat(value(scores, "drums", "SNR")).isInfinite();
    }

    @Test
    void aLoneStemHasAllFiguresButInterference() {
        // Given
        List<StemFile> references = List.of(file("ref-vocals", vocals));
        List<StemFile> estimates =
                List.of(file("est-vocals", Sounds.sum(vocals, Sounds.noise(6, LENGTH_FRAMES, 0.01))));

        // When
        TrackScores scores = scorer().score(references, estimates);

        // Then
        assertThat(value(scores, "vocals", "SDR")).isCloseTo(20, within(0.5));
        assertThat(value(scores, "vocals", "SIR")).isNaN();
        assertThat(messages(scores))
                .containsExactly("vocals: it is scored alone, which museval does not do, and has no SIR");
    }

    @Test
    void aWindowLongerThanTheTrackIsTheWholeTrack() {
        // Given
        List<StemFile> references = List.of(file("ref-vocals", vocals), file("ref-drums", drums));
        List<StemFile> estimates = List.of(file("est-vocals", drums), file("est-drums", vocals));
        var settings = ScoringSettings.defaults().withWindow(Duration.ofSeconds(30), Duration.ofSeconds(15));

        // When
        TrackScores scores = scorer(settings).score(references, estimates);

        // Then
        assertThat(scores.frames()).allMatch(stem -> stem.values().length == 1 && stem.windowSeconds() == 3);
        assertThat(scores.warnings()).extracting(TrackWarning::kind).contains(TrackWarning.Kind.WHOLE_TRACK);
    }

    @Test
    void samplesThatAreNoNumbersAreRefusedByName() throws IOException {
        // Given a file whose last sample is NaN
        StemFile broken = file("est-vocals", vocals);
        byte[] bytes = Files.readAllBytes(broken.file());
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putFloat(bytes.length - Float.BYTES, Float.NaN);
        Files.write(broken.file(), bytes);

        // When, Then
        assertThatThrownBy(() -> scorer().score(List.of(file("ref-vocals", vocals)), List.of(broken)))
                .isInstanceOf(EvaluationException.class)
                .hasMessageStartingWith("est-vocals.wav has NaN or infinite samples and cannot be scored");
    }

    @Test
    void referencesAreRoundedTo16BitWhereAskedFor() {
        // Given an estimate that is the reference in 16 bit
        var rounded = new float[2][LENGTH_FRAMES];
        for (int c = 0; c < 2; c++) {
            for (int n = 0; n < LENGTH_FRAMES; n++) {
                rounded[c][n] = (float) (Math.rint(vocals[c][n] * 32768.0) / 32768);
            }
        }
        List<StemFile> references = List.of(file("ref-vocals", vocals), file("ref-drums", drums));
        List<StemFile> estimates = List.of(file("est-vocals", rounded), file("est-drums", drums));
        var settings = ScoringSettings.defaults();

        // When
        TrackScores asTheyAre = scorer(settings).score(references, estimates);
        TrackScores in16Bit = scorer(settings.withReferencesRounded(true)).score(references, estimates);

        // Then
        assertThat(value(asTheyAre, "vocals", "SNR")).isBetween(70.0, 90.0);
        assertThat(value(in16Bit, "vocals", "SNR")).isInfinite();
        assertThat(value(in16Bit, "drums", "SNR")).isBetween(70.0, 90.0);
    }

    @Test
    void referencesOfDifferentLengthsAreRefusedByName() {
        // Given
        List<StemFile> references =
                List.of(file("ref-vocals", vocals), file("ref-drums", Sounds.cut(drums, LENGTH_FRAMES - 1)));

        // When, Then
        assertThatThrownBy(() -> scorer().score(references, List.of(file("est-vocals", vocals))))
                .isInstanceOf(EvaluationException.class)
                .hasMessage("ref-drums.wav has 23999 frames, ref-vocals.wav has 24000:"
                        + " references must have the same length");
    }

    @Test
    void aHundredAndOneSourcesAreRefused() {
        // Given
        var references = new ArrayList<StemFile>();
        for (int j = 0; j < 101; j++) {
            references.add(new StemFile("stem" + j, folder.resolve("stem" + j + ".wav")));
        }

        // When, Then
        assertThatThrownBy(() -> scorer().score(references, references))
                .isInstanceOf(EvaluationException.class)
                .hasMessage("stem0.wav and the references beside it are 101 sources;"
                        + " at most 100 can be scored together");
    }

    private TrackScorer scorer(ScoringSettings settings) {
        return new TrackScorer(folder, settings.withFilterLength(FEW_TAPS).withParallelism(2));
    }

    private static List<String> messages(TrackScores scores) {
        return scores.warnings().stream().map(TrackWarning::message).toList();
    }

    private TrackScorer scorer() {
        return scorer(ScoringSettings.defaults());
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
