package io.stemline.training.network;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** The softmax over stems, for each channel apart. */
final class StemShares {
    private static final float LARGEST_LOGIT = 30;

    private StemShares() {}

    /**
     * Adds the softmax to the graph, as a product with a matrix of ones and zeros: stems and channels stand on one axis.
     *
     * @param logits {@code [batch][frame][bin][stem * channels + channel]}, all but the batch known
     * @return shares of the same shape
     */
    static Operand<TFloat32> of(Ops tf, Operand<TFloat32> logits, int stems, int channels) {
        int outputs = stems * channels;
        float[][] sameChannel = new float[outputs][outputs];
        for (int from = 0; from < outputs; from++) {
            for (int to = from % channels; to < outputs; to += channels) {
                sameChannel[from][to] = 1;
            }
        }
        Operand<TFloat32> limited = tf.clipByValue(logits, tf.constant(-LARGEST_LOGIT), tf.constant(LARGEST_LOGIT));
        Operand<TFloat32> flat = tf.reshape(tf.math.exp(limited), tf.constant(new int[] {-1, outputs}));
        Operand<TFloat32> sums = tf.linalg.matMul(flat, tf.constant(sameChannel));
        int frames = Math.toIntExact(logits.shape().get(1));
        int bins = Math.toIntExact(logits.shape().get(2));
        return tf.reshape(tf.math.div(flat, sums), tf.constant(new int[] {-1, frames, bins, outputs}));
    }
}
