package io.stemline.training.reporting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.stemline.audio.AudioFormat;
import io.stemline.bsseval.BssEval;
import io.stemline.bsseval.BssEvalSettings;
import io.stemline.bsseval.Metric;
import io.stemline.bsseval.ScoringException;
import io.stemline.bsseval.Signal;
import io.stemline.training.reporting.SeparatedTrack.Target;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluationTableTest {

    private static final int RATE = 8000;
    private static final int FRAMES = 3 * RATE;
    private static final double NAN = Double.NaN;

    @Test
    void theTableEndsWithTheMediansOverTracks(@TempDir Path folder) {
        // Given
        var table = new EvaluationTable();
        table.add("One", List.of(scores("vocals", 1), scores("bass", 10)));
        table.add(
                "Two, \"live\"",
                List.of(scores("vocals", 2.5), new TargetScores("bass", NAN, NAN, NAN, NAN, NAN, NAN, NAN, 3)));
        table.add("Three", List.of(scores("vocals", Double.POSITIVE_INFINITY)));
        Locale usual = Locale.getDefault();

        // When
        try {
            Locale.setDefault(Locale.GERMANY);
            table.write(folder.resolve("evaluation.csv"));
        } finally {
            Locale.setDefault(usual);
        }

        // Then
        assertThat(folder.resolve("evaluation.csv"))
                .content(StandardCharsets.UTF_8)
                .isEqualTo("""
                track,target,SDR,ISR,SIR,SAR,SI-SDR,SI-SDRi,SNR,MDX-SDR
                One,vocals,1.00000,2.00000,3.00000,4.00000,5.00000,6.00000,7.00000,8.00000
                One,bass,10.00000,11.00000,12.00000,13.00000,14.00000,15.00000,16.00000,17.00000
                "Two, ""live""\",vocals,2.50000,3.50000,4.50000,5.50000,6.50000,7.50000,8.50000,9.50000
                "Two, ""live""\",bass,,,,,,,,3.00000
                Three,vocals,inf,inf,inf,inf,inf,inf,inf,inf
                (median),vocals,2.50000,3.50000,4.50000,5.50000,6.50000,7.50000,8.50000,9.50000
                (median),bass,10.00000,11.00000,12.00000,13.00000,14.00000,15.00000,16.00000,10.00000
                """);
    }

    @Test
    void figuresOfTheWholeTrackAreThoseOfTheirFormulas() {
        // Given: references and errors that are orthogonal to each other, as sines over whole periods are
        float[][] vocals = sine(100, 0.5);
        float[][] bass = sine(300, 0.5);
        float[][] error = sine(700, 0.05);
        float[][] mixture = sum(vocals, bass);
        var track = new SeparatedTrack(
                "song",
                new AudioFormat(RATE, 1),
                mixture,
                List.of(new Target("vocals", vocals, sum(vocals, error)), new Target("bass", bass, bass)));

        // When
        TargetScores scores = new TrackScoring(1).score(track).getFirst();

        // Then: the error is 20 dB below, and the mixture has as much of the one as of the other
        assertThat(scores.target()).isEqualTo("vocals");
        assertThat(scores.siSdr()).isCloseTo(20, within(1e-4));
        assertThat(scores.siSdrImprovement()).isCloseTo(20, within(1e-4));
        assertThat(scores.snr()).isCloseTo(20, within(1e-4));
        assertThat(scores.mdxSdr()).isCloseTo(20, within(1e-4));
    }

    @Test
    void figuresOfBssEvalAreTheMediansOverWindowsOfASecond() {
        // Given
        float[][] vocals = noise(1, 0.3);
        float[][] bass = noise(2, 0.3);
        float[][] vocalsEstimate = sum(vocals, noise(3, 0.05));
        float[][] bassEstimate = sum(bass, noise(4, 0.1));
        var track = track(vocals, bass, vocalsEstimate, bassEstimate);
        var expected = BssEval.v4(
                List.of(Signal.of(vocals), Signal.of(bass)),
                List.of(Signal.of(vocalsEstimate), Signal.of(bassEstimate)),
                BssEvalSettings.wholeSignal().withWindow(RATE, RATE).withParallelism(1));

        // When
        List<TargetScores> scores = new TrackScoring(2).score(track);

        // Then
        assertThat(expected.windows()).hasSize(3);
        assertThat(scores.get(1).sdr()).isCloseTo(expected.median(Metric.SDR)[1], within(1e-6));
        assertThat(scores.get(1).isr()).isCloseTo(expected.median(Metric.ISR)[1], within(1e-6));
        assertThat(scores.get(1).sir()).isCloseTo(expected.median(Metric.SIR)[1], within(1e-6));
        assertThat(scores.get(1).sar()).isCloseTo(expected.median(Metric.SAR)[1], within(1e-6));
    }

    @Test
    void aSilentReferenceHasNoFigureButThatOfTheChallenges() {
        // Given
        float[][] vocals = noise(1, 0.3);
        float[][] silence = new float[1][FRAMES];

        // When
        List<TargetScores> scores =
                new TrackScoring(1).score(track(vocals, silence, sum(vocals, noise(3, 0.05)), noise(4, 0.1)));

        // Then: ten times the logarithm of 1e-7 over the energy of noise with variance 0.01 / 3
        double energy = FRAMES * 0.01 / 3;
        TargetScores bass = scores.get(1);
        assertThat(bass).isEqualTo(new TargetScores("bass", NAN, NAN, NAN, NAN, NAN, NAN, NAN, bass.mdxSdr()));
        assertThat(bass.mdxSdr()).isCloseTo(10 * Math.log10(1e-7 / energy), within(0.2));
        assertThat(scores.get(0).sdr()).isPositive();
        assertThat(scores.get(0).sir()).isNaN();
    }

    @Test
    void aSilentEstimateHasNoFigureThatNeedsItsDirection() {
        // Given
        float[][] silence = new float[1][FRAMES];

        // When
        TargetScores scores = new TrackScoring(1)
                .score(track(noise(1, 0.3), noise(2, 0.3), silence, silence))
                .getFirst();

        // Then
        assertThat(scores.sdr()).isNaN();
        assertThat(scores.siSdr()).isNaN();
        assertThat(scores.snr()).isZero();
    }

    @Test
    void aTrackShorterThanAWindowIsScoredAsAWhole() {
        // Given
        float[][] vocals = {Arrays.copyOf(noise(1, 0.3)[0], 4000)};
        float[][] bass = {Arrays.copyOf(noise(2, 0.3)[0], 4000)};
        float[][] estimate = {Arrays.copyOf(sum(vocals, noise(3, 0.05))[0], 4000)};

        // When
        List<TargetScores> scores = new TrackScoring(1).score(track(vocals, bass, estimate, bass));

        // Then
        assertThat(scores.getFirst().sdr()).isPositive();
    }

    @Test
    void samplesThatAreNoNumbersAreRefused() {
        // Given
        float[][] diverged = noise(3, 0.05);
        diverged[0][17] = Float.NaN;

        // When / Then
        assertThatThrownBy(() -> new TrackScoring(1).score(track(noise(1, 1), noise(2, 1), diverged, noise(2, 1))))
                .isInstanceOf(ScoringException.class)
                .hasMessage("Estimate 1 (vocals) is NaN at frame 17 of channel 1; samples must be finite numbers.");
    }

    private static TargetScores scores(String target, double first) {
        return new TargetScores(
                target, first, first + 1, first + 2, first + 3, first + 4, first + 5, first + 6, first + 7);
    }

    private static SeparatedTrack track(
            float[][] vocals, float[][] bass, float[][] vocalsEstimate, float[][] bassEstimate) {
        return new SeparatedTrack(
                "song",
                new AudioFormat(RATE, 1),
                sum(vocals, bass),
                List.of(new Target("vocals", vocals, vocalsEstimate), new Target("bass", bass, bassEstimate)));
    }

    private static float[][] sine(double frequencyHz, double amplitude) {
        float[][] samples = new float[1][FRAMES];
        for (int n = 0; n < FRAMES; n++) {
            samples[0][n] = (float) (amplitude * Math.sin(2 * Math.PI * frequencyHz * n / RATE));
        }
        return samples;
    }

    private static float[][] noise(long seed, double amplitude) {
        var random = new Random(seed);
        float[][] samples = new float[1][FRAMES];
        for (int n = 0; n < FRAMES; n++) {
            samples[0][n] = (float) (amplitude * (2 * random.nextDouble() - 1));
        }
        return samples;
    }

    private static float[][] sum(float[][] one, float[][] other) {
        float[][] sum = new float[1][one[0].length];
        for (int n = 0; n < sum[0].length; n++) {
            sum[0][n] = one[0][n] + other[0][n];
        }
        return sum;
    }
}
