package io.stemline.separation.engine;

import static io.stemline.separation.TestAudio.largestDifference;
import static io.stemline.separation.TestAudio.music;
import static io.stemline.separation.TestAudio.scaled;
import static io.stemline.separation.TestAudio.source;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stemline.audio.AudioBuffer;
import io.stemline.audio.AudioFormat;
import io.stemline.separation.TestAudio.MemoryStems;
import io.stemline.separation.model.MaskExtension;
import io.stemline.separation.model.ModelCard;
import io.stemline.separation.model.ModelException;
import io.stemline.separation.model.Origin;
import io.stemline.separation.model.OutputKind;
import io.stemline.separation.model.StemFilter;
import io.stemline.separation.model.StemFilter.Kind;
import io.stemline.separation.model.StftLayout;
import io.stemline.separation.streaming.NullEstimator;
import io.stemline.separation.streaming.Segment;
import io.stemline.separation.streaming.SeparationOptions;
import io.stemline.separation.streaming.StemEstimator;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What filters make of masks that are known, over several segments. */
class FiltersInTheStreamTest {

    private static final int RATE_HZ = 44_100;
    private static final StftLayout STFT = new StftLayout(1024, 256, "hann", 1024, 400);

    @ParameterizedTest
    @CsvSource({
        "MIXTURE_PHASE, 1", "WIENER, 1", "GRIFFIN_LIM, 1",
        "MIXTURE_PHASE, 2", "WIENER, 2", "GRIFFIN_LIM, 2",
        "WIENER, 5", "GRIFFIN_LIM, 5"
    })
    void stemsAddUpToTheMixture(Kind kind, int channels) {
        // Given
        var mixture = music(RATE_HZ, channels, 60_011);
        var stems = new MemoryStems();

        // When
        separate(fallingMasks(MaskExtension.AVERAGE), mixture, stems, usual(kind));

        // Then
        assertThat(largestDifference(stems.sum(), mixture.samples())).isLessThan(2e-6);
        assertThat(stems.stem("low")).hasDimensions(channels, mixture.lengthFrames());
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void theSameMixtureGivesTheSameSamples(Kind kind) {
        // Given
        var mixture = music(RATE_HZ, 2, 40_000);
        var once = new MemoryStems();
        var again = new MemoryStems();

        // When
        separate(fallingMasks(MaskExtension.AVERAGE), mixture, once, usual(kind));
        separate(fallingMasks(MaskExtension.AVERAGE), mixture, again, usual(kind));

        // Then
        assertThat(once.stem("low")).isDeepEqualTo(again.stem("low"));
    }

    /** All sources have the mixture's spatial covariance then, so each gets its share of the power, up to the regularisation. */
    @Test
    void equalMasksEverywhereBecomeSharesOfPowerInTheWienerFilter() {
        // Given
        var mixture = music(RATE_HZ, 2, 60_000);
        var stems = new MemoryStems();

        // When
        separate(constantMasks(0.8f, 0.4f), mixture, stems, usual(Kind.WIENER));

        // Then
        assertThat(largestDifference(stems.stem("low"), scaled(mixture.samples(), 0.8)))
                .isLessThan(0.01);
        assertThat(largestDifference(stems.stem("high"), scaled(mixture.samples(), 0.2)))
                .isLessThan(0.01);
    }

    /** Half the mixture's spectrum is the spectrum of a signal; only a bad join of segments could change it. */
    @Test
    void griffinLimLeavesConsistentSpectraAloneAcrossSegments() {
        // Given
        var mixture = music(RATE_HZ, 2, 60_000);
        var stems = new MemoryStems();

        // When
        separate(constantMasks(0.5f, 0.5f), mixture, stems, usual(Kind.GRIFFIN_LIM));

        // Then
        assertThat(largestDifference(stems.stem("low"), scaled(mixture.samples(), 0.5)))
                .isLessThan(1e-4);
    }

    @Test
    void theWienerFilterHearsWhereSourcesAre() {
        // Given
        var random = new Random(11);
        int length = 3 * RATE_HZ;
        var left = new float[2][length];
        var right = new float[2][length];
        for (int n = 0; n < length; n++) {
            double leftOn = n / 11_025 % 2 == 0 ? 1 : 0.2;
            double one = leftOn * 0.2 * random.nextGaussian();
            double other = (1.2 - leftOn) * 0.2 * random.nextGaussian();
            left[0][n] = (float) one;
            left[1][n] = (float) (0.2 * one);
            right[0][n] = (float) (0.2 * other);
            right[1][n] = (float) other;
        }
        var mixture = new AudioBuffer(new AudioFormat(RATE_HZ, 2), sum(left, right));
        var masked = new MemoryStems();
        var filtered = new MemoryStems();

        // When
        separate(alternatingMasks(), mixture, masked, usual(Kind.MIXTURE_PHASE));
        separate(alternatingMasks(), mixture, filtered, usual(Kind.WIENER).withIterations(3));

        // Then
        assertThat(signalToDistortionDb(filtered.stem("low"), left))
                .isGreaterThan(signalToDistortionDb(masked.stem("low"), left) + 6);
        assertThat(signalToDistortionDb(filtered.stem("high"), right))
                .isGreaterThan(signalToDistortionDb(masked.stem("high"), right) + 6);
    }

    /** 18 kHz lies above the model's 400 bins (17.2 kHz), 15 kHz in their highest third of an octave, 1 kHz below. */
    @ParameterizedTest
    @CsvSource({"TOP_BAND, 1", "AVERAGE, 0.5", "ZEROS, 0"})
    void aboveTheModelsBandTheMixtureIsSharedAsTheCardSays(MaskExtension extension, double gain) {
        // Given
        var mixture = AudioBuffer.silence(new AudioFormat(RATE_HZ, 2), 50_000);
        for (int n = 0; n < 50_000; n++) {
            for (int channel = 0; channel < 2; channel++) {
                mixture.channel(channel)[n] = (float) (0.5 * Math.sin(2 * Math.PI * 1_000 * n / RATE_HZ)
                        + 0.1 * Math.sin(2 * Math.PI * 15_000 * n / RATE_HZ)
                        + 0.1 * Math.sin(2 * Math.PI * 18_000 * n / RATE_HZ));
            }
        }
        var stems = new MemoryStems();

        // When
        separate(upperHalf(extension), mixture, stems, StemFilter.MIXTURE);

        // Then
        double expected = gain * 0.1;
        assertThat(amplitude(stems.stem("high")[0], 18_000)).isBetween(expected - 0.002, expected + 0.002);
        assertThat(amplitude(stems.stem("high")[0], 15_000)).isBetween(0.099, 0.101);
        assertThat(amplitude(stems.stem("high")[0], 1_000)).isLessThan(1e-3);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void silenceGivesSilence(Kind kind) {
        // Given
        var mixture = AudioBuffer.silence(new AudioFormat(RATE_HZ, 2), 30_000);
        var stems = new MemoryStems();

        // When
        separate(fallingMasks(MaskExtension.TOP_BAND), mixture, stems, usual(kind));

        // Then
        assertThat(largestDifference(stems.stem("low"), mixture.samples())).isZero();
        assertThat(largestDifference(stems.stem("high"), mixture.samples())).isZero();
    }

    @Test
    void theCardsFilterIsTakenWhereNobodyAsksForAnother() {
        // Given
        var mixture = music(RATE_HZ, 2, 30_000);
        var estimator = constantMasks(0.8f, 0.4f);
        var card = estimator.card().toBuilder().filter(usual(Kind.WIENER)).build();
        var byCard = new MemoryStems();
        var asked = new MemoryStems();

        // When
        try (var engine = SeparationEngine.open(SeparationSettings.defaults())) {
            engine.add(new FixedMasks(card, estimator.masks));
            engine.separate(card.id(), source(mixture), byCard);
        }
        separate(estimator, mixture, asked, usual(Kind.WIENER));

        // Then
        assertThat(byCard.stem("low")).isDeepEqualTo(asked.stem("low"));
    }

    @Test
    void aModelOfWaveformsCannotBeFiltered() {
        // Given
        var options = SeparationOptions.none().withFilter(Optional.of(usual(Kind.WIENER)));

        // When
        // Then
        try (var engine = SeparationEngine.open(SeparationSettings.defaults())) {
            assertThatThrownBy(() -> engine.separate(
                            NullEstimator.ID, source(music(RATE_HZ, 2, 100)), new MemoryStems(), options))
                    .isInstanceOf(ModelException.class)
                    .hasMessage("model 'null' works on waveforms and has no spectra to filter; leave the filter away,"
                            + " or use a spectrogram model");
        }
    }

    private static StemFilter usual(Kind kind) {
        return StemFilter.of(kind);
    }

    private static void separate(FixedMasks estimator, AudioBuffer mixture, MemoryStems stems, StemFilter filter) {
        try (var engine = SeparationEngine.open(SeparationSettings.defaults())) {
            engine.add(estimator);
            engine.separate(
                    estimator.card().id(),
                    source(mixture),
                    stems,
                    SeparationOptions.none().withFilter(Optional.of(filter)));
        }
    }

    private static FixedMasks constantMasks(float low, float high) {
        return new FixedMasks(
                card(MaskExtension.AVERAGE, false), (mixture, bin, stem, channel) -> stem == 0 ? low : high);
    }

    private static FixedMasks fallingMasks(MaskExtension extension) {
        return new FixedMasks(card(extension, true), (mixture, bin, stem, channel) -> {
            float low = (1 - bin / (float) STFT.bins()) * (channel == 0 ? 1 : 0.7f);
            return stem == 0 ? low : 1 - low;
        });
    }

    private static FixedMasks upperHalf(MaskExtension extension) {
        return new FixedMasks(
                card(extension, false), (mixture, bin, stem, channel) -> stem == 0 == bin < STFT.bins() / 2 ? 1 : 0);
    }

    /** The first stem has what is louder in the first channel, and the second the rest. */
    private static FixedMasks alternatingMasks() {
        return new FixedMasks(
                card(MaskExtension.AVERAGE, false),
                (mixture, bin, stem, channel) -> stem == 0 == mixture[0] > mixture[1] ? 0.6f : 0.4f);
    }

    private static ModelCard card(MaskExtension extension, boolean remainder) {
        var card = ModelCard.builder("fixed")
                .stems("low", "high")
                .spectrogram(STFT, OutputKind.MASK, "mixture", "masks")
                .segment(48, 12)
                .maskExtension(extension)
                .origin(Origin.builtIn());
        return remainder ? card.remainder("high").build() : card.build();
    }

    private interface MaskOf {

        /** A mask, for the mixture's magnitudes in both channels. */
        float at(float[] mixture, int bin, int stem, int channel);
    }

    private static final class FixedMasks implements StemEstimator {

        private final ModelCard card;
        private final MaskOf masks;

        FixedMasks(ModelCard card, MaskOf masks) {
            this.card = card;
            this.masks = masks;
        }

        @Override
        public ModelCard card() {
            return card;
        }

        @Override
        public void estimate(List<Segment> batch) {
            for (var segment : batch) {
                int at = 0;
                int bins = STFT.bins();
                for (int row = 0; row < segment.input().length / 2; row++) {
                    float[] mixture = {segment.input()[2 * row], segment.input()[2 * row + 1]};
                    for (int stem = 0; stem < 2; stem++) {
                        for (int channel = 0; channel < 2; channel++) {
                            segment.output()[at++] = masks.at(mixture, row % bins, stem, channel);
                        }
                    }
                }
            }
        }

        @Override
        public Duration computing() {
            return Duration.ZERO;
        }

        @Override
        public void close() {}
    }

    private static float[][] sum(float[][] one, float[][] other) {
        var sum = scaled(one, 1);
        for (int channel = 0; channel < sum.length; channel++) {
            for (int n = 0; n < sum[channel].length; n++) {
                sum[channel][n] += other[channel][n];
            }
        }
        return sum;
    }

    private static double signalToDistortionDb(float[][] estimate, float[][] truth) {
        double signal = 0;
        double distortion = 0;
        for (int channel = 0; channel < truth.length; channel++) {
            for (int n = 0; n < truth[channel].length; n++) {
                signal += Math.pow(truth[channel][n], 2);
                distortion += Math.pow(truth[channel][n] - estimate[channel][n], 2);
            }
        }
        return 10 * Math.log10(signal / distortion);
    }

    private static double amplitude(float[] signal, double frequencyHz) {
        double re = 0;
        double im = 0;
        int from = 5_000;
        int count = 40_000 / 441 * 441;
        for (int n = from; n < from + count; n++) {
            re += signal[n] * Math.cos(2 * Math.PI * frequencyHz * n / RATE_HZ);
            im += signal[n] * Math.sin(2 * Math.PI * frequencyHz * n / RATE_HZ);
        }
        return 2 * Math.hypot(re, im) / count;
    }
}
