package io.stemline.separation.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stemline.separation.filter.WienerFilter.Start;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WienerFilterTest {

    private static final int FRAMES = 6;
    private static final int BINS = 5;
    private static final int SOURCES = 3;
    private static final double EPS = 1e-3;

    /**
     * Against norbert 0.2.1 in double precision on x = 80 sin(1 + 1.3 t + 0.7 f + 2.1 c) + 80i cos(2 + 0.9 t + 1.9 f + 0.4 c)
     * and v = |30 sin(0.5 + 1.1 t + 0.6 f + 0.3 c + 1.7 j)|, for t frames, f bins, c channels, j sources and eps = 1e-3.
     */
    @ParameterizedTest
    @CsvSource({
        "2, 0, SOFT_MASK, 0, 0, 0, 0, 16.335205, -8.078524",
        "2, 0, SOFT_MASK, 3, 2, 1, 1, 20.869632, -21.134258",
        "2, 0, SOFT_MASK, 5, 4, 0, 2, -19.598841, 0.948645",
        "2, 1, SOFT_MASK, 0, 0, 0, 0, 17.024858, -6.593479",
        "2, 1, SOFT_MASK, 3, 2, 1, 1, 7.660431, -15.871926",
        "2, 1, SOFT_MASK, 5, 4, 0, 2, -12.926334, 0.612910",
        "2, 2, MIXTURE_PHASE, 0, 0, 0, 0, 13.785123, -4.843073",
        "2, 2, MIXTURE_PHASE, 3, 2, 1, 1, 5.013882, -11.741659",
        "2, 2, MIXTURE_PHASE, 5, 4, 0, 2, -9.155237, 0.123706",
        "2, 3, SOFT_MASK, 0, 0, 0, 0, 5.075193, -1.120678",
        "2, 3, SOFT_MASK, 3, 2, 1, 1, 7.032116, -10.142984",
        "2, 3, SOFT_MASK, 5, 4, 0, 2, -3.347100, -0.378740",
        "1, 0, SOFT_MASK, 0, 0, 0, 0, 16.335205, -8.078524",
        "1, 0, SOFT_MASK, 3, 2, 0, 1, 0.245477, -8.789173",
        "1, 0, SOFT_MASK, 5, 4, 0, 2, -19.598841, 0.948645",
        "1, 1, SOFT_MASK, 0, 0, 0, 0, 11.382618, -5.629238",
        "1, 1, SOFT_MASK, 3, 2, 0, 1, 0.120983, -4.331722",
        "1, 1, SOFT_MASK, 5, 4, 0, 2, -18.380495, 0.889673",
        "1, 2, MIXTURE_PHASE, 0, 0, 0, 0, 5.043130, -2.494064",
        "1, 2, MIXTURE_PHASE, 3, 2, 0, 1, 0.025600, -0.916593",
        "1, 2, MIXTURE_PHASE, 5, 4, 0, 2, -15.440529, 0.747370",
        "1, 3, SOFT_MASK, 0, 0, 0, 0, 0.796804, -0.394057",
        "1, 3, SOFT_MASK, 3, 2, 0, 1, 0.000967, -0.034636",
        "1, 3, SOFT_MASK, 5, 4, 0, 2, -9.073733, 0.439197"
    })
    void separatesAsNorbertDoes(
            int channels,
            int iterations,
            Start start,
            int frame,
            int bin,
            int channel,
            int source,
            double expectedRe,
            double expectedIm) {
        // Given
        var x = mixture(channels);
        var y = zeros(channels);

        // When
        new WienerFilter(BINS, SOURCES, EPS).separate(magnitudes(channels), x, FRAMES, iterations, start, y);

        // Then
        int at = frame * BINS + bin;
        assertThat(y.get(source).re()[channel][at]).isCloseTo((float) expectedRe, within(2e-5f));
        assertThat(y.get(source).im()[channel][at]).isCloseTo((float) expectedIm, within(2e-5f));
    }

    @ParameterizedTest
    @CsvSource({"1", "2"})
    void sourcesAddUpToTheMixture(int channels) {
        // Given
        var x = mixture(channels);
        var y = zeros(channels);

        // When
        new WienerFilter(BINS, SOURCES, WienerFilter.FLOAT_EPS)
                .separate(magnitudes(channels), x, FRAMES, 1, Start.SOFT_MASK, y);

        // Then
        for (int channel = 0; channel < channels; channel++) {
            for (int at = 0; at < FRAMES * BINS; at++) {
                float sum = 0;
                for (var source : y) {
                    sum += source.re()[channel][at];
                }
                assertThat(sum).isCloseTo(x.re()[channel][at], within(1f));
            }
        }
    }

    /** Masks cannot tell sources apart that are equally loud in a bin; their places in the stereo image can. */
    @Test
    void sourcesOfDifferentDirectionsAreToldApartWhereMasksCannot() {
        // Given
        var random = new Random(5);
        int frames = 400;
        var left = Spectra.zeros(2, frames, 1);
        var right = Spectra.zeros(2, frames, 1);
        var x = Spectra.zeros(2, frames, 1);
        var magnitudes = new float[2][2][frames];
        for (int frame = 0; frame < frames; frame++) {
            place(left, frame, random, 1, 0.1, frame % 3 == 0 ? 0.1 : 1);
            place(right, frame, random, 0.1, 1, frame % 3 == 1 ? 0.1 : 1);
            for (int channel = 0; channel < 2; channel++) {
                x.re()[channel][frame] = left.re()[channel][frame] + right.re()[channel][frame];
                x.im()[channel][frame] = left.im()[channel][frame] + right.im()[channel][frame];
                magnitudes[0][channel][frame] = frame % 3 == 0 ? 0.1f : 1;
                magnitudes[1][channel][frame] = frame % 3 == 1 ? 0.1f : 1;
            }
        }
        var masked = List.of(Spectra.zeros(2, frames, 1), Spectra.zeros(2, frames, 1));
        var filtered = List.of(Spectra.zeros(2, frames, 1), Spectra.zeros(2, frames, 1));
        var filter = new WienerFilter(1, 2, WienerFilter.FLOAT_EPS);

        // When
        filter.separate(magnitudes, x, frames, 0, Start.SOFT_MASK, masked);
        filter.separate(magnitudes, x, frames, 5, Start.SOFT_MASK, filtered);

        // Then
        assertThat(distance(filtered.getFirst(), left)).isLessThan(0.1 * distance(masked.getFirst(), left));
        assertThat(distance(filtered.getLast(), right)).isLessThan(0.1 * distance(masked.getLast(), right));
    }

    @Test
    void silenceStaysSilence() {
        // Given
        var y = zeros(2);

        // When
        new WienerFilter(BINS, SOURCES, WienerFilter.FLOAT_EPS)
                .separate(
                        new float[SOURCES][2][FRAMES * BINS],
                        Spectra.zeros(2, FRAMES, BINS),
                        FRAMES,
                        2,
                        Start.MIXTURE_PHASE,
                        y);

        // Then
        for (var source : y) {
            assertThat(source.re()[0]).containsOnly(0);
            assertThat(source.im()[1]).containsOnly(0);
        }
    }

    @Test
    void theResidualIsWhatTheSourcesLeaveOfTheMixturesMagnitude() {
        // Given
        var x = new Spectra(new float[][] {{3, 0.3f}}, new float[][] {{4, 0.4f}});
        var magnitudes = new float[][][] {{{1, 0.25f}}, {{0.5f, 0.75f}}};
        var residual = new float[1][2];

        // When
        WienerFilter.residual(magnitudes, x, residual);

        // Then
        assertThat(residual[0]).containsExactly(3.5f, 0);
    }

    private static void place(Spectra source, int frame, Random random, double left, double right, double level) {
        double re = level * random.nextGaussian();
        double im = level * random.nextGaussian();
        source.re()[0][frame] = (float) (left * re);
        source.im()[0][frame] = (float) (left * im);
        source.re()[1][frame] = (float) (right * re);
        source.im()[1][frame] = (float) (right * im);
    }

    private static double distance(Spectra one, Spectra other) {
        double distance = 0;
        for (int channel = 0; channel < 2; channel++) {
            for (int at = 0; at < one.re()[channel].length; at++) {
                distance += Math.pow(one.re()[channel][at] - other.re()[channel][at], 2);
                distance += Math.pow(one.im()[channel][at] - other.im()[channel][at], 2);
            }
        }
        return distance;
    }

    private static List<Spectra> zeros(int channels) {
        return Stream.generate(() -> Spectra.zeros(channels, FRAMES, BINS))
                .limit(SOURCES)
                .toList();
    }

    private static Spectra mixture(int channels) {
        var x = Spectra.zeros(channels, FRAMES, BINS);
        for (int c = 0; c < channels; c++) {
            for (int t = 0; t < FRAMES; t++) {
                for (int f = 0; f < BINS; f++) {
                    x.re()[c][t * BINS + f] = (float) (80 * Math.sin(1 + 1.3 * t + 0.7 * f + 2.1 * c));
                    x.im()[c][t * BINS + f] = (float) (80 * Math.cos(2 + 0.9 * t + 1.9 * f + 0.4 * c));
                }
            }
        }
        return x;
    }

    private static float[][][] magnitudes(int channels) {
        var v = new float[SOURCES][channels][FRAMES * BINS];
        for (int j = 0; j < SOURCES; j++) {
            for (int c = 0; c < channels; c++) {
                for (int t = 0; t < FRAMES; t++) {
                    for (int f = 0; f < BINS; f++) {
                        double sine = Math.sin(0.5 + 1.1 * t + 0.6 * f + 0.3 * c + 1.7 * j);
                        v[j][c][t * BINS + f] = (float) Math.abs(30 * sine);
                    }
                }
            }
        }
        return v;
    }
}
