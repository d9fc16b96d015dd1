package io.stemline.training.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stemline.training.folder.Configurations;
import io.stemline.training.learning.InferenceNetwork;
import io.stemline.training.learning.TrainingNetwork;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpectrogramNetLstmTest extends NetworkContract {
    /** 9 bins and 7 frames, which the network has to pad to 12 and 8. */
    private static final SpectrumInput INPUT = new SpectrumInput(8000, 1, 32, 8, 32, 9, 7);

    private static final SpectrogramNetLayers LAYERS = new SpectrogramNetLayers(2, 2, 0.1, 0.1, false, false);
    private static final RecurrentLayers RECURRENT = new RecurrentLayers(2, 5, 0.2);

    @Override
    NetworkConfiguration tiny() {
        return new SpectrogramNetLstmConfiguration(
                INPUT, List.of("vocals", "other"), LAYERS, RECURRENT, MaskSettings.defaults());
    }

    @Override
    long weightsByHand() {
        int down1 = 9 * 1 * 2 + 2 * 9 * 2 * 2 + 3 * 4;
        int down2 = 9 * 2 * 4 + 2 * 9 * 4 * 4 + 3 * 8;
        int up2 = 25 * 8 * 4 + 8 + 9 * 8 * 4 + 2 * 9 * 4 * 4 + 3 * 8;
        int up1 = 25 * 4 * 2 + 4 + 9 * 4 * 2 + 2 * 9 * 2 * 2 + 3 * 4;
        int head = 2 * 2 + 4;
        return down1 + down2 + recurrentWeightsByHand() + up2 + up1 + head;
    }

    /** Of 2 frames with 3 bins of 4 channels. */
    static int recurrentWeightsByHand() {
        int lstm1 = 2 * ((12 + 5) * 20 + 20);
        int lstm2 = 2 * ((10 + 5) * 20 + 20);
        int dense = 10 * 5 + 5 + 5 * 24 + 24;
        return lstm1 + lstm2 + dense;
    }

    @Override
    boolean randomInTraining() {
        return true;
    }

    @Test
    void theBeginningKnowsTheEnd() {
        // Given
        var input = new SpectrumInput(8000, 1, 32, 8, 32, 8, 64);
        var layers = new SpectrogramNetLayers(2, 1, 0, 0, false, false);
        var stems = List.of("vocals");
        float[] fed = new float[64 * 8];
        float[] otherEnd = fed.clone();
        Arrays.fill(otherEnd, 60 * 8, 64 * 8, 3);

        // When
        double simple = changeOfTheFirstFrame(
                new SpectrogramNetSimpleConfiguration(input, stems, layers, MaskSettings.defaults()), fed, otherEnd);
        double recurrent = changeOfTheFirstFrame(
                new SpectrogramNetLstmConfiguration(
                        input, stems, layers, new RecurrentLayers(1, 8, 0), MaskSettings.defaults()),
                fed,
                otherEnd);

        // Then
        assertThat(simple).isZero();
        assertThat(recurrent).isPositive();
    }

    private double changeOfTheFirstFrame(NetworkConfiguration configuration, float[] fed, float[] otherEnd) {
        try (var training = new TrainingNetwork(configuration, loss(), settings(3));
                var inference = new InferenceNetwork(configuration, training.inferenceWeights(training.state()))) {
            return largestDifference(inference.estimates(fed, 1), inference.estimates(otherEnd, 1), 8);
        }
    }

    @Test
    void forgetGatesStartOpen() {
        // When
        try (var network = network(1)) {
            float[] bias = network.state().get("bottleneck.lstm2.backwards.bias");

            // Then
            assertThat(bias).containsExactly(0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        }
    }

    @Test
    void theDefaultsAreThoseOfAuralflow() {
        // When
        var defaults = SpectrogramNetLstmConfiguration.defaults(
                SpectrogramNetLayers.defaultInput(), List.of("vocals", "other"));

        // Then
        assertThat(defaults.layers()).isEqualTo(SpectrogramNetLayers.defaults());
        assertThat(defaults.recurrent()).isEqualTo(new RecurrentLayers(3, 1024, 0.3));
        assertThat(defaults.mask()).isEqualTo(MaskSettings.defaults());
    }

    private record Described(NetworkConfiguration network) {}

    @Test
    void auralflowsNamesFindTheirSettings() {
        // Given
        var flags = new LinkedHashMap<String, String>();
        flags.put("--mask_activation", "relu");
        flags.put("--mask_kind", "binary");
        flags.put("--hidden_channels", "8");
        flags.put("--dropout_p", "0.25");
        flags.put("--leak_factor", "0.3");
        flags.put("--normalize_input", "true");
        flags.put("--normalize_output", "true");
        flags.put("--recurrent_depth", "4");
        flags.put("--hidden_size", "6");

        // When
        var changed = Configurations.of(Described.class).with(new Described(tiny()), flags);

        // Then
        assertThat(changed.network())
                .isEqualTo(new SpectrogramNetLstmConfiguration(
                        INPUT,
                        List.of("vocals", "other"),
                        new SpectrogramNetLayers(8, 2, 0.25, 0.3, true, true),
                        new RecurrentLayers(4, 6, 0.2),
                        new MaskSettings(MaskActivation.RELU, MaskKind.BINARY)));
    }

    @Test
    void whatCannotBeIsRefusedWithASentence() {
        assertThatThrownBy(() -> new RecurrentLayers(0, 5, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("depth is 0: it must be 1 or more");
        assertThatThrownBy(() -> new RecurrentLayers(1, 0, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("hidden is 0: it must be 1 or more");
        assertThatThrownBy(() -> new RecurrentLayers(1, 5, Double.NaN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("dropout is NaN: it must be at least 0 and below 1");
    }
}
