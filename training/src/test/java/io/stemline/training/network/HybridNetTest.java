package io.stemline.training.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.stemline.training.learning.InferenceNetwork;
import io.stemline.training.learning.LearningProbe;
import io.stemline.training.learning.TrainingNetwork;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HybridNetTest extends AudioNetContract {
    private static final SpectralBranch SPECTRAL =
            new SpectralBranch(32, 8, 32, 16, List.of(4, 6), 5, 0.3, 3, Masking.SOFTMAX);

    private static HybridNetConfiguration tiny(
            WaveformInput input, List<String> stems, HybridNetConfiguration.Joining joining) {
        return new HybridNetConfiguration(input, stems, STAGES, SPECTRAL, joining);
    }

    @Override
    NetworkConfiguration tiny(WaveformInput input, List<String> stems) {
        return tiny(input, stems, HybridNetConfiguration.Joining.WEIGHTED);
    }

    @Override
    long weightsByHand() {
        long waveform = STAGE_WEIGHTS + (3 * 8 * 16 + 32) + (3 * 16 * 8 + 16);
        long across = 2 * (8 * 3 + 3 + 3 * 8);
        long spectral = (25 * 3 * 4 + 8) + (25 * 4 * 6 + 12) + (25 * 6 * 4 + 8) + 25 * 8 * 6 + 16 * 6 + across;
        return waveform + spectral + 3;
    }

    @Test
    void theSpectralBranchAloneSharesTheMixtureOutToTheStems() {
        // Given: masks that add up to one, a mixture below the bin that they leave out, and no weight on samples
        float[] mixture = new float[100 * 2];
        for (int i = 0; i < 100; i++) {
            double fade = Math.sin(Math.PI * (i + 0.5) / 100);
            mixture[2 * i] = (float) (fade * Math.sin(0.4 * i));
            mixture[2 * i + 1] = (float) (fade * Math.cos(0.7 * i));
        }

        // When
        float[] stems = joined(mixture, 40);

        // Then
        for (int i = 0; i < mixture.length; i++) {
            int first = i / 2 * 6 + i % 2;
            float sum = stems[first] + stems[first + 2] + stems[first + 4];
            assertThat(sum).as("sample " + i / 2).isCloseTo(mixture[i], within(2e-3f));
        }
    }

    @Test
    void equalWeightsGiveTheMeanOfTheBranches() {
        // Given
        float[] mixture = fed(1, 3);

        // When
        float[] spectral = joined(mixture, 100);
        float[] waveform = joined(mixture, -100);
        float[] both = joined(mixture, 0);

        // Then
        assertThat(largestDifference(spectral, waveform, both.length)).isGreaterThan(0.1);
        for (int i = 0; i < both.length; i++) {
            assertThat(both[i]).isCloseTo((spectral[i] + waveform[i]) / 2, within(1e-5f));
        }
    }

    /** The answer with this logit of the spectral branch's weight in every stem. */
    private float[] joined(float[] mixture, float logit) {
        try (var training = network(4)) {
            Map<String, float[]> weights = new HashMap<>(training.inferenceWeights(training.state()));
            float[] logits = weights.get("joining.logits").clone();
            Arrays.fill(logits, logit);
            weights.put("joining.logits", logits);
            try (var inference = new InferenceNetwork(tiny(), weights)) {
                return inference.estimates(mixture, 1);
            }
        }
    }

    @Test
    void theSumOfTheBranchesIsTwiceTheirMean() {
        // Given
        var summed = tiny(INPUT, STEMS, HybridNetConfiguration.Joining.SUM);
        float[] mixture = fed(1, 3);
        try (var training = network(4)) {
            Map<String, float[]> weights = new HashMap<>(training.inferenceWeights(training.state()));
            weights.remove("joining.logits");

            // When
            float[] mean = joined(mixture, 0);
            float[] sum;
            try (var inference = new InferenceNetwork(summed, weights)) {
                sum = inference.estimates(mixture, 1);
            }

            // Then
            assertThat(summed.trainableWeights()).isEqualTo(weightsByHand() - 3);
            for (int i = 0; i < sum.length; i++) {
                assertThat(sum[i]).isCloseTo(2 * mean[i], within(1e-5f));
            }
        }
    }

    @Test
    void aSummedNetworkLearnsInBothBranches() {
        // Given
        var summed = tiny(INPUT, STEMS, HybridNetConfiguration.Joining.SUM);
        try (var network = new TrainingNetwork(summed, loss(), settings(1))) {
            // When
            Map<String, float[]> gradients = LearningProbe.gradients(network, batch(1), 0, 0);

            // Then
            for (String name : List.of("down1.kernel", "head.kernel", "encoder1.kernel", "decoder1.kernel")) {
                float[] nothing = new float[gradients.get(name).length];
                assertThat(largestDifference(gradients.get(name), nothing, nothing.length))
                        .as(name)
                        .isPositive();
            }
        }
    }

    @Test
    void everySampleIsUnderAsManyWindows() {
        // When
        for (int length : List.of(1, 8, 9, 100, 1000)) {
            var input = new WaveformInput(8000, 1, length);
            SpectrumInput seen = SPECTRAL.unet(input, STEMS).input();

            // Then
            assertThat(seen.frames() % 4).isZero();
            assertThat(seen.lengthSamples() - SPECTRAL.before()).isBetween(length + 24, length + 24 + 4 * 8 - 1);
        }
    }

    @Test
    void spectraThatCannotBeAreRefusedWithASentence() {
        assertThatThrownBy(() -> spectral(32, 8, 31)).hasMessageStartingWith("fftLength is 31");
        assertThatThrownBy(() -> spectral(32, 32, 32)).hasMessageContaining("leaves gaps");
        assertThatThrownBy(() -> spectral(32, 0, 32)).hasMessage("hopLength is 0: it must be 1 or more");
        assertThatThrownBy(() -> new SpectralBranch(32, 8, 32, 16, List.of(), 5, 0.3, 3, Masking.SOFTMAX))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("stageChannels is empty: there must be one stage at least");
        assertThatThrownBy(() -> new SpectralBranch(32, 8, 32, 16, List.of(4), 5, 0, 3, Masking.SOFTMAX))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("compression is 0.0: it must be above 0 and at most 1 (magnitudes as they are)");
        assertThatThrownBy(() -> new SpectralBranch(32, 8, 32, 16, List.of(4), 5, 1, -1, Masking.SOFTMAX))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("acrossBins is -1: it must be 0 (none) or more");
        assertThatThrownBy(() -> new HybridNetConfiguration(
                        INPUT,
                        STEMS,
                        STAGES,
                        new SpectralBranch(32, 8, 32, 17, List.of(4, 6), 5, 0.3, 3, Masking.SOFTMAX),
                        HybridNetConfiguration.Joining.SUM))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("17 bins must be multiples of 4");
    }

    private static HybridNetConfiguration spectral(int window, int hop, int fft) {
        var branch = new SpectralBranch(window, hop, fft, 16, List.of(4, 6), 5, 0.3, 3, Masking.SOFTMAX);
        return new HybridNetConfiguration(INPUT, STEMS, STAGES, branch, HybridNetConfiguration.Joining.SUM);
    }
}
