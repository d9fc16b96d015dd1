package io.stemline.training.network;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** How masks are made of a network's last layer. */
public enum Masking {
    /** Every stem for itself. */
    SIGMOID {
        @Override
        Operand<TFloat32> masks(Ops tf, Operand<TFloat32> logits) {
            return tf.math.sigmoid(logits);
        }
    },
    /** The stems share the mixture: their masks add up to one. */
    SOFTMAX {
        @Override
        Operand<TFloat32> masks(Ops tf, Operand<TFloat32> logits) {
            Operand<TInt32> stemsLast = tf.constant(new int[] {0, 1, 3, 2});
            return tf.linalg.transpose(tf.nn.softmax(tf.linalg.transpose(logits, stemsLast)), stemsLast);
        }
    };

    /**
     * Values from 0 to 1.
     *
     * @param logits {@code [batch][cell][stem][channel]}
     * @return of the same shape
     */
    abstract Operand<TFloat32> masks(Ops tf, Operand<TFloat32> logits);

    /** Refuses to make no masks, or masks that would always be 1, with a sentence that names the key. */
    void requireFor(List<String> stems) {
        if (stems.isEmpty()) {
            throw new IllegalArgumentException("stems is empty: there must be one stem at least");
        }
        if (this == SOFTMAX && stems.size() == 1) {
            throw new IllegalArgumentException(
                    "masking is softmax: with a single stem (stems) every mask would be 1; use sigmoid");
        }
    }
}
