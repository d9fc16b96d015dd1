package io.stemline.separation.blind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HarmonicPercussiveTest {

    @ParameterizedTest
    @CsvSource({"50, 41", "51, 40", "1, 33", "3, 64"})
    void masksAreThoseOfPlainMedianFilters(int frames, int bins) {
        // Given
        var random = new Random(8);
        var magnitudes = new float[1][frames * bins];
        for (int at = 0; at < magnitudes[0].length; at++) {
            magnitudes[0][at] = random.nextInt(4) == 0 ? 0 : random.nextFloat();
        }
        var mask = new float[1][frames * bins];

        // When
        new HarmonicPercussive(bins)
                .compute(new SegmentSpectrum(magnitudes, new float[1][0], new float[1][0], frames, bins), mask);

        // Then
        for (int frame = 0; frame < frames; frame++) {
            for (int bin = 0; bin < bins; bin++) {
                var alongTime = new float[31];
                var alongFrequency = new float[31];
                for (int k = -15; k <= 15; k++) {
                    alongTime[k + 15] = magnitudes[0][reflected(frame + k, frames) * bins + bin];
                    alongFrequency[k + 15] = magnitudes[0][frame * bins + reflected(bin + k, bins)];
                }
                Arrays.sort(alongTime);
                Arrays.sort(alongFrequency);
                double harmonic = alongTime[15] * alongTime[15];
                double percussive = alongFrequency[15] * alongFrequency[15];
                double expected = harmonic + percussive == 0 ? 0.5 : harmonic / (harmonic + percussive);
                assertThat(mask[0][frame * bins + bin]).isCloseTo((float) expected, within(1e-6f));
            }
        }
    }

    private static int reflected(int index, int length) {
        int at = index;
        while (at < 0 || at >= length) {
            at = at < 0 ? -1 - at : 2 * length - 1 - at;
        }
        return at;
    }
}
