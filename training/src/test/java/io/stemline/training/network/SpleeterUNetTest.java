package io.stemline.training.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.stemline.training.learning.InferenceNetwork;
import io.stemline.training.learning.LearningProbe;
import io.stemline.training.learning.TrainingNetwork;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpleeterUNetTest extends NetworkContract {
    /** 15 bins and 9 frames, which the network has to pad to 16 and 12. */
    private static final SpectrumInput INPUT = new SpectrumInput(8000, 2, 32, 8, 32, 15, 9);

    private static SpleeterUNetConfiguration tiny(SpleeterActivation activation, MaskActivation mask) {
        return new SpleeterUNetConfiguration(
                INPUT,
                List.of("vocals", "accompaniment"),
                List.of(4, 6),
                activation,
                0.1,
                new MaskSettings(mask, MaskKind.SOFT));
    }

    @Override
    NetworkConfiguration tiny() {
        return tiny(SpleeterActivation.LEAKY_RELU, MaskActivation.SIGMOID);
    }

    @Override
    long weightsByHand() {
        int down = (25 * 2 * 4 + 4) + 8 + (25 * 4 * 6 + 6);
        int up = (25 * 6 * 4 + 4 + 8) + (25 * 8 * 1 + 1 + 2);
        int head = 16 * 2 + 2;
        return 2 * (down + up + head);
    }

    @Override
    boolean randomInTraining() {
        return true;
    }

    @Test
    void eachStemHasANetworkOfItsOwn() {
        // Given
        float[] fed = fed(1, 1);
        try (var training = network(1)) {
            var weights = training.inferenceWeights(training.state());
            try (var inference = new InferenceNetwork(tiny(), weights)) {
                // When
                float[] before = inference.estimates(fed, 1);
                weights.keySet().stream()
                        .filter(name -> name.startsWith("unet2."))
                        .forEach(name -> Arrays.fill(weights.get(name), 0));
                inference.assign(weights);
                float[] after = inference.estimates(fed, 1);

                // Then
                for (int cell = 0; cell < before.length; cell += 4) {
                    assertThat(Arrays.copyOfRange(after, cell, cell + 2))
                            .isEqualTo(Arrays.copyOfRange(before, cell, cell + 2));
                    assertThat(Arrays.copyOfRange(after, cell + 2, cell + 4)).containsExactly(0.5f, 0.5f);
                }
            }
        }
    }

    @Test
    void softmaxMasksOfTheStemsAddUpToOneInEveryChannel() {
        // Given
        var configuration = tiny(SpleeterActivation.ELU, MaskActivation.SOFTMAX);
        try (var network = new TrainingNetwork(configuration, loss(), settings(1))) {
            // When
            float[] masks = LearningProbe.estimates(network, batch(1), 0);

            // Then
            for (int cell = 0; cell < masks.length; cell += 4) {
                assertThat(masks[cell] + masks[cell + 2]).isCloseTo(1, within(1e-5f));
                assertThat(masks[cell + 1] + masks[cell + 3]).isCloseTo(1, within(1e-5f));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 1", "64, 64, 6", "513, 130, 6"})
    void anyNumberOfBinsAndFramesWillDo(int bins, int frames, int convolutions) {
        // Given
        int fftLength = Math.max(2, 2 * (bins - 1));
        var input = new SpectrumInput(8000, 1, fftLength, fftLength / 2, fftLength, bins, frames);
        var filters = List.of(1, 2, 1, 2, 1, 2).subList(0, convolutions);
        var configuration = new SpleeterUNetConfiguration(
                input, List.of("vocals"), filters, SpleeterActivation.ELU, 0.5, MaskSettings.defaults());
        try (var training = new TrainingNetwork(configuration, loss(), settings(1));
                var inference = new InferenceNetwork(configuration, training.inferenceWeights(training.state()))) {
            // When
            float[] masks = inference.estimates(new float[frames * bins], 1);

            // Then
            assertThat(masks).hasSize(frames * bins);
            assertThat(LearningProbe.trainableWeights(training)).isEqualTo(configuration.trainableWeights());
        }
    }

    @Test
    void theDefaultsAreThoseOfSpleeter() {
        // Given
        SpectrumInput input = SpleeterUNetConfiguration.defaultInput();

        // When
        var two = SpleeterUNetConfiguration.defaults(input, List.of("vocals", "accompaniment"));
        var four = SpleeterUNetConfiguration.defaults(input, List.of("vocals", "drums", "bass", "other"));
        var five = SpleeterUNetConfiguration.defaults(input, List.of("vocals", "piano", "drums", "bass", "other"));

        // Then
        assertThat(input).isEqualTo(new SpectrumInput(44100, 2, 4096, 1024, 4096, 1024, 512));
        assertThat(two.activation()).isEqualTo(SpleeterActivation.LEAKY_RELU);
        assertThat(four.activation()).isEqualTo(SpleeterActivation.ELU);
        assertThat(five.activation()).isEqualTo(SpleeterActivation.ELU);
        assertThat(four.mask().activation()).isEqualTo(MaskActivation.SIGMOID);
        assertThat(five.mask().activation()).isEqualTo(MaskActivation.SOFTMAX);
        assertThat(five.dropout()).isEqualTo(0.5);
        // Kernels down, up and head; biases; scales and shifts of the normalisations
        long down = 25 * (2 * 16 + 16 * 32 + 32 * 64 + 64 * 128 + 128 * 256 + 256 * 512);
        long up = 25 * (512 * 256 + 512 * 128 + 256 * 64 + 128 * 32 + 64 * 16 + 32);
        long biases = (16 + 32 + 64 + 128 + 256 + 512) + (256 + 128 + 64 + 32 + 16 + 1) + 2;
        long normalisations = 2 * (16 + 32 + 64 + 128 + 256) + 2 * (256 + 128 + 64 + 32 + 16 + 1);
        assertThat(two.trainableWeights()).isEqualTo(2 * (down + up + 16 * 2 + biases + normalisations));
    }

    @Test
    void whatCannotBeIsRefusedWithASentence() {
        assertThatThrownBy(() -> withFilters(List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("filters has 0 elements: it must have 1 to 10");
        assertThatThrownBy(() -> withFilters(List.of(16, 0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("filters[1] is 0: it must be 1 or more");
    }

    private static SpleeterUNetConfiguration withFilters(List<Integer> filters) {
        return new SpleeterUNetConfiguration(
                INPUT, List.of("vocals"), filters, SpleeterActivation.ELU, 0.5, MaskSettings.defaults());
    }
}
