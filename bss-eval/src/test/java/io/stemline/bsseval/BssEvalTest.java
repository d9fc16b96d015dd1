package io.stemline.bsseval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stemline.bsseval.NaiveBssEval.Samples;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BssEvalTest {
    private static final double EXACT = 1e-7;

    @ParameterizedTest(name = "{0} sources of {1} channels, {2} taps")
    @CsvSource({"1, 1, 5", "2, 1, 1", "2, 2, 8", "3, 1, 7", "3, 3, 4", "2, 1, 100"})
    void version4IsADenseLeastSquaresFitToTheWholeSignal(int sources, int channels, int taps) {
        // Given
        var samples = mixed(sources, channels, 1500);

        // When
        var result = BssEval.v4(
                signals(samples.references()),
                signals(samples.estimates()),
                settings(taps).withWindow(500, 400));

        // Then: a partial last window is dropped
        assertThat(result.windows()).containsExactly(new Window(0, 500), new Window(400, 500), new Window(800, 500));
        for (int w = 0; w < 3; w++) {
            for (int j = 0; j < sources; j++) {
                var naive = NaiveBssEval.score(samples, samples.cut(400 * w, 400 * w + 500), j, j, taps);
                assertThat(result.sdr()[j][w]).isEqualTo(naive[0], within(EXACT));
                assertThat(result.isr()[j][w]).isEqualTo(naive[1], within(EXACT));
                if (sources == 1) {
                    assertThat(result.sir()[j][w]).isEqualTo(Double.POSITIVE_INFINITY);
                } else {
                    assertThat(result.sir()[j][w]).isEqualTo(naive[2], within(EXACT));
                }
                assertThat(result.sar()[j][w]).isEqualTo(naive[3], within(EXACT));
            }
        }
    }

    @Test
    void version3FitsEveryWindowAndTheSourcesFormForgivesFilters() {
        // Given
        var samples = mixed(2, 2, 900);
        var settings = settings(6).withWindow(300, 300);

        // When
        var images = BssEval.v3Images(signals(samples.references()), signals(samples.estimates()), settings);
        var sources = BssEval.v3Sources(signals(samples.references()), signals(samples.estimates()), settings);

        // Then
        for (int w = 0; w < 3; w++) {
            var cut = samples.cut(300 * w, 300 * w + 300);
            for (int j = 0; j < 2; j++) {
                var naive = NaiveBssEval.score(cut, cut, j, j, 6);
                assertThat(images.sdr()[j][w]).isEqualTo(naive[0], within(EXACT));
                assertThat(images.isr()[j][w]).isEqualTo(naive[1], within(EXACT));
                assertThat(images.sir()[j][w]).isEqualTo(naive[2], within(EXACT));
                assertThat(images.sar()[j][w]).isEqualTo(naive[3], within(EXACT));
                assertThat(sources.sdr()[j][w]).isEqualTo(naive[4], within(EXACT));
                assertThat(sources.sir()[j][w]).isEqualTo(naive[2], within(EXACT));
                assertThat(sources.sar()[j][w]).isEqualTo(naive[3], within(EXACT));
            }
        }
    }

    @Test
    void aWindowOfManyBlocksEqualsTheSameSignalInOneBlock() {
        // Given: long enough for several chunks of blocks, with filters of a few taps
        var samples = mixed(2, 1, 40_000);

        // When
        var result = BssEval.v4(signals(samples.references()), signals(samples.estimates()), settings(3));

        // Then
        var naive = NaiveBssEval.score(samples, samples, 1, 1, 3);
        assertThat(result.sdr()[1][0]).isEqualTo(naive[0], within(EXACT));
        assertThat(result.isr()[1][0]).isEqualTo(naive[1], within(EXACT));
        assertThat(result.sir()[1][0]).isEqualTo(naive[2], within(EXACT));
        assertThat(result.sar()[1][0]).isEqualTo(naive[3], within(EXACT));
    }

    @Test
    void theOrderOfTheEstimatesDoesNotMatterWhenThePermutationIsSought() {
        // Given
        var samples = mixed(5, 1, 2000);
        var estimates = signals(samples.estimates());
        var shuffled =
                List.of(estimates.get(3), estimates.get(0), estimates.get(4), estimates.get(2), estimates.get(1));
        var settings = settings(4).withWindow(700, 500).withPermute(true);

        // When
        var straight = BssEval.v4(signals(samples.references()), estimates, settings);
        var found = BssEval.v4(signals(samples.references()), shuffled, settings);

        // Then
        assertThat(IntStream.range(0, 5).map(j -> found.permutation()[j][0])).containsExactly(1, 4, 3, 0, 2);
        Figures.assertAgree("SIR", found.sir(), straight.sir(), EXACT);
        Figures.assertAgree("SDR", found.sdr(), straight.sdr(), EXACT);
    }

    @Test
    void theNumberOfThreadsDoesNotChangeASingleBit() {
        // Given
        var samples = mixed(2, 2, 60_000);
        var settings = settings(16).withWindow(10_000, 10_000);

        // When
        var one = BssEval.v4(signals(samples.references()), signals(samples.estimates()), settings.withParallelism(1));
        var three =
                BssEval.v4(signals(samples.references()), signals(samples.estimates()), settings.withParallelism(3));

        // Then
        assertThat(three.sar()).isDeepEqualTo(one.sar());
        assertThat(three.sir()).isDeepEqualTo(one.sir());
        assertThat(three.conditionEstimate()).isEqualTo(one.conditionEstimate());
    }

    @Test
    void aWindowWithASilentSignalHasNoFigures() {
        // Given: the second estimate is silent in the second window
        var samples = mixed(2, 2, 900);
        for (int n = 300; n < 600; n++) {
            samples.estimates()[1][1][n] = -samples.estimates()[1][0][n];
        }
        var settings = settings(4).withWindow(300, 300).withPermute(true);

        // When
        var v4 = BssEval.v4(signals(samples.references()), signals(samples.estimates()), settings);
        var v3 = BssEval.v3Images(signals(samples.references()), signals(samples.estimates()), settings);

        // Then
        for (var metric : Metric.values()) {
            for (int j = 0; j < 2; j++) {
                assertThat(v4.of(metric)[j][1]).isNaN();
                assertThat(v3.of(metric)[j][1]).isNaN();
                assertThat(v4.of(metric)[j][0]).isFinite();
                assertThat(v3.of(metric)[j][2]).isFinite();
            }
        }
        assertThat(v4.permutation()).isDeepEqualTo(new int[][] {{0, 0, 0}, {1, 1, 1}});
        assertThat(v3.permutation()).isDeepEqualTo(new int[][] {{0, -1, 0}, {1, -1, 1}});
        assertThat(v4.median(Metric.SDR)[0]).isEqualTo((v4.sdr()[0][0] + v4.sdr()[0][2]) / 2, within(EXACT));
    }

    @Test
    void aPerfectEstimateHasInfiniteDistortionRatioInTheImagesForm() {
        // Given
        var samples = mixed(2, 1, 600);

        // When
        var result = BssEval.v4(signals(samples.references()), signals(samples.references()), settings(4));

        // Then
        assertThat(result.sdr()[0]).containsExactly(Double.POSITIVE_INFINITY);
        assertThat(result.sar()[0][0]).isGreaterThan(200);
    }

    @Test
    void scalingAllSignalsChangesNothing() {
        // Given
        var samples = mixed(2, 2, 800);

        // When
        var plain = BssEval.v3Images(signals(samples.references()), signals(samples.estimates()), settings(5));
        var scaled =
                BssEval.v3Images(scaled(samples.references(), 1e-4), scaled(samples.estimates(), 1e-4), settings(5));

        // Then
        for (var metric : Metric.values()) {
            Figures.assertAgree(metric.name(), scaled.of(metric), plain.of(metric), EXACT);
        }
    }

    @Test
    void anEstimateOfAnotherLengthIsFittedAndMentioned() {
        // Given
        var samples = mixed(2, 1, 500);
        var longer = samples.estimates()[0][0].clone();
        var tooLong = Arrays.copyOf(longer, 600);
        Arrays.fill(tooLong, 500, 600, 9);
        var estimates = List.of(Signal.of(tooLong), Signal.of(samples.estimates()[1]));

        // When
        var expected = BssEval.v4(signals(samples.references()), signals(samples.estimates()), settings(4));
        var result = BssEval.v4(signals(samples.references()), estimates, settings(4));

        // Then
        Figures.assertAgree("SAR", result.sar(), expected.sar(), 0);
        assertThat(result.warnings()).singleElement().satisfies(warning -> {
            assertThat(warning.kind()).isEqualTo(ScoreWarning.Kind.LENGTH_CHANGED);
            assertThat(warning.message())
                    .isEqualTo("Estimate 1 has 600 frames and was cut to the 500 of the references.");
        });
    }

    @Test
    void anEstimateThatEndsEarlyIsPaddedWithSilence() {
        // Given
        var samples = mixed(2, 1, 500);
        var cut = Arrays.copyOf(samples.estimates()[0][0], 420);
        var padded = List.of(Signal.of(Arrays.copyOf(cut, 500)), Signal.of(samples.estimates()[1]));

        // When
        var expected = BssEval.v3Images(signals(samples.references()), padded, settings(4));
        var result = BssEval.v3Images(
                signals(samples.references()), List.of(Signal.of(cut), Signal.of(samples.estimates()[1])), settings(4));

        // Then
        for (var metric : Metric.values()) {
            Figures.assertAgree(metric.name(), result.of(metric), expected.of(metric), 0);
        }
        assertThat(result.warnings()).singleElement().satisfies(warning -> {
            assertThat(warning.kind()).isEqualTo(ScoreWarning.Kind.LENGTH_CHANGED);
            assertThat(warning.message())
                    .isEqualTo("Estimate 1 has 420 frames and was padded to the 500 of the references.");
        });
    }

    @Test
    void version3DropsAPartialLastWindow() {
        // Given
        var samples = mixed(2, 1, 950);
        var settings = settings(4).withWindow(300, 300);

        // When
        var result = BssEval.v3Images(signals(samples.references()), signals(samples.estimates()), settings);

        // Then: what lies beyond the last whole window changes nothing
        var whole = samples.cut(0, 900);
        var expected = BssEval.v3Images(signals(whole.references()), signals(whole.estimates()), settings);
        assertThat(result.windows()).containsExactly(new Window(0, 300), new Window(300, 300), new Window(600, 300));
        for (var metric : Metric.values()) {
            Figures.assertAgree(metric.name(), result.of(metric), expected.of(metric), 0);
        }
    }

    @Test
    void aSilentReferenceLeavesItsWindowWithoutFiguresToo() {
        // Given: the first reference is silent in the last window
        var samples = mixed(3, 1, 900);
        Arrays.fill(samples.references()[0][0], 600, 900, 0);
        var settings = settings(4).withWindow(300, 300);

        // When
        var v4 = BssEval.v4(signals(samples.references()), signals(samples.estimates()), settings);
        var v3 = BssEval.v3Sources(signals(samples.references()), signals(samples.estimates()), settings);

        // Then
        for (var metric : List.of(Metric.SDR, Metric.SIR, Metric.SAR)) {
            for (int j = 0; j < 3; j++) {
                assertThat(v4.of(metric)[j][2]).isNaN();
                assertThat(v3.of(metric)[j][2]).isNaN();
                assertThat(v4.of(metric)[j][1]).isFinite();
                assertThat(v3.of(metric)[j][1]).isFinite();
            }
        }
    }

    @Test
    void progressRisesToOne() {
        // Given
        var samples = mixed(2, 1, 50_000);
        var told = new ArrayList<Double>();

        // When
        BssEval.v4(
                signals(samples.references()),
                signals(samples.estimates()),
                settings(8).withWindow(5000, 5000).withProgress(told::add));

        // Then
        assertThat(told).isSorted().hasSizeGreaterThan(5).endsWith(1.0);
    }

    private static BssEvalSettings settings(int taps) {
        return BssEvalSettings.wholeSignal().withFilterLength(taps).withParallelism(2);
    }

    /** Coloured noise; estimates are filtered references with leakage of the next source and noise. */
    private static Samples mixed(int sources, int channels, int frames) {
        var random = new Random(sources * 100L + channels);
        var references = new double[sources][channels][frames];
        var estimates = new double[sources][channels][frames];
        for (var reference : references) {
            for (var x : reference) {
                for (int n = 0; n < frames; n++) {
                    x[n] = random.nextGaussian() + (n > 0 ? 0.5 * x[n - 1] : 0);
                }
            }
        }
        for (int j = 0; j < sources; j++) {
            for (int c = 0; c < channels; c++) {
                var own = references[j][c];
                var other = references[(j + 1) % sources][(c + 1) % channels];
                for (int n = 0; n < frames; n++) {
                    estimates[j][c][n] =
                            own[n] + (n > 1 ? 0.3 * own[n - 2] : 0) + 0.2 * other[n] + 0.1 * random.nextGaussian();
                }
            }
        }
        return new Samples(references, estimates);
    }

    private static List<Signal> signals(double[][][] samples) {
        return Arrays.stream(samples).map(channels -> Signal.of(channels)).toList();
    }

    private static List<Signal> scaled(double[][][] samples, double gain) {
        return signals(Arrays.stream(samples)
                .map(channels -> Arrays.stream(channels)
                        .map(x -> Arrays.stream(x).map(v -> gain * v).toArray())
                        .toArray(double[][]::new))
                .toArray(double[][][]::new));
    }
}
