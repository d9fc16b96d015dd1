package io.stemline.bsseval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ScaleInvariantTest {
    private static final double EXACT = 1e-9;

    @Test
    void theFiguresOfAKnownPieceComeOutWithAndWithoutItsMean() throws IOException {
        // Given
        var references = ReferenceCases.stems("ref");
        var estimates = ReferenceCases.stems("est");
        var expected = ReferenceCases.json(ReferenceCases.folder("museval").resolve("expected.json"))
                .get("si_sdr");
        var mixture = Signal.of(Wave.read(ReferenceCases.folder("museval").resolve("mixture.wav")));

        // When
        var plain = ScaleInvariant.score(references, estimates, Mean.KEPT).siSdr();
        var removed = ScaleInvariant.score(references, estimates, Mean.REMOVED).siSdr();
        var improvement = ScaleInvariant.improvement(references, estimates, mixture, Mean.KEPT)
                .siSdr();

        // Then
        assertThat(plain).containsExactly(ReferenceCases.vector(expected.get("no_mean_removal")), within(1e-6));
        assertThat(removed).containsExactly(ReferenceCases.vector(expected.get("mean_removed")), within(1e-6));
        var ofMixture = ReferenceCases.vector(expected.get("mixture_as_estimate"));
        for (int j = 0; j < plain.length; j++) {
            assertThat(improvement[j]).isEqualTo(plain[j] - ofMixture[j], within(1e-6));
        }
    }

    @Test
    void aHandMadeCaseHasItsClosedForm() {
        // Given: e = 2 s + n, with s, n and the other source o orthogonal, o leaking in with gain 0.5
        var s = new double[] {1, 1, 1, 1};
        var o = new double[] {1, -1, 1, -1};
        var n = new double[] {0.25, 0.25, -0.25, -0.25};
        var e = new double[4];
        for (int i = 0; i < 4; i++) {
            e[i] = 2 * s[i] + 0.5 * o[i] + n[i];
        }

        // When
        var scores = ScaleInvariant.score(
                List.of(Signal.of(s), Signal.of(o)), List.of(Signal.of(e), Signal.of(o)), Mean.KEPT);

        // Then: |2s|^2 = 16, |0.5 o|^2 = 1, |n|^2 = 0.25, |s - e|^2 = 4 + 1 + 0.25
        assertThat(scores.siSdr()[0]).isEqualTo(10 * Math.log10(16 / 1.25), within(EXACT));
        assertThat(scores.siSir()[0]).isEqualTo(10 * Math.log10(16 / 1.0), within(EXACT));
        assertThat(scores.siSar()[0]).isEqualTo(10 * Math.log10(16 / 0.25), within(EXACT));
        assertThat(scores.sdSdr()[0]).isEqualTo(10 * Math.log10(16 / 5.25), within(EXACT));
    }

    @Test
    void scalingTheEstimateChangesNoScaleInvariantFigure() {
        // Given
        var random = new Random(3);
        var references = List.of(noise(random, 2, 500), noise(random, 2, 500), noise(random, 2, 500));
        var estimates = new double[][][] {samples(random, 2, 500), samples(random, 2, 500), samples(random, 2, 500)};
        var scaled = Arrays.stream(estimates)
                .map(channels -> Arrays.stream(channels)
                        .map(x -> Arrays.stream(x).map(v -> -7.25 * v).toArray())
                        .toArray(double[][]::new))
                .map(Signal::of)
                .toList();

        // When
        var plain = ScaleInvariant.score(
                references, Arrays.stream(estimates).map(Signal::of).toList(), Mean.REMOVED);
        var ofScaled = ScaleInvariant.score(references, scaled, Mean.REMOVED);

        // Then
        assertThat(ofScaled.siSdr()).containsExactly(plain.siSdr(), within(EXACT));
        assertThat(ofScaled.siSir()).containsExactly(plain.siSir(), within(EXACT));
        assertThat(ofScaled.siSar()).containsExactly(plain.siSar(), within(EXACT));
    }

    @Test
    void distortionIsInterferencePlusArtifacts() {
        // Given
        var random = new Random(5);
        var references = List.of(noise(random, 1, 300), noise(random, 1, 300));
        var estimates = List.of(noise(random, 1, 300), noise(random, 1, 300));

        // When
        var scores = ScaleInvariant.score(references, estimates, Mean.KEPT);

        // Then: equation 6 of the paper
        for (int j = 0; j < 2; j++) {
            assertThat(linear(-scores.siSir()[j]) + linear(-scores.siSar()[j]))
                    .isEqualTo(linear(-scores.siSdr()[j]), within(1e-9));
        }
    }

    @Test
    void perChannelFiguresAreThoseOfTheChannelsAsMonoSignals() {
        // Given
        var random = new Random(8);
        var s = samples(random, 2, 400);
        var e = samples(random, 2, 400);

        // When
        var perChannel = ScaleInvariant.siSdrPerChannel(Signal.of(s), Signal.of(e), Mean.REMOVED);

        // Then
        assertThat(perChannel)
                .containsExactly(
                        ScaleInvariant.siSdr(Signal.of(s[0]), Signal.of(e[0]), Mean.REMOVED),
                        ScaleInvariant.siSdr(Signal.of(s[1]), Signal.of(e[1]), Mean.REMOVED));
    }

    @Test
    void aPerfectEstimateHasInfiniteRatios() {
        // Given
        var s = noise(new Random(1), 2, 100);

        // When
        var scores = ScaleInvariant.score(List.of(s), List.of(s), Mean.KEPT);

        // Then
        assertThat(scores.siSdr()).containsExactly(Double.POSITIVE_INFINITY);
        assertThat(scores.sdSdr()).containsExactly(Double.POSITIVE_INFINITY);
    }

    @Test
    void duplicatedReferencesShareTheirProjection() {
        // Given
        var random = new Random(11);
        var s = noise(random, 1, 200);
        var e = noise(random, 1, 200);

        // When
        var twice = ScaleInvariant.score(List.of(s, s), List.of(e, e), Mean.KEPT);

        // Then: no interference is left, because the other source adds nothing to the span
        assertThat(twice.siSir()[0]).isGreaterThan(200);
        assertThat(twice.siSar()[0]).isEqualTo(twice.siSdr()[0], within(EXACT));
    }

    @Test
    void aSilentSignalIsNamed() {
        // Given
        var sound = Signal.of(new double[] {1, -1}).named("vocals");
        var silence = Signal.of(new double[] {0, 0}).named("drums");

        // When, Then
        assertThatThrownBy(() -> ScaleInvariant.score(List.of(sound, silence), List.of(sound, sound), Mean.KEPT))
                .isInstanceOf(ScoringException.class)
                .hasMessage("Reference 2 (drums) is silent throughout, so it cannot be scored.");
        assertThatThrownBy(() -> ScaleInvariant.siSdr(sound, silence, Mean.KEPT))
                .hasMessage("Estimate 1 (drums) is silent throughout, so it cannot be scored.");
    }

    private static double linear(double decibels) {
        return Math.pow(10, decibels / 10);
    }

    private static Signal noise(Random random, int channels, int frames) {
        return Signal.of(samples(random, channels, frames));
    }

    private static double[][] samples(Random random, int channels, int frames) {
        var samples = new double[channels][frames];
        for (var channel : samples) {
            Arrays.setAll(channel, n -> random.nextGaussian());
        }
        return samples;
    }
}
