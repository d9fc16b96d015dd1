package io.stemline.training.graph;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TType;

/**
 * Operations on complex numbers, which have no type in Java and are known to it only as a {@link TType}: so these are put
 * together from their names.
 */
final class ComplexOps {
    private ComplexOps() {}

    static Operand<TType> complex(Ops tf, Operand<TFloat32> re, Operand<TFloat32> im) {
        return operation(tf, "Complex", re, im);
    }

    static Operand<TFloat32> real(Ops tf, Operand<TType> z) {
        return operation(tf, "Real", z);
    }

    static Operand<TFloat32> imaginary(Ops tf, Operand<TType> z) {
        return operation(tf, "Imag", z);
    }

    /** {@code [..., length] -> [..., length / 2 + 1]}. */
    static Operand<TType> rfft(Ops tf, Operand<?> samples, Operand<TInt32> length) {
        return operation(tf, "RFFT", samples, length);
    }

    /** {@code [..., length / 2 + 1] -> [..., length]}. */
    static Operand<TFloat32> irfft(Ops tf, Operand<TType> spectra, Operand<TInt32> length) {
        return operation(tf, "IRFFT", spectra, length);
    }

    /** Every complex number times a real one that stands at its place on the last axis. */
    static Operand<TType> scaled(Ops tf, Operand<?> z, Operand<TFloat32> weights) {
        return operation(tf, "Mul", z, complex(tf, weights, tf.zerosLike(weights)));
    }

    private static <T extends TType> Operand<T> operation(Ops tf, String type, Operand<?>... inputs) {
        var builder = tf.scope().opBuilder(type, type);
        for (Operand<?> input : inputs) {
            builder.addInput(input.asOutput());
        }
        return builder.build().output(0);
    }
}
