package io.stemline.training.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.stemline.training.learning.InferenceNetwork;
import io.stemline.training.learning.LearningProbe;
import io.stemline.training.learning.TrainingNetwork;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpectrogramNetSimpleTest extends NetworkContract {
    /** 13 bins and 7 frames, which the network has to pad to 16 and 8. */
    private static final SpectrumInput INPUT = new SpectrumInput(8000, 2, 32, 8, 32, 13, 7);

    private static final List<String> STEMS = List.of("vocals", "other");
    private static final SpectrogramNetLayers LAYERS = new SpectrogramNetLayers(4, 2, 0.1, 0, true, true);

    private static SpectrogramNetSimpleConfiguration masked(MaskActivation activation, MaskKind kind) {
        return new SpectrogramNetSimpleConfiguration(INPUT, STEMS, LAYERS, new MaskSettings(activation, kind));
    }

    @Override
    NetworkConfiguration tiny() {
        return masked(MaskActivation.SIGMOID, MaskKind.SOFT);
    }

    @Override
    long weightsByHand() {
        int down1 = 9 * 2 * 4 + 2 * 9 * 4 * 4 + 3 * 8;
        int down2 = 9 * 4 * 8 + 2 * 9 * 8 * 8 + 3 * 16;
        int bottleneck = 9 * 8 * 16 + 2 * 9 * 16 * 16 + 3 * 32;
        int up2 = 25 * 16 * 8 + 16 + 9 * 16 * 8 + 2 * 9 * 8 * 8 + 3 * 16;
        int up1 = 25 * 8 * 4 + 8 + 9 * 8 * 4 + 2 * 9 * 4 * 4 + 3 * 8;
        int head = 4 * 4 + 8;
        int scalesAndCentres = 2 * 13 + 2 * 13;
        return down1 + down2 + bottleneck + up2 + up1 + head + scalesAndCentres;
    }

    @Override
    boolean randomInTraining() {
        return true;
    }

    @ParameterizedTest
    @CsvSource({"513, 130, 5, 1", "1, 1, 3, 2", "64, 32, 5, 1", "17, 40, 1, 2"})
    void anyNumberOfBinsAndFramesWillDo(int bins, int frames, int stages, int channels) {
        // Given
        int fftLength = Math.max(2, 2 * (bins - 1));
        var input = new SpectrumInput(8000, channels, fftLength, fftLength / 2, fftLength, bins, frames);
        var layers = new SpectrogramNetLayers(1, stages, 0, 0.2, false, false);
        var configuration =
                new SpectrogramNetSimpleConfiguration(input, List.of("vocals"), layers, MaskSettings.defaults());
        try (var training = new TrainingNetwork(configuration, loss(), settings(1));
                var inference = new InferenceNetwork(configuration, training.inferenceWeights(training.state()))) {
            // When
            float[] masks = inference.estimates(new float[frames * bins * channels], 1);

            // Then
            assertThat(masks).hasSize(frames * bins * channels);
            assertThat(LearningProbe.trainableWeights(training)).isEqualTo(configuration.trainableWeights());
        }
    }

    @Test
    void binaryMasksAreSoftInTrainingAndRoundedInInference() {
        // Given
        var soft = masked(MaskActivation.SOFTMAX, MaskKind.SOFT);
        var binary = masked(MaskActivation.SOFTMAX, MaskKind.BINARY);
        float[] fed = fed(2, 3);
        try (var training = new TrainingNetwork(binary, loss(), settings(1));
                var softInference = new InferenceNetwork(soft, training.inferenceWeights(training.state()));
                var binaryInference = new InferenceNetwork(binary, training.inferenceWeights(training.state()))) {
            // When
            float[] inTraining = LearningProbe.estimates(training, batch(1), 0);
            float[] answer = binaryInference.estimates(fed, 2);
            float[] unrounded = softInference.estimates(fed, 2);

            // Then
            assertThat(largestDifference(inTraining, rounded(inTraining), inTraining.length))
                    .isGreaterThan(0.01);
            assertThat(answer).isEqualTo(rounded(unrounded));
        }
    }

    private static float[] rounded(float[] masks) {
        float[] rounded = new float[masks.length];
        for (int i = 0; i < masks.length; i++) {
            rounded[i] = masks[i] >= 0.5f ? 1 : 0;
        }
        return rounded;
    }

    @Test
    void theSlopeOfPreluMasksIsAWeight() {
        // Given
        var configuration = masked(MaskActivation.PRELU, MaskKind.SOFT);

        // When
        try (var training = new TrainingNetwork(configuration, loss(), settings(1))) {
            // Then
            assertThat(training.state().get("mask.slope")).containsExactly(0.25f);
            assertThat(configuration.trainableWeights()).isEqualTo(weightsByHand() + 1);
            assertThat(LearningProbe.trainableWeights(training)).isEqualTo(weightsByHand() + 1);
        }
    }

    @Test
    void aNegativeSlopeMakesMasksOfNegativeValues() {
        // Given
        float[] fed = fed(2, 3);
        var prelu = masked(MaskActivation.PRELU, MaskKind.SOFT);
        try (var training = new TrainingNetwork(prelu, loss(), settings(1))) {
            var weights = training.inferenceWeights(training.state());
            try (var inference = new InferenceNetwork(prelu, weights)) {
                // When
                float[] ofPositive = inference.estimates(fed, 2);
                weights.put("mask.slope", new float[] {-1});
                inference.assign(weights);
                float[] ofBoth = inference.estimates(fed, 2);
                weights.put("mask.slope", new float[] {-0.5f});
                inference.assign(weights);
                float[] ofHalf = inference.estimates(fed, 2);

                // Then
                int negative = 0;
                for (int i = 0; i < fed.length; i++) {
                    if (ofPositive[i] > 0) {
                        assertThat(ofBoth[i]).isEqualTo(ofPositive[i]);
                    } else if (ofBoth[i] > 0 && ofBoth[i] < 1) {
                        assertThat(ofHalf[i]).isCloseTo(ofBoth[i] / 2, within(1e-6f));
                        negative++;
                    }
                }
                assertThat(negative).isPositive();
            }
        }
    }

    @Test
    void normalisedInputHasNoLevel() {
        // Given
        float[] soft = fed(2, 1);
        float[] loud = soft.clone();
        for (int i = 0; i < loud.length; i++) {
            loud[i] *= 100;
        }
        try (var training = network(7);
                var inference = new InferenceNetwork(tiny(), training.inferenceWeights(training.state()))) {
            // When
            float[] ofSoft = inference.estimates(soft, 2);
            float[] ofLoud = inference.estimates(loud, 2);

            // Then
            assertThat(largestDifference(ofSoft, ofLoud, ofSoft.length)).isLessThan(1e-4);
        }
    }

    @Test
    void theDefaultsAreThoseOfAuralflow() {
        // When
        SpectrumInput input = SpectrogramNetLayers.defaultInput();
        var defaults = SpectrogramNetSimpleConfiguration.defaults(input, List.of("vocals"));

        // Then
        assertThat(input).isEqualTo(new SpectrumInput(44100, 1, 1024, 512, 1024, 513, 257));
        assertThat(defaults.layers()).isEqualTo(new SpectrogramNetLayers(16, 5, 0.4, 0, false, false));
        assertThat(defaults.mask()).isEqualTo(new MaskSettings(MaskActivation.SIGMOID, MaskKind.SOFT));
        // Convolutions of 3 x 3: 16 to 256 down, 512 between, 256 to 16 back; of 5 x 5 back; normalisations; the head
        long down = 9 * (16 + 2 * (16 * 16 + 32 * 32 + 64 * 64 + 128 * 128 + 256 * 256))
                + 9 * (16 * 32 + 32 * 64 + 64 * 128 + 128 * 256);
        long between = 9 * (256 * 512 + 2 * 512 * 512);
        long back = (9 * 4 + 25 * 2) * (256 * 256 + 128 * 128 + 64 * 64 + 32 * 32 + 16 * 16);
        long normalisations = 2 * (3 * 496 + 3 * 512 + 4 * 496);
        assertThat(defaults.trainableWeights()).isEqualTo(down + between + back + normalisations + 16 + 2);
    }

    @Test
    void whatCannotBeIsRefusedWithASentence() {
        assertThatThrownBy(() -> new SpectrogramNetLayers(0, 5, 0.4, 0, false, false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("hiddenChannels is 0: it must be 1 or more");
        assertThatThrownBy(() -> new SpectrogramNetLayers(16, 11, 0.4, 0, false, false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("stages is 11: it must be 10 or less");
        assertThatThrownBy(() -> new SpectrogramNetLayers(16, 5, 1, 0, false, false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("dropout is 1.0: it must be at least 0 and below 1");
        assertThatThrownBy(() -> new SpectrogramNetLayers(16, 5, 0, -0.1, false, false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("leak is -0.1: it must be at least 0 and below 1");
        assertThatThrownBy(() -> new SpectrogramNetSimpleConfiguration(
                        INPUT, List.of("vocals"), LAYERS, new MaskSettings(MaskActivation.SOFTMAX, MaskKind.SOFT)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("mask.activation is softmax")
                .hasMessageContaining("use sigmoid");
        assertThatThrownBy(() -> SpectrogramNetSimpleConfiguration.defaults(INPUT, List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("stems is empty");
        assertThatThrownBy(() -> SpectrogramNetSimpleConfiguration.defaults(INPUT, List.of("bass", "bass")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("stems has bass more than once");
    }
}
