package io.stemline.bsseval;

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
            double error =
                    RealFft.relativeError(size) * Math.sqrt(size * InnerProducts.squaredNorm(signals[lane], size));
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
