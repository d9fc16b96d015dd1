package io.stemline.training.graph;

import static io.stemline.training.graph.Evaluated.noise;
import static io.stemline.training.graph.Evaluated.numericalGradient;
import static io.stemline.training.graph.Evaluated.relativeError;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.stemline.audio.spectrum.Stft;
import io.stemline.audio.spectrum.StftSettings;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

class SpectralOpsTest {
    @ParameterizedTest
    @CsvSource({
        // window, hop, FFT, bins, samples
        "16, 4, 16, 9, 64",
        "16, 4, 16, 5, 61",
        "12, 5, 16, 9, 50",
        "12, 5, 16, 3, 40",
        "8, 8, 8, 5, 24",
        "6, 9, 10, 6, 40"
    })
    void spectraAreThoseOfTheDefinition(int window, int hop, int fft, int bins, int samples) {
        // Given
        StftSettings settings = SpectralOps.hann(window, hop, fft);
        float[] waveforms = noise(1, 2 * 3 * samples);

        // When
        float[] found = Evaluated.at(Shape.of(-1, 3, samples), Shape.of(2, 3, samples), waveforms, (tf, x) -> {
                    Spectrum spectrum = new SpectralOps(tf, settings, bins).stft(x);
                    return tf.stack(List.of(spectrum.re(), spectrum.im()));
                })
                .value();

        // Then
        double[][] rows = new double[6][];
        for (int row = 0; row < 6; row++) {
            rows[row] = Evaluated.doubles(Arrays.copyOfRange(waveforms, row * samples, (row + 1) * samples));
        }
        double[] re = Arrays.stream(rows)
                .flatMapToDouble(row -> Arrays.stream(definition(row, window, hop, fft, bins, true)))
                .toArray();
        double[] im = Arrays.stream(rows)
                .flatMapToDouble(row -> Arrays.stream(definition(row, window, hop, fft, bins, false)))
                .toArray();
        assertThat(relativeError(Arrays.copyOfRange(found, 0, re.length), re)).isLessThan(1e-6);
        assertThat(relativeError(Arrays.copyOfRange(found, re.length, found.length), im))
                .isLessThan(1e-6);
    }

    @Test
    void spectraAndTheirInverseAreThoseOfTheAudioModule() {
        // Given
        StftSettings settings = SpectralOps.hann(4096, 1024, 4096);
        Stft stft = new Stft(settings);
        float[] waveform = noise(2, 4096 + 6 * 1024);

        // When
        float[] re = Evaluated.at(
                        Shape.of(waveform.length),
                        waveform,
                        (tf, x) -> new SpectralOps(tf, settings).stft(x).re())
                .value();
        float[] back = Evaluated.at(Shape.of(waveform.length), waveform, (tf, x) -> {
                    SpectralOps spectral = new SpectralOps(tf, settings);
                    return spectral.inverse(spectral.stft(x));
                })
                .value();

        // Then
        var expected = stft.forward(waveform);
        double[] flat = Arrays.stream(expected.re())
                .flatMapToDouble(frame -> Arrays.stream(Evaluated.doubles(frame)))
                .toArray();
        assertThat(relativeError(re, flat)).isLessThan(1e-6);
        assertThat(relativeError(back, Evaluated.doubles(stft.inverse(expected, waveform.length))))
                .isLessThan(1e-6);
    }

    @ParameterizedTest
    @CsvSource({"16, 4, 16", "12, 5, 16", "240, 50, 512"})
    void theInverseGivesTheWaveformBackInside(int window, int hop, int fft) {
        // Given
        int samples = 5 * hop + window;
        float[] waveforms = noise(3, 2 * samples);

        // When
        float[] back = Evaluated.at(Shape.of(2, samples), waveforms, (tf, x) -> {
                    SpectralOps spectral = new SpectralOps(tf, SpectralOps.hann(window, hop, fft));
                    return spectral.inverse(spectral.stft(x));
                })
                .value();

        // Then
        assertThat(back).hasSize(2 * samples);
        for (int n = window; n < samples - window; n++) {
            assertThat(back[n]).isCloseTo(waveforms[n], within(3e-6f));
            assertThat(back[samples + n]).isCloseTo(waveforms[samples + n], within(3e-6f));
        }
    }

