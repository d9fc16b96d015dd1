package io.stemline.separation.engine;

import static io.stemline.separation.TestAudio.largestDifference;
import static io.stemline.separation.TestAudio.music;
import static io.stemline.separation.TestAudio.scaled;
import static io.stemline.separation.TestAudio.sine;
import static io.stemline.separation.TestAudio.source;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.stemline.audio.AudioBuffer;
import io.stemline.audio.Resampler;
import io.stemline.separation.SavedModels;
import io.stemline.separation.SeparationException;
import io.stemline.separation.TestAudio.MemoryStems;
import io.stemline.separation.streaming.Clipping;
import io.stemline.separation.streaming.Fade;
import io.stemline.separation.streaming.Refinement;
import io.stemline.separation.streaming.SeparationOptions;
import io.stemline.separation.streaming.SeparationResult;
import io.stemline.separation.streaming.StemWishes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which stems come out, and in which form. */
class StemWishesTest {

    private static final double FLOAT_ROUNDING = 2e-6;

    @TempDir
    private static Path folder;

    private static SeparationEngine engine;

    @BeforeAll
    static void loadModels() throws IOException {
        var models = new SavedModels(folder);
        engine = SeparationEngine.open(SeparationSettings.defaults());
        engine.load(models.spectrogramModel(SavedModels.card("local").build(), SavedModels.localMasks()));
        engine.load(models.spectrogramModel(
                SavedModels.card("no-remainder").withoutRemainder().build(),
                SavedModels.constantMasks(0.5f, 0.125f, 0.25f)));
        engine.load(
                models.spectrogramModel(SavedModels.card("loud").build(), SavedModels.constantMasks(1.0f, 0.5f, 0f)));
    }

    @AfterAll
    static void close() {
        engine.close();
    }

    @ParameterizedTest
    @CsvSource({"vocals, accompaniment", "drums, no_drums", "other, no_other"})
    void twoStemsAreTheStemOfTheWholeSeparationAndTheRest(String stem, String rest) {
        // Given
        var mixture = music(44_100, 2, 50_000);
        var all = new MemoryStems();
        separate("local", mixture, all, StemWishes.ALL);
        var two = new MemoryStems();

        // When
        separate("local", mixture, two, StemWishes.ALL.withOnly(stem));

        // Then
        assertThat(two.names()).containsExactly(stem, rest);
        assertThat(two.stem(stem)).isDeepEqualTo(all.stem(stem));
        assertThat(largestDifference(two.sum(), mixture.samples())).isLessThan(FLOAT_ROUNDING);
    }

    @Test
    void aStemThatTheModelDoesNotHaveIsNamed() {
        assertThatThrownBy(() ->
                        separate("local", music(44_100, 2, 100), new MemoryStems(), StemWishes.ALL.withOnly("piano")))
                .isInstanceOf(SeparationException.class)
                .hasMessage("model 'local' has no stem 'piano'; it has: vocals, drums, other");
    }

    @Test
    void theResidualIsWhatTheStemsLeaveOfTheMixture() {
        // Given
        var mixture = music(44_100, 2, 20_000);
        var stems = new MemoryStems();

        // When
        separate("no-remainder", mixture, stems, StemWishes.ALL.withResidual(true));

        // Then
        assertThat(stems.names()).containsExactly("vocals", "drums", "other", "residual");
        assertThat(largestDifference(stems.stem("residual"), scaled(mixture.samples(), 0.125)))
                .isLessThan(FLOAT_ROUNDING);
    }

    @Test
    void stemsThatAddUpLeaveNoResidual() {
        // Given
        var stems = new MemoryStems();

        // When
        separate("local", music(44_100, 2, 20_000), stems, StemWishes.ALL.withResidual(true));

        // Then
        assertThat(stems.names()).containsExactly("vocals", "drums", "other");
    }

    @ParameterizedTest
    @CsvSource({"44100, 48000", "44100, 22050", "48000, 44100", "8000, 44100", "96000, 48000"})
    void stemsOfAnotherRateAddUpToTheMixtureAtThatRate(int mixtureRateHz, int stemsRateHz) {
        // Given
        var mixture = music(mixtureRateHz, 2, mixtureRateHz + 7);
        var stems = new MemoryStems();
        var converted = Resampler.resample(mixture, stemsRateHz);

        // When
        var result = separate("local", mixture, stems, StemWishes.ALL.withSampleRateHz(stemsRateHz));

        // Then
        assertThat(result.format().sampleRateHz()).isEqualTo(stemsRateHz);
        assertThat(result.lengthFrames()).isEqualTo(converted.lengthFrames());
        assertThat(largestDifference(stems.sum(), converted.samples())).isLessThan(FLOAT_ROUNDING);
    }

    @Test
    void stemsAreAsLoudAsTheyCome() {
        // Given
        var stems = new MemoryStems();

        // When
        var result = separate("loud", loud(), stems, StemWishes.ALL);

        // Then
        assertThat(peak(stems.stem("vocals"))).isCloseTo(2, within(1e-3));
        assertThat(result.factor()).isEqualTo(1);
    }

    @Test
    void clampedStemsEndAtFullScale() {
        // Given
        var stems = new MemoryStems();
        var untouched = new MemoryStems();
        separate("loud", loud(), untouched, StemWishes.ALL);

        // When
        separate("loud", loud(), stems, StemWishes.ALL.withClipping(Clipping.CLAMP));

        // Then
        assertThat(peak(stems.stem("vocals"))).isEqualTo(1);
        float[] expected = untouched.stem("vocals")[0];
        for (int n = 0; n < expected.length; n++) {
            assertThat(stems.stem("vocals")[0][n]).isEqualTo(Math.clamp(expected[n], -1f, 1f));
        }
    }

