package io.stemline.training.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.nn.Conv2d;
import org.tensorflow.types.TFloat32;

class DilatedConvolutionTest {
    private static final Shape SHAPE = Shape.of(2, 6, 8, 3);

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void evenAndOddPlacesConvolvedApartGiveTensorFlowsDilatedConvolution(int kernel) {
        try (Graph graph = new Graph();
                TFloat32 fed = Evaluated.tensor(SHAPE, Evaluated.noise(1, 288))) {
            // Given
            Ops tf = Ops.create(graph);
            Layers layers = new Layers(tf, Layers.Mode.TRAINING, 1);
            var x = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, 6, 8, 3)));
            Operand<TFloat32> found = layers.dilatedConvolution("dilated", x, kernel, 3, 2);
            Parameter weights = layers.parameters().get("dilated.kernel");
            Operand<TFloat32> expected = tf.nn.conv2d(
                    x, weights.variable(), List.of(1L, 1L, 1L, 1L), "SAME", Conv2d.dilations(List.of(1L, 2L, 2L, 1L)));
            var variables = new Variables(tf, List.of(weights));
            try (Session session = new Session(graph)) {
                variables.assign(session, Map.of("dilated.kernel", weights.initial()));

                // When
                try (var fetched = session.runner()
                        .feed(x, fed)
                        .fetch(found)
                        .fetch(expected)
                        .run()) {
                    // Then
                    float[] ofLayer = Tensors.floats((TFloat32) fetched.get(0));
                    float[] ofTensorFlow = Tensors.floats((TFloat32) fetched.get(1));
                    assertThat(ofLayer).hasSize(2 * 6 * 8 * 2).containsExactly(ofTensorFlow, within(1e-5f));
                }
            }
        }
    }
}