    @Test
    void theInverseOfTheLowestBinsTakesTheOthersAsZero() {
        // Given: a tone in bin 2 of 9, which the lowest five bins hold whole
        int samples = 16 + 10 * 4;
        float[] tone = new float[samples];
        for (int n = 0; n < samples; n++) {
            tone[n] = (float) Math.cos(2 * Math.PI * 2 * n / 16);
        }

        // When
        float[] back = Evaluated.at(Shape.of(samples), tone, (tf, x) -> {
                    SpectralOps spectral = new SpectralOps(tf, SpectralOps.hann(16, 4, 16), 5);
                    return spectral.inverse(spectral.stft(x));
                })
                .value();

        // Then
        for (int n = 16; n < samples - 16; n++) {
            assertThat(back[n]).isCloseTo(tone[n], within(1e-6f));
        }
    }

    @ParameterizedTest
    @CsvSource({"12, 4, 12, 7", "10, 4, 16, 9", "10, 4, 16, 4", "8, 8, 8, 5"})
    void theGradientOfTheTransformIsTheDifferenceQuotient(int window, int hop, int fft, int bins) {
        // Given
        int samples = 3 * hop + window;
        float[] waveform = noise(4, samples);
        double[] weights = Evaluated.doubles(noise(5, 2 * 4 * bins));

        // When
        float[] gradient = Evaluated.at(Shape.of(samples), waveform, (tf, x) -> {
                    Spectrum spectrum = new SpectralOps(tf, SpectralOps.hann(window, hop, fft), bins).stft(x);
                    return weightedSum(tf, tf.stack(List.of(spectrum.re(), spectrum.im())), 5, 2 * 4 * bins);
                })
                .gradient();

        // Then
        double[] expected = numericalGradient(waveform, 1e-4, x -> {
            double[] re = definition(x, window, hop, fft, bins, true);
            double[] im = definition(x, window, hop, fft, bins, false);
            double sum = 0;
            for (int i = 0; i < re.length; i++) {
                sum += weights[i] * re[i] + weights[re.length + i] * im[i];
            }
            return sum;
        });
        assertThat(relativeError(gradient, expected)).isLessThan(1e-5);
    }

    @ParameterizedTest
    @CsvSource({"12, 4, 12, 7", "10, 4, 16, 9", "10, 4, 16, 4"})
    void theGradientOfTheInverseIsTheDifferenceQuotient(int window, int hop, int fft, int bins) {
        // Given
        int frames = 3;
        int samples = (frames - 1) * hop + window;
        float[] spectra = noise(6, 2 * frames * bins);
        double[] weights = Evaluated.doubles(noise(7, samples));

        // When
        float[] gradient = Evaluated.at(Shape.of(2, frames, bins), spectra, (tf, x) -> {
                    var parts = tf.unstack(x, 2L).output();
                    var spectral = new SpectralOps(tf, SpectralOps.hann(window, hop, fft), bins);
                    var waveform = spectral.inverse(new Spectrum(parts.get(0), parts.get(1)));
                    return weightedSum(tf, waveform, 7, samples);
                })
                .gradient();

        // Then
        double[] expected = numericalGradient(spectra, 1e-3, x -> {
            double[] waveform = inverseByDefinition(x, frames, window, hop, fft, bins);
            double sum = 0;
            for (int n = 0; n < samples; n++) {
                sum += weights[n] * waveform[n];
            }
            return sum;
        });
        assertThat(relativeError(gradient, expected)).isLessThan(1e-5);
    }

    @Test
    void silenceHasAMagnitudeCloseToZeroAndNoGradient() {
        // When
        Evaluated silence = Evaluated.at(
                Shape.of(40),
                new float[40],
                (tf, x) -> SpectralOps.magnitude(tf, new SpectralOps(tf, SpectralOps.hann(16, 4, 16)).stft(x)));

        // Then
        for (float magnitude : silence.value()) {
            assertThat(magnitude).isCloseTo(1e-5f, within(1e-9f));
        }
        assertThat(silence.gradient()).containsOnly(0);
    }

