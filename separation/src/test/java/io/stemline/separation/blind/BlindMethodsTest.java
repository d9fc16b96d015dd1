package io.stemline.separation.blind;

import static io.stemline.separation.TestAudio.largestDifference;
import static io.stemline.separation.TestAudio.music;
import static io.stemline.separation.TestAudio.source;
import static org.assertj.core.api.Assertions.assertThat;

import io.stemline.audio.AudioBuffer;
import io.stemline.audio.AudioFormat;
import io.stemline.separation.TestAudio.MemoryStems;
import io.stemline.separation.engine.SeparationEngine;
import io.stemline.separation.engine.SeparationSettings;
import io.stemline.separation.model.ModelCard;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Methods without weights on mixtures whose parts are known. */
class BlindMethodsTest {

    private static final int RATE_HZ = 44_100;

    /** 64 frames of the transform, so that a period is a whole number of them. */
    private static final int BAR = 64 * 1024;

    private final SeparationEngine engine = SeparationEngine.open(SeparationSettings.defaults());

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void steadyTonesAndClicksAreToldApart() {
        // Given
        var random = new Random(6);
        int length = 8 * RATE_HZ;
        var tones = new float[length];
        var clicks = new float[length];
        for (int n = 0; n < length; n++) {
            for (int tone = 1; tone <= 6; tone++) {
                tones[n] += (float) (0.05 * Math.sin(2 * Math.PI * 233 * tone * tone * n / RATE_HZ));
            }
            boolean clicking = n % 11_025 >= 5_000 && n % 11_025 < 5_080;
            clicks[n] = clicking ? (float) (0.8 * random.nextGaussian()) : 0;
        }
        var mixture = stereo(sum(tones, clicks), sum(tones, clicks));

        // When
        var stems = separate("hpss", mixture);

        // Then
        assertThat(siSdrDb(stems.stem("harmonic")[0], tones)).isGreaterThan(siSdrDb(mixture.channel(0), tones) + 12);
        assertThat(siSdrDb(stems.stem("percussive")[0], clicks))
                .isGreaterThan(siSdrDb(mixture.channel(0), clicks) + 12);
    }

    @ParameterizedTest
    @CsvSource({"repet, 15", "repet-sim, 10", "2dft, 8"})
    void aVoiceIsToldApartFromWhatRepeats(String method, double leastImprovementDb) {
        // Given
        int length = 18 * BAR;
        var accompaniment = repeating(length, false);
        var voice = voice(length);
        var mixture = stereo(sum(accompaniment, voice), sum(accompaniment, voice));

        // When
        var stems = separate(method, mixture);

        // Then
        double before = siSdrDb(mixture.channel(0), voice);
        assertThat(siSdrDb(stems.stem("vocals")[0], voice)).isGreaterThan(before + leastImprovementDb);
        assertThat(siSdrDb(stems.stem("accompaniment")[0], accompaniment))
                .isGreaterThan(siSdrDb(mixture.channel(0), accompaniment) + 5);
    }

    @Test
    void similarFramesAreFoundWhereNothingIsPeriodic() {
        // Given
        int length = 18 * BAR;
        var accompaniment = repeating(length, true);
        var voice = voice(length);
        var mixture = stereo(sum(accompaniment, voice), sum(accompaniment, voice));

        // When
        var similar = separate("repet-sim", mixture);
        var periodic = separate("repet", mixture);

        // Then
        double before = siSdrDb(mixture.channel(0), voice);
        assertThat(siSdrDb(similar.stem("vocals")[0], voice)).isGreaterThan(before + 6);
        assertThat(siSdrDb(similar.stem("vocals")[0], voice))
                .isGreaterThan(siSdrDb(periodic.stem("vocals")[0], voice) + 3);
    }

