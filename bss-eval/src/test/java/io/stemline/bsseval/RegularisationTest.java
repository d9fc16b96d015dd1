package io.stemline.bsseval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Stems without sound above a cut-off, as lossy formats leave them, at the resolutions that stems are stored in. */
@TestInstance(Lifecycle.PER_CLASS)
final class RegularisationTest {
    private static final int SAMPLE_RATE_HZ = 44_100;
    private static final int FRAMES = 3 * SAMPLE_RATE_HZ;
    private static final BssEvalSettings SETTINGS = BssEvalSettings.oneSecondWindows(SAMPLE_RATE_HZ);

    private enum Mode {
        V4(BssEval::v4),
        V3_IMAGES(BssEval::v3Images),
        V3_SOURCES(BssEval::v3Sources);

        private final ModeScoring scoring;

        Mode(ModeScoring scoring) {
            this.scoring = scoring;
        }
    }

    @FunctionalInterface
    private interface ModeScoring {
        BssEvalResult score(
                List<? extends Signal> references, List<? extends Signal> estimates, BssEvalSettings settings);
    }

    private List<Signal> references;
    private List<Signal> estimates;

    @BeforeAll
    void makeStems() {
        var random = new Random(7);
        var sources = new double[3][2][];
        for (int j = 0; j < 3; j++) {
            var common = lowPassed(random);
            for (int c = 0; c < 2; c++) {
                var side = lowPassed(random);
                sources[j][c] = new double[FRAMES];
                // Swelling, so that the cuts between windows fall into loud and quiet places.
                for (int n = 0; n < FRAMES; n++) {
                    double swell = 0.04 * (1.2 + Math.sin(n * 2e-4 * (j + 1)));
                    sources[j][c][n] = swell * (common[n] + 0.4 * side[n]);
                }
            }
        }
        references = Arrays.stream(sources).map(stereo -> Signal.of(stereo)).toList();
        estimates = Stream.of(0, 1, 2)
                .map(j -> {
                    var stereo = new double[2][FRAMES];
                    for (int c = 0; c < 2; c++) {
                        var artifacts = lowPassed(random);
                        for (int n = 0; n < FRAMES; n++) {
                            stereo[c][n] =
                                    0.9 * sources[j][c][n] + 0.1 * sources[(j + 1) % 3][c][n] + 0.01 * artifacts[n];
                        }
                    }
                    return Signal.of(stereo);
                })
                .toList();
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void regularisedFiguresAreTheSameAtThreeRoundings(Mode mode) {
        // Given
        var settings = SETTINGS.withRegularise(true);

        // When
        var asFloat = mode.scoring.score(asFloat(references), asFloat(estimates), settings);
        var as24Bit = mode.scoring.score(rounded(references, 24), rounded(estimates, 24), settings);
        var as16Bit = mode.scoring.score(rounded(references, 16), rounded(estimates, 16), settings);

        // Then
        for (var metric : Metric.values()) {
            Figures.assertAgree("24 bit " + metric, as24Bit.of(metric), asFloat.of(metric), 0.1);
            Figures.assertAgree("16 bit " + metric, as16Bit.of(metric), asFloat.of(metric), 0.1);
        }
        assertThat(asFloat.warnings()).isEmpty();
    }

    /** Otherwise the test above would prove nothing. Version 3 cuts the references, which fills their empty bands. */
    @Test
    void withoutRegularisingVersion4DependsOnTheRounding() {
        // When
        var asFloat = BssEval.v4(asFloat(references), asFloat(estimates), SETTINGS);
        var as16Bit = BssEval.v4(rounded(references, 16), rounded(estimates, 16), SETTINGS);

        // Then
        for (var metric : List.of(Metric.SIR, Metric.SAR)) {
            double greatest = IntStream.range(0, 3)
                    .mapToDouble(w -> Math.abs(asFloat.of(metric)[0][w] - as16Bit.of(metric)[0][w]))
                    .max()
                    .orElseThrow();
            assertThat(greatest).as("%s", metric).isGreaterThan(1);
        }
    }

    @Test
    void figuresOfASingularSystemCarryAWarningThatNamesThem() {
        // When
        var result = BssEval.v4(references, estimates, SETTINGS);

        // Then
        assertThat(result.conditionEstimate()).isGreaterThan(1e12);
        assertThat(result.warnings()).singleElement().satisfies(warning -> {
            assertThat(warning.kind()).isEqualTo(ScoreWarning.Kind.SINGULAR_SYSTEM);
            assertThat(warning.distrusted()).containsExactlyInAnyOrder(Metric.ISR, Metric.SIR, Metric.SAR);
        });
    }

    @Test
    void regularisingLeavesFullBandFiguresAlone() {
        // Given
        var random = new Random(9);
        var full = List.of(noise(random), noise(random));
        var mixed = List.of(sum(full.get(0), full.get(1), 0.2), sum(full.get(1), full.get(0), 0.1));

        // When
        var plain = BssEval.v4(signals(full), signals(mixed), SETTINGS.withFilterLength(32));
        var regularised = BssEval.v4(
                signals(full), signals(mixed), SETTINGS.withFilterLength(32).withRegularise(true));

        // Then
        assertThat(plain.warnings()).isEmpty();
        for (var metric : List.of(Metric.SDR, Metric.ISR, Metric.SIR)) {
            for (int j = 0; j < 2; j++) {
                assertThat(regularised.of(metric)[j]).containsExactly(plain.of(metric)[j], within(0.01));
            }
        }
    }

    private static List<Signal> asFloat(List<Signal> signals) {
        return signals.stream()
                .map(signal -> {
                    var block = new double[2][FRAMES];
                    signal.read(0, block, FRAMES);
                    var samples = new float[2][FRAMES];
                    for (int c = 0; c < 2; c++) {
                        for (int n = 0; n < FRAMES; n++) {
                            samples[c][n] = (float) block[c][n];
                        }
                    }
                    return Signal.of(samples);
                })
                .toList();
    }

    private static List<Signal> rounded(List<Signal> signals, int bits) {
        return signals.stream().map(signal -> signal.roundedTo(bits)).toList();
    }

    /** Noise with a falling spectrum and nothing above 16 kHz, by a windowed sinc of 255 taps. */
    private static double[] lowPassed(Random random) {
        int half = 127;
        var kernel = new double[2 * half + 1];
        double cutoff = 2 * 15_500.0 / SAMPLE_RATE_HZ;
        for (int k = -half; k <= half; k++) {
            double sinc = k == 0 ? cutoff : Math.sin(Math.PI * cutoff * k) / (Math.PI * k);
            double x = Math.PI * (k + half + 1) / (half + 1);
            kernel[k + half] =
                    sinc * (0.35875 - 0.48829 * Math.cos(x) + 0.14128 * Math.cos(2 * x) - 0.01168 * Math.cos(3 * x));
        }
        var coloured = new double[FRAMES + kernel.length];
        for (int n = 1; n < coloured.length; n++) {
            coloured[n] = 0.95 * coloured[n - 1] + 0.3 * random.nextGaussian();
        }
        var filtered = new double[FRAMES];
        for (int k = 0; k < kernel.length; k++) {
            for (int n = 0; n < FRAMES; n++) {
                filtered[n] += kernel[k] * coloured[n + k];
            }
        }
        return filtered;
    }

    private static double[] noise(Random random) {
        return random.doubles(FRAMES, -0.5, 0.5).toArray();
    }

    private static double[] sum(double[] x, double[] y, double gain) {
        var sum = new double[x.length];
        Arrays.setAll(sum, n -> x[n] + gain * y[n]);
        return sum;
    }

    private static List<Signal> signals(List<double[]> mono) {
        return mono.stream().map(x -> Signal.of(x)).toList();
    }
}
