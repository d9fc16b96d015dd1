package io.stemline.training.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stemline.training.graph.WaveformLayers;
import io.stemline.training.learning.LearningProbe;
import io.stemline.training.learning.TrainingNetwork;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AudioNetSimpleTest extends AudioNetContract {

    @Override
    NetworkConfiguration tiny(WaveformInput input, List<String> stems) {
        return new AudioNetSimpleConfiguration(input, stems, STAGES);
    }

    @Override
    long weightsByHand() {
        return STAGE_WEIGHTS + (3 * 8 * 16 + 32) + (3 * 16 * 8 + 16);
    }

    @Test
    void gaussianErrorUnitsLearnAsRectifiersDo() {
        // Given
        var stages = new WaveformStages(STAGES.channels(), 8, 4, WaveformLayers.Activation.GELU);
        var configuration = new AudioNetSimpleConfiguration(INPUT, STEMS, stages);
        try (var network = new TrainingNetwork(configuration, loss(), settings(1))) {
            double before = network.learn(List.of(batch(1)), 0, 1e-2, 0).loss();

            // When
            double after = before;
            for (int step = 1; step < 100; step++) {
                after = network.learn(List.of(batch(1)), step, 1e-2, 0).loss();
            }

            // Then
            assertThat(after).isLessThan(0.6 * before);
        }
    }

    @Test
    void everyWeightMattersToTheLoss() {
        // When
        Map<String, float[]> gradients;
        try (var network = network(1)) {
            gradients = LearningProbe.gradients(network, batch(1), 0, 0);
        }

        // Then
        assertThat(gradients).hasSize(1 + 2 * (3 + 2) + 2 * 3 + (2 + 3) + (2 + 1));
        gradients.forEach((name, values) -> {
            for (float value : values) {
                assertThat(value).as(name).isNotZero().isFinite();
            }
        });
    }

    @Test
    void theDefaultsHaveAboutNineMillionWeights() {
        // When
        var configuration = AudioNetSimpleConfiguration.defaults(
                new WaveformInput(44_100, 2, 88_200), List.of("vocals", "drums", "bass", "other"));

        // Then
        assertThat(configuration.trainableWeights()).isBetween(8_500_000L, 9_500_000L);
    }

    @ParameterizedTest
    @CsvSource({
        "'', 8, 4, channels is empty",
        "'6,0', 8, 4, channels is 0",
        "'6,8', 8, 1, stride is 1",
        "'6,8', 3, 4, kernel is 3: strides of 4 samples (stride) would leave some out",
        "'1,1,1,1,1,1,1,1,1,1,1', 8, 4, channels has 11 stages with a stride of 4"
    })
    void stagesThatCannotBeAreRefusedWithASentence(String channels, int kernel, int stride, String sentence) {
        // Given
        List<Integer> widths = channels.isEmpty()
                ? List.of()
                : List.of(channels.split(",")).stream().map(Integer::valueOf).toList();

        // Then
        assertThatThrownBy(() -> new WaveformStages(widths, kernel, stride, WaveformLayers.Activation.GELU))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(sentence);
    }

    @Test
    void stemsMustBeThereOnce() {
        assertThatThrownBy(() -> tiny(INPUT, List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("stems is empty: there must be one at least");
        assertThatThrownBy(() -> tiny(INPUT, List.of("bass", "bass")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("stems is [bass, bass]: each must be there once");
    }
}
