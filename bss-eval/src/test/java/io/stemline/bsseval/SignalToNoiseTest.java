package io.stemline.bsseval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import org.junit.jupiter.api.Test;

final class SignalToNoiseTest {

    @Test
    void theSnrOfAKnownPieceComesOut() throws IOException {
        // Given
        var references = ReferenceCases.stems("ref");
        var estimates = ReferenceCases.stems("est");
        var expected = ReferenceCases.vector(
                ReferenceCases.json(ReferenceCases.folder("museval").resolve("expected.json"))
                        .get("snr"));

        // When, Then
        for (int j = 0; j < expected.length; j++) {
            assertThat(SignalToNoise.snr(references.get(j), estimates.get(j))).isEqualTo(expected[j], within(1e-6));
        }
    }

    @Test
    void theMdxRatioIsFiniteForSilenceAndPerfection() {
        // Given
        var sound = Signal.of(new double[] {3, 4}, new double[] {0, 0});
        var silence = Signal.of(new double[2][2]);

        // When, Then: the energy of the sound is 25
        assertThat(SignalToNoise.mdxSdr(sound, sound)).isEqualTo(10 * Math.log10((25 + 1e-7) / 1e-7), within(1e-9));
        assertThat(SignalToNoise.mdxSdr(silence, silence)).isEqualTo(0, within(1e-12));
        assertThat(SignalToNoise.mdxSdr(silence, sound)).isEqualTo(10 * Math.log10(1e-7 / (25 + 1e-7)), within(1e-9));
    }

    @Test
    void improvementsAreOverTheMixtureAsTheEstimate() {
        // Given
        var s = Signal.of(new double[] {2, 0});
        var e = Signal.of(new double[] {2, 0.5});
        var mixture = Signal.of(new double[] {2, 2});

        // When, Then: 4 / 0.25 against 4 / 4
        assertThat(SignalToNoise.snrImprovement(s, e, mixture)).isEqualTo(10 * Math.log10(16), within(1e-12));
        assertThat(SignalToNoise.mdxSdrImprovement(s, e, mixture)).isEqualTo(10 * Math.log10(16), within(1e-5));
    }

    @Test
    void anEstimateThatEndsEarlyIsPaddedAndOneThatEndsLateIsCut() {
        // Given
        var s = Signal.of(new double[] {2, 2});

        // When, Then
        assertThat(SignalToNoise.snr(s, Signal.of(new double[] {2}))).isEqualTo(10 * Math.log10(2), within(1e-12));
        assertThat(SignalToNoise.snr(s, Signal.of(new double[] {2, 1, 9})))
                .isEqualTo(10 * Math.log10(8), within(1e-12));
    }
}