    @Test
    void whatCannotBeTransformedIsRefused() {
        // Then
        try (Graph graph = new Graph()) {
            Ops tf = Ops.create(graph);
            SpectralOps spectral = new SpectralOps(tf, SpectralOps.hann(16, 4, 16), 5);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new SpectralOps(tf, StftSettings.of(16, 4)))
                    .withMessageContaining("neither centre");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new SpectralOps(tf, SpectralOps.hann(16, 4, 16), 10))
                    .withMessage("A transform of 16 samples has 9 bins: 10 cannot be kept");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> spectral.stft(tf.constant(new float[15])))
                    .withMessage("15 samples are too few for a window of 16 samples");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> spectral.stft(tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(2, -1)))))
                    .withMessageContaining("[..., samples]");
            var four = tf.constant(new float[3][4]);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> spectral.inverse(new Spectrum(four, four)))
                    .withMessage("These spectra have 4 bins instead of 5");
            var nine = tf.constant(new float[3][9]);
            assertThatIllegalArgumentException()
                    .isThrownBy(
                            () -> new SpectralOps(tf, SpectralOps.hann(16, 16, 16)).inverse(new Spectrum(nine, nine)))
                    .withMessageContaining("leaves gaps");
        }
    }

    @ParameterizedTest
    @CsvSource({"9", "8", "7"})
    void transformsOfEvenAndOddLengthHaveAGradient(int length) {
        // Given
        float[] samples = noise(8, length);
        int bins = length / 2 + 1;

        // When: every bin weighs as much as its number
        float[] gradient = Evaluated.at(Shape.of(length), samples, (tf, x) -> {
                    CustomGradients.register();
                    var fft = tf.constant(new int[] {length});
                    var bin = tf.range(tf.constant(0f), tf.constant((float) bins), tf.constant(1f));
                    var weighted = ComplexOps.scaled(tf, ComplexOps.rfft(tf, x, fft), bin);
                    return weightedSum(tf, ComplexOps.irfft(tf, weighted, fft), 9, length);
                })
                .gradient();

        // Then
        double[] expected = new double[length];
        float[] weights = noise(9, length);
        for (int m = 0; m < length; m++) {
            for (int n = 0; n < length; n++) {
                for (int k = 0; k < length; k++) {
                    int number = Math.min(k, length - k);
                    expected[m] += weights[n] * number * Math.cos(2 * Math.PI * k * (n - m) / length) / length;
                }
            }
        }
        assertThat(relativeError(gradient, expected)).isLessThan(1e-6);
    }

    @Test
    void aTransformThatCutsItsSamplesHasNoGradient() {
        // Then
        assertThatThrownBy(() -> Evaluated.at(Shape.of(8), new float[8], (tf, x) -> {
                    CustomGradients.register();
                    return ComplexOps.real(tf, ComplexOps.rfft(tf, x, tf.constant(new int[] {6})));
                }))
                .hasMessageContaining("Cannot reshape a tensor with 6 elements to shape [8]");
    }

    private static Operand<TFloat32> weightedSum(Ops tf, Operand<TFloat32> x, long seed, int size) {
        var flat = tf.reshape(x, tf.constant(new int[] {size}));
        return tf.sum(tf.math.mul(flat, tf.constant(noise(seed, size))), tf.constant(0));
    }

    private static double hann(int n, int window) {
        return 0.5 - 0.5 * Math.cos(2 * Math.PI * n / window);
    }

    /** Real or imaginary parts, {@code [frame][bin]}, flat. */
    private static double[] definition(double[] x, int window, int hop, int fft, int bins, boolean real) {
        int frames = (x.length - window) / hop + 1;
        double[] parts = new double[frames * bins];
        for (int t = 0; t < frames; t++) {
            for (int k = 0; k < bins; k++) {
                for (int n = 0; n < window; n++) {
                    double angle = -2 * Math.PI * k * n / fft;
                    parts[t * bins + k] +=
                            x[t * hop + n] * hann(n, window) * (real ? Math.cos(angle) : Math.sin(angle));
                }
            }
        }
        return parts;
    }

    /** Of real parts, then imaginary parts, each {@code [frame][bin]}. */
    private static double[] inverseByDefinition(double[] spectra, int frames, int window, int hop, int fft, int bins) {
        double[] sum = new double[(frames - 1) * hop + window];
        double[] weights = new double[sum.length];
        for (int t = 0; t < frames; t++) {
            for (int n = 0; n < window; n++) {
                double sample = 0;
                for (int k = 0; k < bins; k++) {
                    double angle = 2 * Math.PI * k * n / fft;
                    double times = k == 0 || k == fft / 2 ? 1 : 2;
                    sample += times * spectra[t * bins + k] * Math.cos(angle) / fft;
                    sample -= times * spectra[(frames + t) * bins + k] * Math.sin(angle) / fft;
                }
                sum[t * hop + n] += sample * hann(n, window);
                weights[t * hop + n] += hann(n, window) * hann(n, window);
            }
        }
        double highest = hann(window / 2, window) * hann(window / 2, window);
        for (int n = 0; n < sum.length; n++) {
            sum[n] /= Math.max(weights[n], 0.04 * highest);
        }
        return sum;
    }
}
