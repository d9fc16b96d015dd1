package io.stemline.training.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.stemline.training.batches.Batch;
import io.stemline.training.graph.Layers;
import io.stemline.training.graph.Parameter;
import io.stemline.training.learning.InferenceNetwork;
import io.stemline.training.learning.LearningProbe;
import io.stemline.training.learning.TrainingNetwork;
import io.stemline.training.loss.DecibelLoss;
import io.stemline.training.loss.Loss;
import io.stemline.training.network.RecurrentStack.Normalisation;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

class MaskInferenceTest extends NetworkContract {
    private static final int CHANNELS = 2;
    private static final int FRAMES = 5;
    private static final int HIDDEN = 8;
    private static final SpectrumInput INPUT = new SpectrumInput(8000, CHANNELS, 32, 8, 32, 11, FRAMES);
    private static final List<String> STEMS = List.of("vocals", "drums", "other");

    private static MaskInferenceConfiguration tiny(Normalisation normalisation, double dropout) {
        return new MaskInferenceConfiguration(
                INPUT, STEMS, new RecurrentStack(0.3, normalisation, 2, HIDDEN, dropout), Masking.SOFTMAX);
    }

    @Override
    NetworkConfiguration tiny() {
        return tiny(Normalisation.BATCH, 0.1);
    }

    @Override
    Loss loss() {
        return new DecibelLoss();
    }

    @Override
    boolean randomInTraining() {
        return true;
    }

    @Override
    long weightsByHand() {
        int first = 2 * ((22 + 8) * 32 + 32);
        int second = 2 * ((16 + 8) * 32 + 32);
        int dense = 16 * 66 + 66;
        return 11 + 11 + first + second + dense;
    }

    @Test
    void softmaxMasksOfTheStemsAddUpToOneInEveryChannel() {
        // Given
        try (var network = network(1)) {
            // When
            float[] masks = LearningProbe.estimates(network, batch(1), 0);

            // Then
            for (int cell = 0; cell < masks.length; cell += STEMS.size() * CHANNELS) {
                for (int channel = 0; channel < CHANNELS; channel++) {
                    float sum = masks[cell + channel]
                            + masks[cell + CHANNELS + channel]
                            + masks[cell + 2 * CHANNELS + channel];
                    assertThat(sum).isCloseTo(1, within(1e-5f));
                }
            }
        }
    }

    @Test
    void everyFrameIsReadWithWhatComesBeforeAndAfterIt() {
        // Given
        float[] mixture = fed(1, 1);
        int frame = mixture.length / FRAMES;
        float[] otherMiddle = mixture.clone();
        for (int i = 2 * frame; i < 3 * frame; i += 2) {
            // what is swapped keeps the level
            float swapped = otherMiddle[i];
            otherMiddle[i] = otherMiddle[i + 1];
            otherMiddle[i + 1] = swapped;
        }
        try (var training = network(2);
                var inference = new InferenceNetwork(tiny(), training.inferenceWeights(training.state()))) {
            // When
            float[] masks = inference.estimates(mixture, 1);
            float[] others = inference.estimates(otherMiddle, 1);

            // Then
            for (int t = 0; t < FRAMES; t++) {
                double largest = 0;
                for (int i = t * masks.length / FRAMES; i < (t + 1) * masks.length / FRAMES; i++) {
                    largest = Math.max(largest, Math.abs(masks[i] - others[i]));
                }
                assertThat(largest).as("frame " + t).isGreaterThan(1e-5);
            }
        }
    }

    @Test
    void withInstanceNormalisationMixturesDoNotSeeEachOther() {
        // Given
        var configuration = tiny(Normalisation.INSTANCE, 0);
        Batch one = batch(4);
        Batch two = batch(5);
        float[] mixed = two.mixtures().clone();
        System.arraycopy(one.mixtures(), 0, mixed, 0, mixed.length / 2);
        try (var training = new TrainingNetwork(configuration, loss(), settings(3));
                var inference = new InferenceNetwork(configuration, training.inferenceWeights(training.state()))) {
            // When
            float[] alone = LearningProbe.estimates(training, one, 0);
            float[] besideOther = LearningProbe.estimates(training, new Batch(2, mixed, two.stems()), 0);
            float[] inferred = inference.estimates(LearningProbe.fed(training, one), 2);

            // Then
            assertThat(largestDifference(alone, besideOther, alone.length / 2)).isLessThan(1e-5);
            assertThat(largestDifference(alone, inferred, alone.length)).isLessThan(1e-5);
        }
    }

    @Test
    void theLevelOfTheMixtureDoesNotChangeTheMasks() {
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
            assertThat(largestDifference(ofSoft, ofLoud, ofSoft.length)).isLessThan(1e-3);
        }
    }

    @Test
    void onlyTheBiasesOfForgetGatesStartAtOne() {
        // Given
        try (Graph graph = new Graph()) {
            Ops tf = Ops.create(graph);
            Layers layers = new Layers(tf, Layers.Mode.TRAINING, 1);
            var mixture = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, FRAMES, 11, CHANNELS)));

            // When
            tiny().architecture().build(layers, mixture);

            // Then
            Map<String, Parameter> parameters = layers.parameters();
            for (String layer : List.of("lstm1.forwards", "lstm1.backwards", "lstm2.forwards", "lstm2.backwards")) {
                float[] forgetGateOpen = new float[4 * HIDDEN];
                Arrays.fill(forgetGateOpen, HIDDEN, 2 * HIDDEN, 1);
                assertThat(parameters.get(layer + ".bias").initial()).isEqualTo(forgetGateOpen);
            }
        }
    }

    @Test
    void settingsThatMakeNoSenseAreRefusedWithASentenceThatNamesTheKey() {
        assertThatThrownBy(() -> new RecurrentStack(1.5, Normalisation.BATCH, 2, 4, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("compression is 1.5: ");
        assertThatThrownBy(() -> new RecurrentStack(0, Normalisation.BATCH, 0, 4, 0))
                .hasMessageStartingWith("recurrentDepth is 0: ");
        assertThatThrownBy(() -> new RecurrentStack(0, Normalisation.BATCH, 2, 0, 0))
                .hasMessageStartingWith("hidden is 0: ");
        assertThatThrownBy(() -> new RecurrentStack(0, Normalisation.BATCH, 2, 4, 1))
                .hasMessageStartingWith("dropout is 1.0: ");
        assertThatThrownBy(() -> new MaskInferenceConfiguration(
                        INPUT, List.of("vocals"), RecurrentStack.defaults(), Masking.SOFTMAX))
                .hasMessageStartingWith("masking is softmax: ");
        assertThatThrownBy(() -> MaskInferenceConfiguration.defaults(INPUT, List.of()))
                .hasMessageStartingWith("stems is empty: ");
    }

    @Test
    void theDefaultsAreFourLayersOfThreeHundredThatSeeDecibels() {
        // When
        var configuration =
                MaskInferenceConfiguration.defaults(new SpectrumInput(16_000, 1, 512, 128, 512, 257, 400), STEMS);

        // Then
        long first = 2 * (4 * 300L) * (257 + 300 + 1);
        long others = 3 * 2 * (4 * 300L) * (600 + 300 + 1);
        assertThat(configuration.trainableWeights()).isEqualTo(2 * 257 + first + others + 601 * 3 * 257);
        assertThat(configuration.stack().compression()).isZero();
    }
}
