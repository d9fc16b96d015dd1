package io.stemline.training.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.stemline.training.graph.Layers;
import io.stemline.training.learning.InferenceNetwork;
import io.stemline.training.learning.LearningProbe;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tensorflow.Graph;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

class AudioNetVaeTest extends AudioNetContract {

    @Override
    NetworkConfiguration tiny(WaveformInput input, List<String> stems) {
        return new AudioNetVaeConfiguration(input, stems, STAGES, 7, new RecurrentLayers(1, 5, 0));
    }

    @Override
    long weightsByHand() {
        long meanAndLogSigma = 2 * (8 * 7 + 7);
        long memory = 2 * ((7 + 5) * 20 + 20);
        return STAGE_WEIGHTS + meanAndLogSigma + memory + (10 * 8 + 8);
    }

    @Override
    boolean randomInTraining() {
        return true;
    }

    @ParameterizedTest
    @EnumSource
    void theDistributionIsThereForLosses(Layers.Mode mode) {
        // Given
        try (Graph graph = new Graph()) {
            Ops tf = Ops.create(graph);
            var mixture = tf.placeholder(
                    TFloat32.class, Placeholder.shape(tiny().input().shape(-1)));

            // When
            Estimates estimates = tiny().architecture().build(new Layers(tf, mode, 1), mixture);

            // Then
            assertThat(estimates.latent()).isPresent();
            Estimates.Latent latent = estimates.latent().orElseThrow();
            assertThat(latent.mean().shape().asArray()).containsExactly(-1, 7, 7);
            assertThat(latent.logSigma().shape().asArray()).containsExactly(-1, 7, 7);
        }
    }

    @Test
    void noiseGrowsWithSigmaInTrainingAndIsAbsentFromInference() {
        // Given
        try (var training = network(1)) {
            Map<String, float[]> state = training.state();
            double small = spread(state, -6);
            double large = spread(state, -3);

            // When
            float[] fed = fed(1, 2);
            float[] quiet = inference(training.inferenceWeights(withLogSigma(state, -6)), fed);
            float[] noisy = inference(training.inferenceWeights(withLogSigma(state, 0)), fed);

            // Then
            assertThat(small).isGreaterThan(0);
            assertThat(large / small).isCloseTo(Math.exp(3), within(0.3 * Math.exp(3)));
            assertThat(noisy).isEqualTo(quiet);
        }
    }

    private float[] inference(Map<String, float[]> weights, float[] fed) {
        try (var inference = new InferenceNetwork(tiny(), weights)) {
            return inference.estimates(fed, 1);
        }
    }

    /** How far two draws are apart. */
    private double spread(Map<String, float[]> state, float logSigma) {
        try (var training = network(1)) {
            training.restore(withLogSigma(state, logSigma));
            float[] one = LearningProbe.estimates(training, batch(1), 0);
            float[] other = LearningProbe.estimates(training, batch(1), 1);
            return largestDifference(one, other, one.length);
        }
    }

    private static Map<String, float[]> withLogSigma(Map<String, float[]> state, float logSigma) {
        Map<String, float[]> changed = new HashMap<>(state);
        for (String name : List.of("bottleneck.logSigma.bias", "average.bottleneck.logSigma.bias")) {
            float[] bias = state.get(name).clone();
            Arrays.fill(bias, logSigma);
            changed.put(name, bias);
        }
        return changed;
    }

    @Test
    void aDistributionNeedsDimensions() {
        assertThatThrownBy(() -> new AudioNetVaeConfiguration(INPUT, STEMS, STAGES, 0, new RecurrentLayers(1, 5, 0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("latents is 0: it must be 1 or more");
    }
}
