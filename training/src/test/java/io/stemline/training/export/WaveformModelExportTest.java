package io.stemline.training.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stemline.separation.model.ModelPackage;
import io.stemline.separation.model.Representation;
import io.stemline.training.evaluation.ModelScorer;
import io.stemline.training.graph.WaveformLayers;
import io.stemline.training.learning.Optimiser;
import io.stemline.training.learning.TrainingNetwork;
import io.stemline.training.loss.Domain;
import io.stemline.training.loss.L1Loss;
import io.stemline.training.network.AudioNetSimpleConfiguration;
import io.stemline.training.network.HybridNetConfiguration;
import io.stemline.training.network.Masking;
import io.stemline.training.network.NetworkConfiguration;
import io.stemline.training.network.SpectralBranch;
import io.stemline.training.network.WaveformInput;
import io.stemline.training.network.WaveformStages;
import io.stemline.training.trainer.TinyTraining;
import io.stemline.training.trainer.TrainingConfiguration;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WaveformModelExportTest {
    /** Segments that neither the stages of the network nor the length of the song divide. */
    private static final WaveformInput INPUT = new WaveformInput(44_100, 2, 4001);

    private static final List<String> STEMS = List.of("vocals", "drums", "bass", "other");
    private static final WaveformStages STAGES =
            new WaveformStages(List.of(4, 6), 8, 4, WaveformLayers.Activation.LEAKY_RELU);

    @TempDir
    Path models;

    static Stream<Named<NetworkConfiguration>> networks() {
        var spectral = new SpectralBranch(256, 64, 256, 128, List.of(4, 6), 5, 0.3, 0, Masking.SOFTMAX);
        return Stream.of(
                Named.of("AudioNetSimple", new AudioNetSimpleConfiguration(INPUT, STEMS, STAGES)),
                Named.of(
                        "HybridNet",
                        new HybridNetConfiguration(
                                INPUT, STEMS, STAGES, spectral, HybridNetConfiguration.Joining.WEIGHTED)));
    }

    private static TrainingConfiguration training(NetworkConfiguration network) {
        TrainingConfiguration usual = TinyTraining.configuration(1);
        return new TrainingConfiguration(
                network,
                new L1Loss(Domain.WAVEFORM),
                usual.optimiser(),
                usual.schedule(),
                usual.curriculum(),
                usual.augmentation(),
                usual.batchSize(),
                usual.batchesPerStep(),
                usual.steps(),
                usual.largestGradientNorm(),
                usual.averageKeep(),
                usual.validationChunks(),
                usual.validationEvery(),
                usual.patience(),
                usual.minDelta(),
                usual.seed());
    }

    private ModelPackage export(NetworkConfiguration network) {
        var settings = new TrainingNetwork.Settings(Optimiser.adam(), 1, 1, 0.9, 4, 1);
        Map<String, float[]> weights;
        try (var learning = new TrainingNetwork(network, new L1Loss(Domain.WAVEFORM), settings)) {
            weights = learning.inferenceWeights(learning.state());
        }
        var details = new ModelExport.Details(
                "tiny-1", "Tiny", "For a test.", Map.of(), "songs", "test", Optional.empty(), List.of(), "# Tiny\n");
        return ModelExport.write(models, training(network), weights, details);
    }

    @ParameterizedTest
    @MethodSource("networks")
    void theSeparatorGivesStemsOfTheMixturesLengthThatAddUpToIt(NetworkConfiguration network) {
        // Given
        ModelPackage exported = export(network);
        Random random = new Random(1);
        float[][] mixture = new float[2][20_011];
        for (float[] channel : mixture) {
            for (int i = 0; i < channel.length; i++) {
                channel[i] = 0.2f * (float) random.nextGaussian();
            }
        }

        // When
        Map<String, float[][]> estimates;
        try (var scorer = new ModelScorer(exported, 1)) {
            estimates = scorer.separate(mixture, 44_100);
        }

        // Then
        assertThat(exported.card().representation()).isEqualTo(Representation.WAVEFORM);
        assertThat(estimates).containsOnlyKeys(STEMS);
        for (int channel = 0; channel < 2; channel++) {
            int at = channel;
            estimates.values().forEach(stem -> assertThat(stem[at]).hasSize(20_011));
            for (int i = 0; i < 20_011; i++) {
                float sum = 0;
                for (String stem : STEMS) {
                    sum += estimates.get(stem)[channel][i];
                }
                assertThat(sum).as("sample " + i).isCloseTo(mixture[channel][i], within(1e-4f));
            }
            assertThat(energy(estimates.get("vocals")[channel])).isPositive();
        }
    }

    private static double energy(float[] samples) {
        double energy = 0;
        for (float value : samples) {
            energy += value * value;
        }
        return energy;
    }
}
