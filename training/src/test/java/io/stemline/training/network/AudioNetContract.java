package io.stemline.training.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stemline.training.folder.Configurations;
import io.stemline.training.graph.WaveformLayers;
import io.stemline.training.learning.InferenceNetwork;
import io.stemline.training.learning.TrainingNetwork;
import io.stemline.training.loss.Domain;
import io.stemline.training.loss.L1Loss;
import io.stemline.training.loss.Loss;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What networks from samples to samples have to keep besides. */
abstract class AudioNetContract extends NetworkContract {
    /** 4 * 4 samples become one at the bottleneck: 100 have to be padded. */
    static final WaveformInput INPUT = new WaveformInput(8000, 2, 100);

    static final List<String> STEMS = List.of("vocals", "drums", "other");
    private static final List<String> FOUR_STEMS = List.of("vocals", "drums", "bass", "other");
    static final WaveformStages STAGES = new WaveformStages(List.of(6, 8), 8, 4, WaveformLayers.Activation.LEAKY_RELU);

    /** Of the stages above with two channels and three stems. */
    static final long STAGE_WEIGHTS = (8 * 2 * 6 + 12)
            + (6 * 12 + 12)
            + (8 * 6 * 8 + 16)
            + (8 * 16 + 16)
            + (3 * 8 * 16 + 16)
            + (8 * 8 * 6 + 12)
            + (3 * 6 * 12 + 12)
            + 8 * 6 * 6;

    /** The same network for another input and other stems. */
    abstract NetworkConfiguration tiny(WaveformInput input, List<String> stems);

    @Override
    final NetworkConfiguration tiny() {
        return tiny(INPUT, STEMS);
    }

    @Override
    final Loss loss() {
        return new L1Loss(Domain.WAVEFORM);
    }

    /** A configuration with a network in it. */
    record Described(NetworkConfiguration network) {}

    @Test
    void theConfigurationIsReadAsItWasWritten() {
        // Given
        var configurations = Configurations.of(Described.class);
        Described described = new Described(tiny());

        // When
        Described again = configurations.parse(configurations.toJson(described), "network.json");

        // Then
        assertThat(again).isEqualTo(described);
    }

    @Test
    void theLevelOfTheMixtureIsThatOfTheStems() {
        // Given
        float[] soft = fed(1, 1);
        float[] loud = soft.clone();
        for (int i = 0; i < loud.length; i++) {
            loud[i] *= 128;
        }
        try (var training = network(7);
                var inference = new InferenceNetwork(tiny(), training.inferenceWeights(training.state()))) {
            // When
            float[] ofSoft = inference.estimates(soft, 1);
            float[] ofLoud = inference.estimates(loud, 1);

            // Then
            for (int i = 0; i < ofSoft.length; i++) {
                assertThat(ofLoud[i] / 128).isCloseTo(ofSoft[i], within(1e-5f));
            }
            assertThat(largestDifference(ofSoft, new float[ofSoft.length], ofSoft.length))
                    .isGreaterThan(1e-2);
        }
    }

    @Test
    void stemsOfSilenceAreSilent() {
        // Given
        try (var training = network(8);
                var inference = new InferenceNetwork(tiny(), training.inferenceWeights(training.state()))) {
            // When
            float[] answer = inference.estimates(new float[fed(1, 0).length], 1);

            // Then
            assertThat(answer).containsOnly(0f);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 1", "2, 1, 2", "1, 4, 16", "2, 3, 17", "1, 2, 63"})
    void anyChunkLengthAndAnyNumberOfChannelsAndStemsComeBack(int channels, int stems, int length) {
        // Given
        NetworkConfiguration configuration =
                tiny(new WaveformInput(8000, channels, length), FOUR_STEMS.subList(0, stems));
        float[] mixture = new float[length * channels];
        Arrays.fill(mixture, 0.5f);
        try (var training = new TrainingNetwork(configuration, loss(), settings(3));
                var inference = new InferenceNetwork(configuration, training.inferenceWeights(training.state()))) {
            // When
            float[] answer = inference.estimates(mixture, 1);

            // Then
            assertThat(answer).hasSize(length * channels * stems);
            for (float value : answer) {
                assertThat(value).isFinite();
            }
        }
    }
}
