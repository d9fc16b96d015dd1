package io.stemline.fft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RealFftTest {

    @ParameterizedTest(name = "{0} frames, {1} signals side by side")
    @CsvSource({"64, 1", "128, 3", "256, 4", "2048, 2"})
    void spectraAreThoseOfTheSumThatDefinesThem(int size, int lanes) {
        // Given
        var signals = noise(size, lanes);
        var fft = new RealFft(size, lanes);

        // When
        load(fft, signals, 0, size);
        fft.forward();

        // Then: within the bound on the error, which holds for the norm of all bins
        for (int lane = 0; lane < lanes; lane++) {
            var re = new double[RealFft.bins(size)];
            var im = new double[RealFft.bins(size)];
            fft.storeSpectrum(lane, re, im);
            double error = RealFft.relativeError(size) * Math.sqrt(size * squaredNorm(signals[lane]));
            for (int bin = 0; bin < re.length; bin++) {
                var expected = bin(signals[lane], RealFft.frequency(size, bin));
                assertThat(re[bin]).isEqualTo(expected[0], within(error));
                assertThat(im[bin]).isEqualTo(expected[1], within(error));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"64", "128", "8192"})
    void everyFrequencyIsThereOrItsMirrorImage(int size) {
        // When
        var found = IntStream.range(0, RealFft.bins(size))
                .map(bin -> RealFft.frequency(size, bin))
                .map(k -> Math.min(k, size - k))
                .distinct();

        // Then
        assertThat(found)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.rangeClosed(0, size / 2).boxed().toList());
    }

    @Test
    void theInverseGivesTheLoadedFramesBackTimesSize() {
        // Given: the same instance transforms twice, so that nothing of the first time may be left
        int size = 512;
        var fft = new RealFft(size, 3);

        for (int from : new int[] {0, 37}) {
            var signals = noise(size, 3);
            load(fft, signals, from, size - 5 * from);

            // When
            fft.forward();
            for (int lane = 0; lane < 3; lane++) {
                var re = new double[RealFft.bins(size)];
                var im = new double[RealFft.bins(size)];
                fft.storeSpectrum(lane, re, im);
                fft.loadSpectrum(lane, re, im);
            }
            fft.inverse();

            // Then
            for (int lane = 0; lane < 3; lane++) {
                var frames = new double[size - 1];
                fft.store(lane, frames);
                for (int n = 0; n < frames.length; n++) {
                    double expected = n >= from && n < size - 5 * from ? signals[lane][n] : 0;
                    assertThat(frames[n] / size).isEqualTo(expected, within(1e-14));
                }
            }
        }
    }

    @ParameterizedTest(name = "{0} bins, window of {1}")
    @CsvSource({"64, 64", "128, 100", "4096, 4096", "512, 400"})
    void windowedFramesOfFloatsBecomeBinsInTheirOrderAndComeBack(int size, int windowLength) {
        // Given
        var signals = noise(size + 10, 3);
        var window = new float[windowLength];
        Arrays.fill(window, 0.5f);
        var back = new float[windowLength];
        Arrays.fill(back, 2f / size);
        var fft = new RealFft(size, 3);
        var re = new float[3][size / 2 + 4];
        var im = new float[3][size / 2 + 4];
        var sums = new float[3][size + 10];

        // When
        for (int lane = 0; lane < 3; lane++) {
            fft.loadWindowed(lane, floats(signals[lane]), 5, window);
        }
        fft.forward();
        for (int lane = 0; lane < 3; lane++) {
            fft.storeBins(lane, re[lane], im[lane], 3);
            fft.loadBins(lane, re[lane], im[lane], 3);
        }
        fft.inverse();
        for (int lane = 0; lane < 3; lane++) {
            Arrays.fill(sums[lane], 1);
            fft.addWindowed(lane, back, sums[lane], 7);
        }

        // Then
        for (int lane = 0; lane < 3; lane++) {
            var frame = new double[size];
            for (int n = 0; n < windowLength; n++) {
                frame[n] = 0.5 * (float) signals[lane][5 + n];
            }
            for (int k = 0; k <= size / 2; k++) {
                var expected = bin(frame, k);
                assertThat((double) re[lane][3 + k]).isEqualTo(expected[0], within(1e-4));
                assertThat((double) im[lane][3 + k]).isEqualTo(expected[1], within(1e-4));
            }
            for (int n = 0; n < sums[lane].length; n++) {
                boolean inside = n >= 7 && n < 7 + windowLength;
                double expected = inside ? 1 + (float) signals[lane][n - 2] : 1;
                assertThat((double) sums[lane][n]).isEqualTo(expected, within(1e-5));
            }
        }
    }

    private static float[] floats(double[] x) {
        var floats = new float[x.length];
        for (int n = 0; n < x.length; n++) {
            floats[n] = (float) x[n];
        }
        return floats;
    }

    private static double squaredNorm(double[] x) {
        return Arrays.stream(x).map(value -> value * value).sum();
    }

    private static void load(RealFft fft, double[][] signals, int from, int to) {
        for (int lane = 0; lane < signals.length; lane++) {
            fft.load(lane, signals[lane], from, to);
        }
    }

    private static double[] bin(double[] x, int k) {
        double re = 0;
        double im = 0;
        for (int n = 0; n < x.length; n++) {
            double angle = 2 * Math.PI * ((long) k * n % x.length) / x.length;
            re += x[n] * Math.cos(angle);
            im -= x[n] * Math.sin(angle);
        }
        return new double[] {re, im};
    }

    private static double[][] noise(int size, int lanes) {
        var random = new Random(size);
        var signals = new double[lanes][size];
        for (var x : signals) {
            Arrays.setAll(x, n -> random.nextGaussian());
        }
        return signals;
    }
}
