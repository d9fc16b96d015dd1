package io.stemline.training.loss;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** A distance between estimated and true magnitudes of stems. */
enum MagnitudeLoss {
    /** The mean absolute difference, relative to the mean magnitude of the batch's mixtures. */
    ABSOLUTE {
        @Override
        public Operand<TFloat32> of(
                Ops tf, Operand<TFloat32> estimate, Operand<TFloat32> target, Operand<TFloat32> mixture) {
            Operand<TFloat32> error = mean(tf, tf.math.abs(tf.math.sub(estimate, target)), 0, 1, 2, 3);
            Operand<TFloat32> level = mean(tf, mixture, 0, 1, 2, 3);
            return tf.math.div(error, tf.math.add(level, tf.constant(SILENCE)));
        }
    },

    /**
     * The logarithm of a stem's squared error, relative to the energy of its mixture: mean log10(error / energy + 0.002).
     * A stem that is right to -27 dB is right enough, so that silent stems do not take over.
     */
    DECIBEL {
        @Override
        public Operand<TFloat32> of(
                Ops tf, Operand<TFloat32> estimate, Operand<TFloat32> target, Operand<TFloat32> mixture) {
            // [batch][stem * channel] and [batch][channel], then per batch
            Operand<TFloat32> errors = mean(tf, tf.math.square(tf.math.sub(estimate, target)), 1, 2);
            Operand<TFloat32> energies = mean(tf, tf.math.square(mixture), 1, 2, 3);
            Operand<TFloat32> relative =
                    tf.math.div(errors, tf.math.add(tf.expandDims(energies, tf.constant(1)), tf.constant(SILENCE)));
            Operand<TFloat32> logarithms = tf.math.log(tf.math.add(relative, tf.constant(RIGHT_ENOUGH)));
            return tf.math.mul(mean(tf, logarithms, 0, 1), tf.constant((float) (1 / Math.log(10))));
        }
    };

    private static final float SILENCE = 1e-6f;
    private static final float RIGHT_ENOUGH = 0.002f;

    /**
     * Adds the loss to the graph.
     *
     * @param estimate magnitudes, {@code [batch][frame][bin][stem * channels + channel]}
     * @param target of the same shape
     * @param mixture {@code [batch][frame][bin][channel]}
     * @return a scalar
     */
    public abstract Operand<TFloat32> of(
            Ops tf, Operand<TFloat32> estimate, Operand<TFloat32> target, Operand<TFloat32> mixture);

    private static Operand<TFloat32> mean(Ops tf, Operand<TFloat32> x, int... axes) {
        return tf.math.mean(x, tf.constant(axes));
    }
}
