package io.stemline.training.network;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** How masks are made of a network's last layer. */
public enum Masking {
    /** Every stem for itself. */
    SIGMOID {
        @Override
        Operand<TFloat32> masks(Ops tf, Operand<TFloat32> logits, int stems, int channels) {
            return tf.math.sigmoid(logits);
        }
    },
    /** The stems share the mixture: their masks add up to one. */
    SOFTMAX {
        @Override
        Operand<TFloat32> masks(Ops tf, Operand<TFloat32> logits, int stems, int channels) {
            return StemShares.of(tf, logits, stems, channels);
        }
    };

    /**
     * Values from 0 to 1.
     *
     * @param logits {@code [batch][frame][bin][stem * channels + channel]}, all but the batch known
     * @return of the same shape
     */
    abstract Operand<TFloat32> masks(Ops tf, Operand<TFloat32> logits, int stems, int channels);

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
