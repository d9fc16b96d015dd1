package io.stemline.separation.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stemline.audio.spectrum.Stft;
import io.stemline.audio.spectrum.StftSettings;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GriffinLimTest {

    private static final StftSettings SETTINGS = StftSettings.of(256, 64).withCenter(false);
    private static final int FRAMES = 60;
    private static final int BINS = 129;

    private final float[] trueRe = new float[FRAMES * BINS];
    private final float[] trueIm = new float[FRAMES * BINS];
    private final float[] magnitudes = new float[FRAMES * BINS];

    GriffinLimTest() {
        var random = new Random(3);
        var signal = new float[(FRAMES - 1) * 64 + 256];
        for (int n = 256; n < signal.length - 256; n++) {
            signal[n] = (float) (0.5 * Math.sin(0.07 * n + 1e-5 * n * n) + 0.1 * random.nextGaussian());
        }
        analyse(signal, trueRe, trueIm);
        for (int at = 0; at < magnitudes.length; at++) {
            magnitudes[at] = (float) Math.hypot(trueRe[at], trueIm[at]);
        }
    }

    @Test
    void everyIterationBringsTheSpectraNearerToThoseOfASignal() {
        // Given
        var griffinLim = new GriffinLim(SETTINGS, FRAMES, 0);
        double[] inconsistencies = new double[20];

        // When
        for (int iterations = 0; iterations < inconsistencies.length; iterations++) {
            var re = magnitudes.clone();
            var im = new float[magnitudes.length];
            griffinLim.improve(magnitudes, re, im, FRAMES, 0, iterations);
            inconsistencies[iterations] = inconsistency(re, im);
        }

        // Then
        for (int iterations = 1; iterations < inconsistencies.length; iterations++) {
            assertThat(inconsistencies[iterations]).isLessThan(inconsistencies[iterations - 1]);
        }
        assertThat(inconsistencies[19]).isLessThan(0.2 * inconsistencies[0]);
    }

    @Test
    void theFastVariantGetsFurtherInAsManyIterations() {
        // Given
        var slow = new float[][] {magnitudes.clone(), new float[magnitudes.length]};
        var fast = new float[][] {magnitudes.clone(), new float[magnitudes.length]};

        // When
        new GriffinLim(SETTINGS, FRAMES, 0).improve(magnitudes, slow[0], slow[1], FRAMES, 0, 50);
        new GriffinLim(SETTINGS, FRAMES, GriffinLim.FAST).improve(magnitudes, fast[0], fast[1], FRAMES, 0, 50);

        // Then
        assertThat(inconsistency(fast[0], fast[1])).isLessThan(0.7 * inconsistency(slow[0], slow[1]));
    }

    @Test
    void theSpectraOfASignalStayAsTheyAre() {
        // Given
        var re = trueRe.clone();
        var im = trueIm.clone();

        // When
        new GriffinLim(SETTINGS, FRAMES, GriffinLim.FAST).improve(magnitudes, re, im, FRAMES, 0, 10);

        // Then
        for (int at = 0; at < re.length; at++) {
            assertThat(re[at]).isCloseTo(trueRe[at], within(1e-3f));
            assertThat(im[at]).isCloseTo(trueIm[at], within(1e-3f));
        }
    }

    @Test
    void whatComesOutHasTheMagnitudesAndFinalFramesAreLeftAlone() {
        // Given
        int finalFrames = 7;
        var re = trueRe.clone();
        var im = trueIm.clone();
        Arrays.fill(im, finalFrames * BINS, im.length, 0);

        // When
        new GriffinLim(SETTINGS, FRAMES, GriffinLim.FAST).improve(magnitudes, re, im, FRAMES, finalFrames, 5);

        // Then
        assertThat(Arrays.copyOf(re, finalFrames * BINS)).isEqualTo(Arrays.copyOf(trueRe, finalFrames * BINS));
        assertThat(Arrays.copyOf(im, finalFrames * BINS)).isEqualTo(Arrays.copyOf(trueIm, finalFrames * BINS));
        for (int at = 0; at < re.length; at++) {
            assertThat(Math.hypot(re[at], im[at])).isCloseTo(magnitudes[at], within(1e-4 * (1 + magnitudes[at])));
        }
    }

    @Test
    void silenceStaysSilence() {
        // Given
        var re = new float[magnitudes.length];
        var im = new float[magnitudes.length];

        // When
        new GriffinLim(SETTINGS, FRAMES, GriffinLim.FAST).improve(new float[magnitudes.length], re, im, FRAMES, 0, 5);

        // Then
        assertThat(re).containsOnly(0);
        assertThat(im).containsOnly(0);
    }

    /** How far spectra are from those of the signal that is nearest to them. */
    private static double inconsistency(float[] re, float[] im) {
        var stft = new Stft(SETTINGS);
        var signal = new float[(FRAMES - 1) * 64 + 256];
        for (int frame = 0; frame < FRAMES; frame++) {
            stft.overlapAddFrame(re, im, frame * BINS, signal, frame * 64);
        }
        var window = SETTINGS.window().periodic(256);
        var weights = new double[signal.length];
        for (int frame = 0; frame < FRAMES; frame++) {
            for (int n = 0; n < 256; n++) {
                weights[frame * 64 + n] += (double) window[n] * window[n];
            }
        }
        for (int n = 0; n < signal.length; n++) {
            signal[n] /= (float) Math.max(weights[n], 1e-12);
        }
        var consistentRe = new float[re.length];
        var consistentIm = new float[im.length];
        analyse(signal, consistentRe, consistentIm);
        double distance = 0;
        for (int at = 0; at < re.length; at++) {
            distance += Math.pow(re[at] - consistentRe[at], 2) + Math.pow(im[at] - consistentIm[at], 2);
        }
        return distance;
    }

    private static void analyse(float[] signal, float[] re, float[] im) {
        var stft = new Stft(SETTINGS);
        for (int frame = 0; frame < FRAMES; frame++) {
            stft.forwardFrame(signal, frame * 64, re, im, frame * BINS);
        }
    }
}
