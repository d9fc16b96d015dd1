package io.stemline.training.network;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.nn.LeakyRelu;
import org.tensorflow.types.TFloat32;

/** What Spleeter's U-Nets have between their convolutions. */
public enum SpleeterActivation {
    /** A leaky rectifier with the slope 0.2 on the way down, a rectifier on the way up; Spleeter's choice for two stems. */
    LEAKY_RELU {
        @Override
        Operand<TFloat32> down(Ops tf, Operand<TFloat32> x) {
            return tf.nn.leakyRelu(x, LeakyRelu.alpha(0.2f));
        }

        @Override
        Operand<TFloat32> up(Ops tf, Operand<TFloat32> x) {
            return tf.nn.relu(x);
        }
    },
    /** The exponential linear unit both ways; Spleeter's choice for four and five stems. */
    ELU {
        @Override
        Operand<TFloat32> down(Ops tf, Operand<TFloat32> x) {
            return tf.nn.elu(x);
        }

        @Override
        Operand<TFloat32> up(Ops tf, Operand<TFloat32> x) {
            return tf.nn.elu(x);
        }
    };

    abstract Operand<TFloat32> down(Ops tf, Operand<TFloat32> x);

    abstract Operand<TFloat32> up(Ops tf, Operand<TFloat32> x);
}
