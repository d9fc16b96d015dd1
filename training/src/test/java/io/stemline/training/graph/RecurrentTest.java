package io.stemline.training.graph;

import static io.stemline.training.graph.Evaluated.noise;
import static io.stemline.training.graph.Evaluated.numericalGradient;
import static io.stemline.training.graph.Evaluated.relativeError;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

class RecurrentTest {
    private static final int BATCH = 2;
    private static final int TIME = 5;
    private static final int FEATURES = 3;
    private static final int HIDDEN = 4;
    private static final int KERNEL = (FEATURES + HIDDEN) * 4 * HIDDEN;
    private static final int BIAS = 4 * HIDDEN;
    private static final int INPUT = BATCH * TIME * FEATURES;
    private static final int OUTPUT = BATCH * TIME * 2 * HIDDEN;
    private static final float[] EVERYTHING = noise(1, INPUT + 2 * (KERNEL + BIAS));
    private static final float[] OUTPUT_WEIGHTS = noise(2, OUTPUT);

    @Test
    void aBidirectionalLayerFollowsTheEquationsOfItsGates() {
        // When
        float[] found = Evaluated.at(Shape.of(EVERYTHING.length), EVERYTHING, RecurrentTest::layer)
                .value();

        // Then
        assertThat(relativeError(found, byDefinition(Evaluated.doubles(EVERYTHING))))
                .isLessThan(1e-6);
    }

    @Test
    void gradientsByInputKernelsAndBiasesAreTheDifferenceQuotients() {
        // When
        float[] gradient = Evaluated.at(
                        Shape.of(EVERYTHING.length),
                        EVERYTHING,
                        (tf, all) -> tf.math.mul(
                                tf.reshape(layer(tf, all), tf.constant(new int[] {OUTPUT})),
                                tf.constant(OUTPUT_WEIGHTS)))
                .gradient();

        // Then
        double[] expected = numericalGradient(EVERYTHING, 1e-4, all -> {
            double[] output = byDefinition(all);
            double sum = 0;
            for (int i = 0; i < output.length; i++) {
                sum += OUTPUT_WEIGHTS[i] * output[i];
            }
            return sum;
        });
        assertThat(relativeError(gradient, expected)).isLessThan(1e-5);
    }

    @Test
    void aStackOfLayersWithAnOpenBatchHasGradients() {
        // Given
        float[] x = noise(3, INPUT);

        // When
        Evaluated evaluated =
                Evaluated.at(Shape.of(-1, TIME, FEATURES), Shape.of(BATCH, TIME, FEATURES), x, (tf, sequence) -> {
                    var first = new Recurrent.LstmWeights(
                            tf.constant(matrix(4, FEATURES + HIDDEN)), tf.constant(noise(5, BIAS)));
                    var second =
                            new Recurrent.LstmWeights(tf.constant(matrix(6, 3 * HIDDEN)), tf.constant(noise(7, BIAS)));
                    var between = Recurrent.bidirectionalLstm(tf, sequence, first, first);
                    return Recurrent.lstm(tf, between, second);
                });

        // Then
        assertThat(evaluated.value()).hasSize(BATCH * TIME * HIDDEN);
        assertThat(evaluated.gradient()).hasSize(INPUT).doesNotContain(0f, Float.NaN);
    }

    @Test
    void weightsAndSequencesThatDoNotFitAreRefused() {
        // Then
        try (Graph graph = new Graph()) {
            Ops tf = Ops.create(graph);
            assertThatIllegalArgumentException()
                    .isThrownBy(
                            () -> new Recurrent.LstmWeights(tf.constant(new float[7][15]), tf.constant(new float[15])))
                    .withMessageContaining("[features + hidden][4 * hidden], not [7, 15]");
            assertThatIllegalArgumentException()
                    .isThrownBy(
                            () -> new Recurrent.LstmWeights(tf.constant(new float[7][16]), tf.constant(new float[4])))
                    .withMessageContaining("has 16 values, not [4]");
            var weights = new Recurrent.LstmWeights(tf.constant(new float[7][16]), tf.constant(new float[16]));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Recurrent.lstm(tf, tf.constant(new float[2][5][4]), weights))
                    .withMessage("An LSTM with 3 features reads [batch][time][3], not [2, 5, 4]");
        }
    }

    /** All weights and the input in one array, so that one gradient covers them. */
    private static Operand<TFloat32> layer(Ops tf, Operand<TFloat32> all) {
        int[] shapes = {INPUT, KERNEL, BIAS, KERNEL, BIAS};
        List<Operand<TFloat32>> parts = new ArrayList<>();
        int begin = 0;
        for (int length : shapes) {
            parts.add(tf.slice(all, tf.constant(new int[] {begin}), tf.constant(new int[] {length})));
            begin += length;
        }
        int[] kernel = {FEATURES + HIDDEN, 4 * HIDDEN};
        return Recurrent.bidirectionalLstm(
                tf,
                tf.reshape(parts.get(0), tf.constant(new int[] {BATCH, TIME, FEATURES})),
                new Recurrent.LstmWeights(tf.reshape(parts.get(1), tf.constant(kernel)), parts.get(2)),
                new Recurrent.LstmWeights(tf.reshape(parts.get(3), tf.constant(kernel)), parts.get(4)));
    }

    private static float[][] matrix(long seed, int rows) {
        float[] values = noise(seed, rows * 4 * HIDDEN);
        float[][] matrix = new float[rows][];
        Arrays.setAll(matrix, row -> Arrays.copyOfRange(values, row * 4 * HIDDEN, (row + 1) * 4 * HIDDEN));
        return matrix;
    }

    private static double[] byDefinition(double[] all) {
        double[] output = new double[OUTPUT];
        direction(all, INPUT, false, output);
        direction(all, INPUT + KERNEL + BIAS, true, output);
        return output;
    }

    private static void direction(double[] all, int kernel, boolean backwards, double[] output) {
        for (int b = 0; b < BATCH; b++) {
            double[] h = new double[HIDDEN];
            double[] c = new double[HIDDEN];
            for (int step = 0; step < TIME; step++) {
                int t = backwards ? TIME - 1 - step : step;
                double[] z = new double[4 * HIDDEN];
                for (int j = 0; j < z.length; j++) {
                    z[j] = all[kernel + KERNEL + j];
                    for (int i = 0; i < FEATURES + HIDDEN; i++) {
                        double in = i < FEATURES ? all[(b * TIME + t) * FEATURES + i] : h[i - FEATURES];
                        z[j] += in * all[kernel + i * 4 * HIDDEN + j];
                    }
                }
                for (int k = 0; k < HIDDEN; k++) {
                    double input = sigmoid(z[k]);
                    double forget = sigmoid(z[HIDDEN + k]);
                    double cell = Math.tanh(z[2 * HIDDEN + k]);
                    double out = sigmoid(z[3 * HIDDEN + k]);
                    c[k] = forget * c[k] + input * cell;
                    h[k] = out * Math.tanh(c[k]);
                    output[((b * TIME + t) * 2 + (backwards ? 1 : 0)) * HIDDEN + k] = h[k];
                }
            }
        }
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }
}
