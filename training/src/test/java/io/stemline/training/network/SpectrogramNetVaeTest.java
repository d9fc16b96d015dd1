package io.stemline.training.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.stemline.training.graph.Layers;
import io.stemline.training.learning.LearningProbe;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tensorflow.Graph;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

class SpectrogramNetVaeTest extends NetworkContract {
    /** 9 bins and 7 frames, which the network has to pad to 12 and 8. */
    private static final SpectrumInput INPUT = new SpectrumInput(8000, 1, 32, 8, 32, 9, 7);

    /** Nothing but the latent values is random. */
    @Override
    NetworkConfiguration tiny() {
        return new SpectrogramNetVaeConfiguration(
                INPUT,
                List.of("vocals", "other"),
                new SpectrogramNetLayers(2, 2, 0, 0, false, false),
                new RecurrentLayers(2, 5, 0),
                MaskSettings.defaults());
    }

    @Override
    long weightsByHand() {
        int down1 = 9 * 1 * 2 + 2 * 9 * 2 * 2 + 3 * 4;
        int down2 = 9 * 2 * 4 + 2 * 9 * 4 * 4 + 3 * 8;
        int latent = 2 * (4 * 4 + 4);
        int up2 = 25 * 8 * 4 + 8 + 9 * 8 * 4 + 2 * 9 * 4 * 4 + 3 * 8;
        int up1 = 25 * 4 * 2 + 4 + 9 * 4 * 2 + 2 * 9 * 2 * 2 + 3 * 4;
        int head = 2 * 2 + 4;
        return down1 + down2 + latent + SpectrogramNetLstmTest.recurrentWeightsByHand() + up2 + up1 + head;
    }

    @Override
    boolean randomInTraining() {
        return true;
    }

    @ParameterizedTest
    @EnumSource
    void theDistributionIsThereForTheLoss(Layers.Mode mode) {
        try (Graph graph = new Graph()) {
            // Given
            Ops tf = Ops.create(graph);
            var mixture = tf.placeholder(TFloat32.class, Placeholder.shape(INPUT.shape(-1)));

            // When
            var estimates = tiny().architecture().build(new Layers(tf, mode, 1), mixture);

            // Then
            Estimates.Latent latent = estimates.latent().orElseThrow();
            assertThat(latent.mean().shape().asArray()).containsExactly(-1, 2, 3, 4);
            assertThat(latent.logSigma().shape().asArray()).containsExactly(-1, 2, 3, 4);
        }
    }

    @Test
    void withoutDeviationThereIsNoChance() {
        // Given
        try (var network = network(6)) {
            var state = network.state();
            Arrays.fill(state.get("bottleneck.logSigma.kernel"), 0);
            Arrays.fill(state.get("bottleneck.logSigma.bias"), -10);
            network.restore(state);

            // When
            float[] first = LearningProbe.estimates(network, batch(1), 0);
            float[] second = LearningProbe.estimates(network, batch(1), 1);

            // Then: exp(-10) is left
            assertThat(largestDifference(first, second, first.length)).isLessThan(1e-3);
        }
    }

    @Test
    void theDefaultsAreThoseOfAuralflow() {
        // When
        var defaults = SpectrogramNetVaeConfiguration.defaults(INPUT, List.of("vocals"));

        // Then
        assertThat(defaults.layers()).isEqualTo(SpectrogramNetLayers.defaults());
        assertThat(defaults.recurrent()).isEqualTo(RecurrentLayers.defaults());
        assertThat(defaults.mask()).isEqualTo(MaskSettings.defaults());
    }
}