    @Test
    void theMiddleOfTheImageIsExtracted() {
        // Given
        int length = 4 * RATE_HZ;
        var left = new float[length];
        var right = new float[length];
        var centre = new float[length];
        for (int n = 0; n < length; n++) {
            left[n] = (float) (0.2 * Math.sin(2 * Math.PI * 500 * n / RATE_HZ));
            right[n] = (float) (0.2 * Math.sin(2 * Math.PI * 900 * n / RATE_HZ));
            centre[n] = (float) (0.1 * Math.sin(2 * Math.PI * 700 * n / RATE_HZ)
                    + 0.1 * Math.sin(2 * Math.PI * 2_000 * n / RATE_HZ));
        }
        var mixture = stereo(sum(left, centre), sum(right, centre));

        // When
        var stems = separate("mid-side", mixture);

        // Then
        assertThat(siSdrDb(stems.stem("vocals")[0], centre)).isGreaterThan(20);
        assertThat(siSdrDb(stems.stem("vocals")[1], centre)).isGreaterThan(20);
        assertThat(siSdrDb(stems.stem("accompaniment")[0], left)).isGreaterThan(20);
        assertThat(siSdrDb(stems.stem("accompaniment")[1], right)).isGreaterThan(20);
    }

    /** A channel alone has no sides. Below 100 Hz nobody sings. */
    @Test
    void allOfAMonoMixtureIsTheMiddleButItsBass() {
        // Given
        int length = 3 * RATE_HZ;
        var high = new float[length];
        var low = new float[length];
        for (int n = 0; n < length; n++) {
            high[n] = (float) (0.3 * Math.sin(2 * Math.PI * 600 * n / RATE_HZ));
            low[n] = (float) (0.3 * Math.sin(2 * Math.PI * 50 * n / RATE_HZ));
        }
        var mixture = new AudioBuffer(new AudioFormat(RATE_HZ, 1), new float[][] {sum(high, low)});

        // When
        var stems = separate("mid-side", mixture);

        // Then
        assertThat(siSdrDb(stems.stem("vocals")[0], high)).isGreaterThan(30);
        assertThat(siSdrDb(stems.stem("accompaniment")[0], low)).isGreaterThan(30);
    }

    @Test
    void thePeriodIsWhereTheBeatSpectrumIsHighest() {
        // Given
        int frames = 300;
        int bins = 9;
        var magnitudes = new float[1][frames * bins];
        for (int frame = 0; frame < frames; frame++) {
            magnitudes[0][frame * bins + 3] = frame % 71 == 5 ? 2 : 0.1f;
            magnitudes[0][frame * bins + 6] = frame % 71 == 40 ? 1 : 0.1f;
        }
        var mixture = new SegmentSpectrum(magnitudes, new float[1][0], new float[1][0], frames, bins);

        // When
        int period = new Repet(frames, bins, 43.07, 0).period(mixture);

        // Then
        assertThat(period).isEqualTo(71);
    }

    @ParameterizedTest
    @CsvSource({
        "hpss, 1, 44100", "repet, 1, 44100", "repet-sim, 1, 44100", "2dft, 1, 44100", "mid-side, 1, 44100",
        "hpss, 2, 48000", "repet, 2, 48000", "repet-sim, 2, 48000", "2dft, 2, 48000", "mid-side, 2, 48000",
        "hpss, 5, 22050", "repet, 5, 22050", "repet-sim, 5, 22050", "2dft, 5, 22050", "mid-side, 5, 22050"
    })
    void stemsAddUpToTheMixture(String method, int channels, int sampleRateHz) {
        // Given
        var mixture = music(sampleRateHz, channels, 3 * sampleRateHz + 17);

        // When
        var stems = separate(method, mixture);

        // Then
        assertThat(largestDifference(stems.sum(), mixture.samples())).isLessThan(2e-6);
        assertThat(stems.sum()).hasDimensions(channels, mixture.lengthFrames());
    }

    @ParameterizedTest
    @ValueSource(strings = {"hpss", "repet", "repet-sim", "2dft", "mid-side"})
    void silenceAndTheShortestMixturesGiveFiniteStems(String method) {
        // Given
        var silence = AudioBuffer.silence(new AudioFormat(RATE_HZ, 2), 2 * RATE_HZ);
        var click = stereo(new float[] {0.5f}, new float[] {0.5f});

        // When
        var ofSilence = separate(method, silence);
        var ofClick = separate(method, click, new MemoryStems());

        // Then
        for (var stem : ofSilence.names()) {
            assertThat(largestDifference(ofSilence.stem(stem), silence.samples()))
                    .isZero();
        }
        assertThat(largestDifference(ofClick.sum(), click.samples())).isLessThan(1e-6);
        assertThat(ofClick.stem(ofClick.names().getFirst())[0]).doesNotContain(Float.NaN);
    }

