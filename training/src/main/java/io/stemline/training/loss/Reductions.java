package io.stemline.training.loss;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** What several losses compute with. */
final class Reductions {
    private Reductions() {}

    static Operand<TFloat32> mean(Ops tf, Operand<TFloat32> x, int... axes) {
        return tf.math.mean(x, tf.constant(axes));
    }

    /** The mean of all values. */
    static Operand<TFloat32> mean(Ops tf, Operand<TFloat32> x) {
        return tf.math.mean(flat(tf, x), tf.constant(0));
    }

    /** The sum of all values. */
    static Operand<TFloat32> sum(Ops tf, Operand<TFloat32> x) {
        return tf.sum(flat(tf, x), tf.constant(0));
    }

    static Operand<TFloat32> meanSquare(Ops tf, Operand<TFloat32> x, int... axes) {
        return mean(tf, tf.math.square(x), axes);
    }

    /** {@code factor log10(x + floor)}. */
    static Operand<TFloat32> log10(Ops tf, double factor, Operand<TFloat32> x, float floor) {
        return scaled(tf, factor / Math.log(10), tf.math.log(tf.math.add(x, tf.constant(floor))));
    }

    static Operand<TFloat32> scaled(Ops tf, double factor, Operand<TFloat32> x) {
        return tf.math.mul(x, tf.constant((float) factor));
    }

    /** {@code [batch][frame][bin][channel]} to {@code [batch][frame][bin][output]}: the mixture beside every stem. */
    static Operand<TFloat32> besideEveryStem(Ops tf, Operand<TFloat32> mixture, Operand<TFloat32> target) {
        return tf.tile(mixture, tf.constant(new int[] {1, 1, 1, stems(mixture, target)}));
    }

    static int stems(Operand<TFloat32> mixture, Operand<TFloat32> target) {
        long channels = mixture.shape().get(-1);
        long outputs = target.shape().get(-1);
        if (channels < 1 || outputs < 1 || outputs % channels != 0) {
            throw new IllegalArgumentException(
                    "Targets of a mixture with %d channels cannot be %d magnitudes wide".formatted(channels, outputs));
        }
        return Math.toIntExact(outputs / channels);
    }

    private static Operand<TFloat32> flat(Ops tf, Operand<TFloat32> x) {
        return tf.reshape(x, tf.constant(new int[] {-1}));
    }
}
