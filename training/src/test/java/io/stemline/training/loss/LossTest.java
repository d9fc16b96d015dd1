package io.stemline.training.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

class LossTest {
    // [batch 2][frame 1][bin 2][stem * channel 2], one channel
    private static final float[][][][] ESTIMATE = {{{{1, 2}, {3, 0}}}, {{{0, 1}, {1, 1}}}};
    private static final float[][][][] TARGET = {{{{1, 1}, {1, 1}}}, {{{0, 1}, {1, 1}}}};
    private static final float[][][][] MIXTURE = {{{{2}, {2}}}, {{{1}, {2}}}};

    @Test
    void theAbsoluteLossIsTheMeanErrorOverTheMeanMixture() {
        // Then
        assertThat(value(Loss.ABSOLUTE)).isCloseTo((0 + 1 + 2 + 1) / 8.0 / (7.0 / 4), within(1e-5));
    }

    @Test
    void theDecibelLossIsTheMeanLogarithmOfErrorsOverTheMixturesEnergy() {
        // Then
        double first = Math.log10((0 + 4) / 2.0 / 4 + 0.002);
        double second = Math.log10((1 + 1) / 2.0 / 4 + 0.002);
        double perfect = Math.log10(0.002);
        assertThat(value(Loss.DECIBEL)).isCloseTo((first + second + perfect + perfect) / 4, within(1e-5));
    }

    private static double value(Loss loss) {
        try (Graph graph = new Graph()) {
            Ops tf = Ops.create(graph);
            var result = loss.of(tf, tf.constant(ESTIMATE), tf.constant(TARGET), tf.constant(MIXTURE));
            try (Session session = new Session(graph);
                    var fetched = session.runner().fetch(result).run()) {
                return ((TFloat32) fetched.get(0)).getFloat();
            }
        }
    }
}