    @Test
    void longTracksAreSeparatedSegmentAfterSegment() {
        // Given
        int length = 50 * BAR;
        var accompaniment = repeating(length, false);
        var voice = voice(length);
        var mixture = stereo(sum(accompaniment, voice), sum(accompaniment, voice));

        // When
        var stems = separate("repet", mixture);

        // Then
        assertThat(siSdrDb(stems.stem("vocals")[0], voice)).isGreaterThan(siSdrDb(mixture.channel(0), voice) + 10);
        assertThat(largestDifference(stems.sum(), mixture.samples())).isLessThan(2e-6);
    }

    @Test
    void methodsAreFoundById() {
        // Given
        // When
        // Then
        assertThat(BlindMethods.cards())
                .extracting(ModelCard::id)
                .containsExactly("2dft", "hpss", "mid-side", "repet", "repet-sim");
        assertThat(BlindMethods.all()).hasSize(5);
        assertThat(BlindMethods.find("unet-1")).isEmpty();
    }

    private MemoryStems separate(String method, AudioBuffer mixture) {
        engine.add(BlindMethods.find(method).orElseThrow());
        return separate(method, mixture, new MemoryStems());
    }

    private MemoryStems separate(String method, AudioBuffer mixture, MemoryStems stems) {
        engine.separate(method, source(mixture), stems);
        return stems;
    }

    /** Bars of the same four chords with noise on their beats, one after the other or in no order. */
    private static float[] repeating(int length, boolean shuffled) {
        var random = new Random(2);
        var chords = new float[4][BAR / 4];
        double[] notesHz = {196, 247, 294, 370};
        for (int chord = 0; chord < 4; chord++) {
            for (int n = 0; n < chords[chord].length; n++) {
                double decay = Math.exp(-n / 9_000.0);
                for (int harmonic = 1; harmonic <= 8; harmonic++) {
                    double phase = 2 * Math.PI * notesHz[chord] * harmonic * n / RATE_HZ;
                    chords[chord][n] += (float) (0.1 / harmonic * decay * Math.sin(phase));
                }
                chords[chord][n] += (float) (0.1 * Math.exp(-n / 800.0) * random.nextGaussian());
            }
        }
        var signal = new float[length];
        for (int start = 0, index = 0; start < length; start += BAR / 4, index++) {
            int chord = shuffled ? random.nextInt(4) : index % 4;
            System.arraycopy(chords[chord], 0, signal, start, Math.min(BAR / 4, length - start));
        }
        return signal;
    }

    /** A melody with vibrato that comes, goes and does not repeat. */
    private static float[] voice(int length) {
        var random = new Random(4);
        var signal = new float[length];
        double phase = 0;
        double noteHz = 440;
        boolean sung = false;
        for (int n = 0; n < length; n++) {
            if (n % 17_011 == 0) {
                noteHz = 350 * Math.pow(2, random.nextInt(200) / 100.0);
                sung = random.nextInt(3) > 0;
            }
            phase += 2 * Math.PI * noteHz * (1 + 0.02 * Math.sin(2 * Math.PI * 5.5 * n / RATE_HZ)) / RATE_HZ;
            double level = sung ? 0.15 * Math.sin(Math.PI * (n % 17_011) / 17_011) : 0;
            for (int harmonic = 1; harmonic <= 5; harmonic++) {
                signal[n] += (float) (level / harmonic * Math.sin(harmonic * phase));
            }
        }
        return signal;
    }

    private static AudioBuffer stereo(float[] left, float[] right) {
        return new AudioBuffer(new AudioFormat(RATE_HZ, 2), new float[][] {left, right});
    }

    private static float[] sum(float[] one, float[] other) {
        var sum = new float[one.length];
        for (int n = 0; n < sum.length; n++) {
            sum[n] = one[n] + other[n];
        }
        return sum;
    }

    private static double siSdrDb(float[] estimate, float[] truth) {
        double product = 0;
        double energy = 0;
        for (int n = 0; n < truth.length; n++) {
            product += (double) estimate[n] * truth[n];
            energy += (double) truth[n] * truth[n];
        }
        double gain = product / energy;
        double distortion = 0;
        for (int n = 0; n < truth.length; n++) {
            distortion += Math.pow(estimate[n] - gain * truth[n], 2);
        }
        return 10 * Math.log10(gain * gain * energy / distortion);
    }
}
