package io.stemline.training.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stemline.training.graph.Evaluated;
import io.stemline.training.graph.Layers;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tensorflow.ndarray.Shape;

class MaskActivationTest {
    /** One example of two frames and three bins, with two stems of two channels. */
    private static final Shape SHAPE = Shape.of(1, 2, 3, 4);

    private static float[] values() {
        float[] values = Evaluated.noise(1, 24);
        for (int i = 0; i < values.length; i++) {
            values[i] *= 2;
        }
        return values;
    }

    private static Evaluated evaluated(MaskActivation activation, float[] x) {
        return Evaluated.at(SHAPE, x, (tf, fed) -> activation.of(new Layers(tf, Layers.Mode.TRAINING, 1), fed, 2, 2));
    }

    /** Written out as in the papers, in double precision. */
    private static double byHand(MaskActivation activation, double[] x, int i) {
        double value = x[i];
        double mask = switch (activation) {
            case SIGMOID -> 1 / (1 + Math.exp(-value));
            case RELU -> Math.max(0, value);
            case HARDTANH -> Math.clamp(value, -1, 1);
            case TANH -> Math.tanh(value);
            case SOFTMAX -> Math.exp(value) / (Math.exp(value) + Math.exp(x[i % 4 < 2 ? i + 2 : i - 2]));
            case PRELU -> throw new IllegalArgumentException("has a variable");
            case SELU -> 1.0507009873554805 * (value > 0 ? value : 1.6732632423543772 * Math.expm1(value));
            case ELU -> value > 0 ? value : Math.expm1(value);
        };
        return Math.clamp(mask, 0, 1);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PRELU")
    void valuesAndGradientsAreThoseOfTheFormula(MaskActivation activation) {
        // Given
        float[] x = values();

        // When
        Evaluated found = evaluated(activation, x);

        // Then
        double[] expected = new double[x.length];
        Arrays.setAll(expected, i -> byHand(activation, Evaluated.doubles(x), i));
        double[] gradient = Evaluated.numericalGradient(x, 1e-6, moved -> {
            double sum = 0;
            for (int i = 0; i < moved.length; i++) {
                sum += byHand(activation, moved, i);
            }
            return sum;
        });
        for (int i = 0; i < x.length; i++) {
            assertThat((double) found.value()[i]).as("value %d", i).isCloseTo(expected[i], within(1e-6));
            assertThat((double) found.gradient()[i]).as("gradient %d", i).isCloseTo(gradient[i], within(1e-5));
        }
    }

    @Test
    void extremeValuesGiveMasksAndNumbers() {
        // Given
        float[] x = new float[24];
        for (int i = 0; i < x.length; i++) {
            x[i] = i % 3 == 0 ? 1e6f : -1e6f;
        }
        for (MaskActivation activation : MaskActivation.values()) {
            if (activation == MaskActivation.PRELU) {
                continue;
            }

            // When
            Evaluated found = evaluated(activation, x);

            // Then
            for (int i = 0; i < x.length; i++) {
                assertThat(found.value()[i]).as("%s", activation).isBetween(0f, 1f);
                assertThat(found.gradient()[i]).as("%s", activation).isFinite();
            }
        }
    }
}
