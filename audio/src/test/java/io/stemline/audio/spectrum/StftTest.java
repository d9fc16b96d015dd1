package io.stemline.audio.spectrum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.stemline.audio.Signals;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class StftTest {

    private static float[] noise(int length) {
        return Signals.noise(44100, 1, length, 1, 42).channel(0);
    }

    static Stream<StftSettings> invertibleSettings() {
        List<StftSettings> settings = new ArrayList<>();
        for (WindowFunction window : WindowFunction.values()) {
            for (int[] lengths : new int[][] {
                {4096, 1024},
                {4096, 2048},
                {2048, 512},
                {1024, 256},
                {512, 171},
                {400, 160},
                {256, 1},
                {255, 64},
                {96, 37},
                {2, 1},
                {1536, 1100},
                {30, 20}
            }) {
                StftSettings candidate = StftSettings.of(lengths[0], lengths[1]).withWindow(window);
                if (candidate.invertible()) {
                    settings.add(candidate);
                    settings.add(candidate
                            .withFftLength(2 * candidate.fftLength())
                            .withCenterPadding(CenterPadding.REFLECT));
                }
            }
        }
        return settings.stream();
    }

    @ParameterizedTest
    @MethodSource("invertibleSettings")
    void theInverseGivesTheSignalBack(StftSettings settings) {
        // Given
        Stft stft = new Stft(settings);
        for (int length : new int[] {1, 2, settings.hopLength(), settings.windowLength() + 1, 10_007}) {
            float[] signal = noise(length);

            // When
            float[] back = stft.inverse(stft.forward(signal), length);

            // Then
            assertThat(back).containsExactly(signal, within(1e-6f));
        }
    }

    @Test
    void mostPairsOfWindowAndHopWereTried() {
        assertThat(invertibleSettings().count()).isGreaterThan(100);
    }

    @ParameterizedTest
    @CsvSource({"16, 4, 16", "15, 7, 20", "60, 60, 60", "64, 80, 128", "4, 2, 6"})
    void spectraAreThoseOfTheDefinition(int windowLength, int hopLength, int fftLength) {
        // Given
        for (WindowFunction window : WindowFunction.values()) {
            for (CenterPadding padding : CenterPadding.values()) {
                for (boolean center : new boolean[] {false, true}) {
                    for (boolean padEnd : new boolean[] {false, true}) {
                        StftSettings settings =
                                new StftSettings(windowLength, hopLength, window, fftLength, center, padEnd, padding);
                        float[] signal = noise(301);

                        // When
                        Spectrogram spectrogram = new Stft(settings).forward(signal);

                        // Then
                        assertThat(spectrogram.frames()).isEqualTo(settings.frames(301));
                        assertThat(spectrogram.bins()).isEqualTo(fftLength / 2 + 1);
                        for (int frame = 0; frame < spectrogram.frames(); frame++) {
                            for (int bin = 0; bin < spectrogram.bins(); bin++) {
                                double[] expected = dft(signal, settings, frame, bin);
                                assertThat(spectrogram.re()[frame][bin])
                                        .isCloseTo((float) expected[0], within(2e-6f * fftLength));
                                assertThat(spectrogram.im()[frame][bin])
                                        .isCloseTo((float) expected[1], within(2e-6f * fftLength));
                            }
                        }
                    }
                }
            }
        }
    }

    private static double[] dft(float[] signal, StftSettings settings, int frame, int bin) {
        int windowLength = settings.windowLength();
        int start = frame * settings.hopLength() - (settings.center() ? windowLength / 2 : 0);
        double re = 0;
        double im = 0;
        for (int n = 0; n < windowLength; n++) {
            double phase = 2 * Math.PI * n / windowLength;
            double weight = switch (settings.window()) {
                case HANN -> Math.pow(Math.sin(phase / 2), 2);
                case HAMMING -> 0.54 - 0.46 * Math.cos(phase);
                case BLACKMAN -> 0.42 - 0.5 * Math.cos(phase) + 0.08 * Math.cos(2 * phase);
                case SINE -> Math.sin(phase / 2);
                case RECTANGULAR -> 1;
            };
            double angle = -2 * Math.PI * bin * n / settings.fftLength();
            double sample = outsideToo(signal, start + n, settings);
            re += weight * sample * Math.cos(angle);
            im += weight * sample * Math.sin(angle);
        }
        return new double[] {re, im};
    }

    private static double outsideToo(float[] signal, int position, StftSettings settings) {
        boolean reflects = settings.center() && settings.centerPadding() == CenterPadding.REFLECT;
        int margin = reflects ? settings.windowLength() / 2 : 0;
        if (position < 0) {
            return reflects ? signal[-position] : 0;
        }
        if (position >= signal.length) {
            return position < signal.length + margin ? signal[2 * (signal.length - 1) - position] : 0;
        }
        return signal[position];
    }

    @ParameterizedTest
    @CsvSource({
        // length, window, hop, center, padEnd, frames
        "44100, 4096, 1024, false, false, 40",
        "44100, 4096, 1024, false, true, 44",
        "44100, 4096, 1024, true, false, 44",
        "44100, 4096, 1024, true, true, 45",
        "4095, 4096, 1024, false, false, 0",
        "0, 4096, 1024, false, true, 0",
        "44032, 4096, 1024, true, true, 44",
    })
    void framesAreCountedAsDocumented(
            long length, int windowLength, int hopLength, boolean center, boolean padEnd, int frames) {
        // Given
        StftSettings settings =
                StftSettings.of(windowLength, hopLength).withCenter(center).withPadEnd(padEnd);

        // When
        int counted = settings.frames(length);

        // Then
        assertThat(counted).isEqualTo(frames);
    }

    @Test
    void framesOfAStreamAddUpToTheSignal() {
        // Given
        StftSettings settings = StftSettings.of(512, 128);
        Stft stft = new Stft(settings);
        float[] signal = noise(512 * 20);
        float[] sum = new float[signal.length];
        float[] re = new float[3 + stft.bins()];
        float[] im = new float[3 + stft.bins()];

        // When
        for (int start = 0; start + 512 <= signal.length; start += 128) {
            stft.forwardFrame(signal, start, re, im, 3);
            stft.overlapAddFrame(re, im, 3, sum, start);
        }

        // Then
        float[] normalisation = settings.summedSquaredWindow();
        for (int n = 512; n < signal.length - 512; n++) {
            assertThat(sum[n] / normalisation[n % 128]).isCloseTo(signal[n], within(1e-6f));
        }
    }

    @Test
    void synthesisedFramesAreWindowedTwice() {
        // Given
        Stft stft = new Stft(StftSettings.of(64, 16));
        float[] signal = noise(64);
        float[] re = new float[stft.bins()];
        float[] im = new float[stft.bins()];
        float[] frame = new float[66];

        // When
        stft.forwardFrame(signal, 0, re, im);
        stft.inverseFrame(re, im, frame, 1);

        // Then
        for (int n = 0; n < 64; n++) {
            double weight = Math.pow(Math.sin(Math.PI * n / 64), 2);
            assertThat(frame[n + 1]).isCloseTo((float) (signal[n] * weight * weight), within(1e-6f));
        }
    }

    @Test
    void signalsWithoutCentredFramesFadeAtTheirEndsOnly() {
        // Given
        StftSettings settings = StftSettings.of(512, 128).withCenter(false);
        Stft stft = new Stft(settings);
        float[] signal = noise(5000);

        // When
        float[] back = stft.inverse(stft.forward(signal), 5000);

        // Then
        for (int n = 0; n < 5000; n++) {
            if (n < 512) {
                assertThat(Math.abs(back[n])).isLessThanOrEqualTo(Math.abs(signal[n]) + 1e-5f);
            } else {
                assertThat(back[n]).isCloseTo(signal[n], within(1e-6f));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"HANN, 1024, 1024", "HANN, 1024, 1500", "RECTANGULAR, 1024, 1025", "SINE, 1024, 1024"})
    void pairsThatLeaveGapsAreRefusedByTheInverse(WindowFunction window, int windowLength, int hopLength) {
        // Given
        Stft stft = new Stft(StftSettings.of(windowLength, hopLength).withWindow(window));
        Spectrogram spectrogram = stft.forward(noise(5000));

        // When, Then
        assertThatThrownBy(() -> stft.inverse(spectrogram, 5000))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("%s window of %d samples every %d samples", window, windowLength, hopLength);
    }

    @Test
    void impossibleSettingsAreRefused() {
        assertThatThrownBy(() -> StftSettings.of(1024, 0)).hasMessageContaining("1024 and 0");
        assertThatThrownBy(() -> StftSettings.of(1024, 256).withFftLength(1000))
                .hasMessageContaining("at least the window's 1024 samples, it is 1000");
    }

    @Test
    void magnitudesAreAbsoluteValues() {
        // Given
        Spectrogram spectrogram = new Spectrogram(new float[][] {{3, -1}}, new float[][] {{-4, 0}});

        // When
        float[][] magnitudes = spectrogram.magnitudes();

        // Then
        assertThat(magnitudes).isDeepEqualTo(new float[][] {{5, 1}});
    }
}
