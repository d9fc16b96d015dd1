package io.stemline.training.network;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Sum;
import org.tensorflow.op.train.BatchMatMul;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Spherical k-means in a graph. Embeddings {@code v} are {@code [batch][cell][dimension]} of unit length, weights
 * {@code w} of the cells {@code [batch][cell][1]}, which add up to one for every mixture that is not silent, and centres
 * {@code [batch][stem][dimension]} of unit length.
 */
final class EmbeddingClusters {
    private static final float SMALLEST_SQUARE = 1e-12f;
    private static final float WEIGHT_OF_PREVIOUS = 1e-3f;

    private EmbeddingClusters() {}

    /** Vectors along the last axis, scaled to the length 1. */
    static Operand<TFloat32> ofUnitLength(Ops tf, Operand<TFloat32> x) {
        Operand<TFloat32> squares = tf.sum(tf.math.square(x), tf.constant(-1), Sum.keepDims(true));
        return tf.math.mul(x, tf.math.rsqrt(tf.math.add(squares, tf.constant(SMALLEST_SQUARE))));
    }

    /**
     * How much of each cell belongs to each stem.
     *
     * @param start {@code [stem][dimension]}, the centres from which the clustering of every mixture starts
     * @return {@code [batch][cell][stem]}, in every cell adding up to one
     */
    static Operand<TFloat32> shares(
            Ops tf, Clustering clustering, Operand<TFloat32> v, Operand<TFloat32> w, Operand<TFloat32> start) {
        Operand<TInt32> batch = tf.gather(tf.shape(v), tf.constant(0), tf.constant(0));
        Operand<TInt32> shape = tf.stack(List.of(
                batch,
                tf.constant(Math.toIntExact(start.shape().get(0))),
                tf.constant(Math.toIntExact(start.shape().get(1)))));
        Operand<TFloat32> centres = tf.broadcastTo(start, shape);
        for (int i = 0; i < clustering.iterations(); i++) {
            centres = centres(tf, v, w, assigned(tf, clustering, v, centres), centres);
        }
        return assigned(tf, clustering, v, centres);
    }

    private static Operand<TFloat32> assigned(
            Ops tf, Clustering clustering, Operand<TFloat32> v, Operand<TFloat32> centres) {
        Operand<TFloat32> cosines = tf.train.batchMatMul(v, centres, TFloat32.class, BatchMatMul.adjY(true));
        return switch (clustering.assignment()) {
            case SOFT -> tf.nn.softmax(tf.math.mul(cosines, tf.constant((float) clustering.sharpness())));
            case HARD ->
                tf.oneHot(
                        tf.math.argMax(cosines, tf.constant(2)),
                        tf.constant(Math.toIntExact(centres.shape().get(1))),
                        tf.constant(1f),
                        tf.constant(0f));
        };
    }

    /**
     * The direction of the weighted mean of what belongs to each stem. Where next to nothing does, the centre stays.
     *
     * @param shares {@code [batch][cell][stem]}
     * @param previous centres
     */
    static Operand<TFloat32> centres(
            Ops tf, Operand<TFloat32> v, Operand<TFloat32> w, Operand<TFloat32> shares, Operand<TFloat32> previous) {
        Operand<TFloat32> sums =
                tf.train.batchMatMul(tf.math.mul(w, shares), v, TFloat32.class, BatchMatMul.adjX(true));
        return ofUnitLength(tf, tf.math.add(sums, tf.math.mul(previous, tf.constant(WEIGHT_OF_PREVIOUS))));
    }
}
