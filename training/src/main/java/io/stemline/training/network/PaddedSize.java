package io.stemline.training.network;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Frames and bins that can be halved as often as a network does: the input's, and silence behind them.
 *
 * @param input what the network is fed with
 * @param halvings how often
 */
record PaddedSize(SpectrumInput input, int halvings) {

    /** Frames after so many halvings. */
    int frames(int halved) {
        return upToMultiple(input.frames()) >> halved;
    }

    /** Bins after so many halvings. */
    int bins(int halved) {
        return upToMultiple(input.bins()) >> halved;
    }

    private int upToMultiple(int size) {
        return Math.ceilDiv(size, 1 << halvings) << halvings;
    }

    /** The input with the silence, {@code [batch][frame][bin][channel]}. */
    Operand<TFloat32> padded(Ops tf, Operand<TFloat32> x) {
        int frames = frames(0) - input.frames();
        int bins = bins(0) - input.bins();
        if (frames == 0 && bins == 0) {
            return x;
        }
        return tf.pad(x, tf.constant(new int[][] {{0, 0}, {0, frames}, {0, bins}, {0, 0}}), tf.constant(0f));
    }

    /** An output without what stands where the silence stood. */
    Operand<TFloat32> cut(Ops tf, Operand<TFloat32> x) {
        return tf.slice(x, tf.constant(new int[4]), tf.constant(new int[] {-1, input.frames(), input.bins(), -1}));
    }
}