    @Test
    void rescaledStemsKeepTheirBalance() {
        // Given
        var stems = new MemoryStems();

        // When
        var result = separate("loud", loud(), stems, StemWishes.ALL.withClipping(Clipping.RESCALE));

        // Then
        assertThat(peak(stems.stem("vocals"))).isCloseTo(1, within(1e-6));
        assertThat(result.factor()).isCloseTo(0.5, within(1e-3));
        assertThat(result.stems().getFirst().peakDbfs()).isCloseTo(0, within(1e-4));
        assertThat(largestDifference(stems.sum(), scaled(loud().samples(), result.factor())))
                .isLessThan(FLOAT_ROUNDING);
        assertThat(stems.names()).containsExactly("vocals", "drums", "other");
        assertThat(stems.allClosed()).isTrue();
    }

    @Test
    void stemsBelowFullScaleAreNotRescaled() {
        // Given
        var mixture = music(44_100, 2, 20_000);
        var plain = new MemoryStems();
        var rescaled = new MemoryStems();
        separate("local", mixture, plain, StemWishes.ALL);

        // When
        separate("local", mixture, rescaled, StemWishes.ALL.withClipping(Clipping.RESCALE));

        // Then
        assertThat(rescaled.stem("vocals")).isDeepEqualTo(plain.stem("vocals"));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 5})
    void shiftsAreTheMeanOfSeparationsOfDelayedMixtures(int shifts) {
        // Given
        int length = 30_000;
        var mixture = music(44_100, 2, length);
        var separations = new ArrayList<float[][]>();
        for (int shift = 0; shift < shifts; shift++) {
            int delay = Math.round(22_050f * shift / shifts);
            var delayed = new MemoryStems();
            separate("local", delayed(mixture, delay), delayed, StemWishes.ALL);
            separations.add(from(delayed.stem("vocals"), delay));
        }
        var stems = new MemoryStems();

        // When
        engine.separate(
                "local",
                source(mixture),
                stems,
                SeparationOptions.none().withRefinement(Refinement.NONE.withShifts(shifts)));

        // Then
        assertThat(largestDifference(stems.stem("vocals"), mean(separations))).isLessThan(FLOAT_ROUNDING);
        assertThat(largestDifference(stems.sum(), mixture.samples())).isLessThan(FLOAT_ROUNDING);
        assertThat(stems.stem("drums")[0]).hasSize(length);
    }

    @Test
    void aWaveformModelTakesShiftsToo() {
        // Given
        var mixture = music(44_100, 3, 40_000);
        var stems = new MemoryStems();

        // When
        engine.separate(
                "null", source(mixture), stems, SeparationOptions.none().withRefinement(Refinement.NONE.withShifts(3)));

        // Then
        assertThat(largestDifference(stems.stem("vocals"), scaled(mixture.samples(), 0.25)))
                .isLessThan(FLOAT_ROUNDING);
    }

    @ParameterizedTest
    @EnumSource(Fade.class)
    void masksThatAreTheSameEverywhereStaySoWhateverTheOverlap(Fade fade) {
        // Given
        var mixture = music(44_100, 2, 30_000);
        for (double overlap : new double[] {0, 0.1, 0.5}) {
            var stems = new MemoryStems();

            // When
            engine.separate(
                    "no-remainder",
                    source(mixture),
                    stems,
                    SeparationOptions.none()
                            .withRefinement(Refinement.NONE.withFade(fade).withOverlap(overlap)));

            // Then
            assertThat(largestDifference(stems.stem("vocals"), scaled(mixture.samples(), 0.5)))
                    .isLessThan(FLOAT_ROUNDING);
        }
    }

    private static SeparationResult separate(String model, AudioBuffer mixture, MemoryStems stems, StemWishes wishes) {
        return engine.separate(
                model, source(mixture), stems, SeparationOptions.none().withStems(wishes));
    }

    private static AudioBuffer loud() {
        var quiet = sine(440, 2, 30_000);
        return new AudioBuffer(quiet.format(), scaled(quiet.samples(), 4));
    }

    private static double peak(float[][] samples) {
        double peak = 0;
        for (float[] channel : samples) {
            for (float sample : channel) {
                peak = Math.max(peak, Math.abs(sample));
            }
        }
        return peak;
    }

    private static AudioBuffer delayed(AudioBuffer mixture, int delay) {
        var samples = new float[mixture.channels()][mixture.lengthFrames() + delay];
        for (int channel = 0; channel < samples.length; channel++) {
            System.arraycopy(mixture.channel(channel), 0, samples[channel], delay, mixture.lengthFrames());
        }
        return new AudioBuffer(mixture.format(), samples);
    }

    private static float[][] from(float[][] samples, int start) {
        var rest = new float[samples.length][samples[0].length - start];
        for (int channel = 0; channel < rest.length; channel++) {
            System.arraycopy(samples[channel], start, rest[channel], 0, rest[channel].length);
        }
        return rest;
    }

    private static float[][] mean(ArrayList<float[][]> signals) {
        var mean = new float[signals.getFirst().length][signals.getFirst()[0].length];
        for (var signal : signals) {
            for (int channel = 0; channel < mean.length; channel++) {
                for (int n = 0; n < mean[channel].length; n++) {
                    mean[channel][n] += signal[channel][n] / signals.size();
                }
            }
        }
        return mean;
    }
}
