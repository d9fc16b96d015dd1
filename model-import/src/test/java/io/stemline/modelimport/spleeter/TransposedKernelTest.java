package io.stemline.modelimport.spleeter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stemline.modelimport.spleeter.UNetWeights.Convolution;
import io.stemline.separation.tensorflow.DeviceName;
import io.stemline.separation.tensorflow.TensorFlowRuntime;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Against TensorFlow's own transposed convolution. */
class TransposedKernelTest {

    private static final int HEIGHT = 4;
    private static final int WIDTH = 6;
    private static final int IN = 3;
    private static final int OUT = 2;

    private final Random random = new Random(5);

    @BeforeEach
    void start() {
        TensorFlowRuntime.start(DeviceName.CPU, 0);
    }

    @Test
    void fourPhasesInterleavedAreTheTransposedConvolution() {
        // Given
        float[] kernel = values(5 * 5 * OUT * IN);
        float[] bias = values(OUT);
        try (var graph = new Graph();
                var session = new Session(graph)) {
            var tf = Ops.create(graph);
            var layers = new SpleeterLayers(tf);
            var x = constant(tf, values(HEIGHT * WIDTH * IN), 1, HEIGHT, WIDTH, IN);

            // When
            var phases = layers.phases(x, new Convolution(kernel, bias), IN, OUT);
            var interleaved = layers.interleaved(layers.channels(phases));

            // Then
            layers.initialise(session);
            assertSame(session, interleaved, transposed(tf, x, kernel, bias, OUT));
        }
    }

    @Test
    void aProductOfMatricesIsTheTransposedConvolution() {
        // Given
        float[] kernel = values(5 * 5 * OUT * IN);
        float[] bias = values(OUT);
        try (var graph = new Graph();
                var session = new Session(graph)) {
            var tf = Ops.create(graph);
            var layers = new SpleeterLayers(tf);
            var x = constant(tf, values(HEIGHT * WIDTH * IN), 1, HEIGHT, WIDTH, IN);

            // When
            var product = layers.interleaved(layers.phasesAtTheBottom(x, new Convolution(kernel, bias), IN, OUT));

            // Then
            layers.initialise(session);
            assertSame(session, product, transposed(tf, x, kernel, bias, OUT));
        }
    }

    @Test
    void aProductOfMatricesIsTheConvolution() {
        // Given
        float[] kernel = values(5 * 5 * IN * OUT);
        float[] bias = values(OUT);
        try (var graph = new Graph();
                var session = new Session(graph)) {
            var tf = Ops.create(graph);
            var layers = new SpleeterLayers(tf);
            var x = constant(tf, values(HEIGHT * WIDTH * IN), 1, HEIGHT, WIDTH, IN);

            // When
            var product = layers.downAtTheBottom(x, new Convolution(kernel, bias), OUT);

            // Then
            var weights = constant(tf, kernel, 5, 5, IN, OUT);
            var convolved = tf.nn.conv2d(x, weights, List.of(1L, 2L, 2L, 1L), "SAME");
            layers.initialise(session);
            assertSame(session, product, tf.nn.biasAdd(convolved, constant(tf, bias, OUT)));
        }
    }

    @Test
    void phasesOfSeveralInOneKernelAreTheTransposedConvolutions() {
        // Given
        float[][] kernels = {values(5 * 5 * IN), values(5 * 5 * IN)};
        float[] bias = values(1);
        try (var graph = new Graph();
                var session = new Session(graph)) {
            var tf = Ops.create(graph);
            var layers = new SpleeterLayers(tf);
            var first = constant(tf, values(HEIGHT * WIDTH * IN), 1, HEIGHT, WIDTH, IN);
            var second = constant(tf, values(HEIGHT * WIDTH * IN), 1, HEIGHT, WIDTH, IN);
            float[] shared = new float[3 * 3 * 2 * IN * 8];

            // When
            TransposedKernel.embed(kernels[0], shared, 2 * IN, 0, 2, 0);
            TransposedKernel.embed(kernels[1], shared, 2 * IN, IN, 2, 1);
            float[] biases = new float[8];
            Arrays.fill(biases, bias[0]);
            var both = layers.interleaved(layers.convolution(
                    layers.channels(List.of(first, second)), new Convolution(shared, biases), 2 * IN, 8));

            // Then
            layers.initialise(session);
            var expected = layers.channels(
                    List.of(transposed(tf, first, kernels[0], bias, 1), transposed(tf, second, kernels[1], bias, 1)));
            assertSame(session, both, expected);
        }
    }

    private static Operand<TFloat32> transposed(Ops tf, Operand<TFloat32> x, float[] kernel, float[] bias, int out) {
        var shape = tf.constant(new int[] {1, 2 * HEIGHT, 2 * WIDTH, out});
        var weights = constant(tf, kernel, 5, 5, out, IN);
        var convolved = tf.nn.conv2dBackpropInput(shape, weights, x, List.of(1L, 2L, 2L, 1L), "SAME");
        return tf.nn.biasAdd(convolved, constant(tf, bias, out));
    }

    private static void assertSame(Session session, Operand<TFloat32> found, Operand<TFloat32> expected) {
        try (var results = session.runner().fetch(found).fetch(expected).run()) {
            var ours = (TFloat32) results.get(0);
            var theirs = (TFloat32) results.get(1);
            assertThat(ours.shape()).isEqualTo(theirs.shape());
            ours.scalars()
                    .forEachIndexed((place, value) ->
                            assertThat(value.getFloat()).isCloseTo(theirs.getFloat(place), within(1e-5f)));
        }
    }

    private static Operand<TFloat32> constant(Ops tf, float[] values, long... shape) {
        return tf.constant(Shape.of(shape), DataBuffers.of(values, true, false));
    }

    private float[] values(int length) {
        float[] values = new float[length];
        for (int index = 0; index < length; index++) {
            values[index] = random.nextFloat(-1, 1);
        }
        return values;
    }
}
