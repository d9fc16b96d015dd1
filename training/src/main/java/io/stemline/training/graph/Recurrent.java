package io.stemline.training.graph;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.nn.BlockLSTM;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** Recurrent layers, each a single operation for the whole sequence, with gradients. */
public final class Recurrent {
    private Recurrent() {}

    /**
     * The weights of a long short-term memory in one direction (Hochreiter and Schmidhuber 1997, with the forget gate of
     * Gers et al. 2000, without peepholes). The four gates stand side by side in the last axis, each as wide as the hidden
     * state, in the order input, forget, cell, output. Nothing is added to the forget gate: start its biases at 1.
     *
     * @param kernel {@code [features + hidden][4 * hidden]}: first the rows for the input, then those for the hidden state
     * @param bias {@code [4 * hidden]}
     */
    public record LstmWeights(Operand<TFloat32> kernel, Operand<TFloat32> bias) {
        public LstmWeights {
            long rows = kernel.shape().numDimensions() == 2 ? kernel.shape().get(0) : -1;
            long columns = kernel.shape().numDimensions() == 2 ? kernel.shape().get(1) : -1;
            if (columns < 4 || columns % 4 != 0 || rows <= columns / 4) {
                throw new IllegalArgumentException(
                        "The kernel of an LSTM has the shape [features + hidden][4 * hidden], not " + kernel.shape());
            }
            if (bias.shape().numDimensions() != 1 || bias.shape().get(0) != columns) {
                throw new IllegalArgumentException("The bias of an LSTM with a kernel of %s has %d values, not %s"
                        .formatted(kernel.shape(), columns, bias.shape()));
            }
        }

        /** The width of the hidden state. */
        public int hidden() {
            return Math.toIntExact(kernel.shape().get(1) / 4);
        }

        /** How many features go in at a time. */
        public int features() {
            return Math.toIntExact(kernel.shape().get(0)) - hidden();
        }
    }

    /**
     * A layer that reads a sequence from the beginning, from a state of zeros.
     *
     * @param x {@code [batch][time][features]}; the batch may be open
     * @return {@code [batch][time][hidden]}
     */
    public static Operand<TFloat32> lstm(Ops tf, Operand<TFloat32> x, LstmWeights weights) {
        requireFeatures(x, weights);
        return swapped(tf, timeFirst(tf, swapped(tf, x), weights));
    }

    /**
     * A layer that reads a sequence from both ends.
     *
     * @param x {@code [batch][time][features]}; the batch may be open
     * @param backwards weights of the direction that starts at the end
     * @return {@code [batch][time][2 * hidden]}: at every time the forward state, then the backward one
     */
    public static Operand<TFloat32> bidirectionalLstm(
            Ops tf, Operand<TFloat32> x, LstmWeights forwards, LstmWeights backwards) {
        requireFeatures(x, forwards);
        requireFeatures(x, backwards);
        Operand<TFloat32> sequence = swapped(tf, x);
        Operand<TFloat32> there = timeFirst(tf, sequence, forwards);
        Operand<TFloat32> back = reversed(tf, timeFirst(tf, reversed(tf, sequence), backwards));
        return swapped(tf, tf.concat(List.of(there, back), tf.constant(2)));
    }

    private static void requireFeatures(Operand<TFloat32> x, LstmWeights weights) {
        boolean sequence = x.shape().numDimensions() == 3;
        if (!sequence || x.shape().get(1) < 1 || x.shape().get(2) != weights.features()) {
            throw new IllegalArgumentException("An LSTM with %d features reads [batch][time][%d], not %s"
                    .formatted(weights.features(), weights.features(), x.shape()));
        }
    }

    /** {@code [time][batch][features]} to {@code [time][batch][hidden]}. */
    private static Operand<TFloat32> timeFirst(Ops tf, Operand<TFloat32> x, LstmWeights weights) {
        CustomGradients.register();
        Operand<TInt32> batch = tf.gather(tf.shape(x), tf.constant(1), tf.constant(0));
        Operand<TFloat32> start = tf.fill(tf.stack(List.of(batch, tf.constant(weights.hidden()))), tf.constant(0f));
        Operand<TFloat32> noPeephole = tf.constant(new float[weights.hidden()]);
        return tf.nn.blockLSTM(
                        tf.constant(x.shape().get(0)),
                        x,
                        start,
                        start,
                        weights.kernel(),
                        noPeephole,
                        noPeephole,
                        noPeephole,
                        weights.bias(),
                        BlockLSTM.usePeephole(false))
                .h();
    }

    private static Operand<TFloat32> reversed(Ops tf, Operand<TFloat32> x) {
        return tf.reverse(x, tf.constant(new int[] {0}));
    }

    private static Operand<TFloat32> swapped(Ops tf, Operand<TFloat32> x) {
        return tf.linalg.transpose(x, tf.constant(new int[] {1, 0, 2}));
    }
}
