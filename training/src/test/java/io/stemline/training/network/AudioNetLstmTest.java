package io.stemline.training.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AudioNetLstmTest extends AudioNetContract {

    @Override
    NetworkConfiguration tiny(WaveformInput input, List<String> stems) {
        return new AudioNetLstmConfiguration(input, stems, STAGES, new RecurrentLayers(2, 5, 0.3));
    }

    @Override
    long weightsByHand() {
        long first = 2 * ((8 + 5) * 20 + 20);
        long second = 2 * ((10 + 5) * 20 + 20);
        return STAGE_WEIGHTS + first + second + (10 * 8 + 8);
    }

    @Override
    boolean randomInTraining() {
        return true;
    }

    @Test
    void forgetGatesStartOpen() {
        // When
        Map<String, float[]> state;
        try (var network = network(1)) {
            state = network.state();
        }

        // Then
        var biases = state.keySet().stream()
                .filter(name -> name.startsWith("bottleneck.lstm") && name.endsWith(".bias"))
                .toList();
        assertThat(biases).hasSize(4);
        for (String name : biases) {
            float[] bias = state.get(name);
            assertThat(Arrays.copyOfRange(bias, 5, 10)).as(name).containsOnly(1f);
            assertThat(Arrays.copyOfRange(bias, 0, 5)).as(name).containsOnly(0f);
            assertThat(Arrays.copyOfRange(bias, 10, 20)).as(name).containsOnly(0f);
        }
    }

    @Test
    void memoriesThatCannotBeAreRefusedWithASentence() {
        assertThatThrownBy(() -> new RecurrentLayers(0, 5, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("depth is 0: it must be 1 or more");
        assertThatThrownBy(() -> new RecurrentLayers(1, 0, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("hidden is 0: it must be 1 or more");
        assertThatThrownBy(() -> new RecurrentLayers(1, 5, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("dropout is 1.0: it must be at least 0 and below 1");
    }
}
