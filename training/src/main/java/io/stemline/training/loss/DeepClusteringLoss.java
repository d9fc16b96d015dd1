package io.stemline.training.loss;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.stemline.training.folder.Setting;
import java.util.Set;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Sum;
import org.tensorflow.op.train.BatchMatMul;
import org.tensorflow.types.TFloat32;

/**
 * The deep clustering objective (Hershey et al. 2016): embeddings V of bins in which the same stem is loudest shall point
 * the same way, and those of others apart. With Y the assignments and weights w that add up to one for every mixture, it is
 * the mean over the batch of the sum over all pairs of bins of w_i w_j ((V V^T - Y Y^T)_ij)^2, computed as
 * |V^T W V|^2 - 2 |V^T W Y|^2 + |Y^T W Y|^2, which never holds a pair of bins.
 *
 * @param weighting what a bin weighs
 */
public record DeepClusteringLoss(
        @Setting(doc = "how much a cell counts") Weighting weighting) implements Loss {
    private static final float SILENCE = 1e-6f;

    /** What a bin weighs. */
    public enum Weighting {
        /** All the same. */
        @JsonProperty("equal")
        EQUAL,
        /** As its magnitude in the mixture, so that bins in which there is nothing to hear count nothing. */
        @JsonProperty("magnitude")
        MAGNITUDE
    }

    public DeepClusteringLoss {
        if (weighting == null) {
            throw new IllegalArgumentException("Deep clustering has to say its weighting: equal or magnitude");
        }
    }

    @Override
    public Set<Quantity> needs() {
        return Set.of(Quantity.EMBEDDING, Quantity.TARGET, Quantity.MIXTURE);
    }

    @Override
    public Operand<TFloat32> of(Ops tf, LossInputs inputs) {
        int[] shape = dimensions(inputs.get(Quantity.EMBEDDING));
        int bins = shape[1] * shape[2];
        // [batch][bin][dimension], [batch][bin][stem], [batch][bin][1]
        Operand<TFloat32> v = tf.reshape(inputs.get(Quantity.EMBEDDING), tf.constant(new int[] {-1, bins, shape[3]}));
        Operand<TFloat32> y = assignments(tf, inputs, bins);
        Operand<TFloat32> w = weights(tf, inputs, bins);
        Operand<TFloat32> weightedV = tf.math.mul(w, v);
        Operand<TFloat32> weightedY = tf.math.mul(w, y);
        Operand<TFloat32> sum = tf.math.add(
                tf.math.sub(squaredNorm(tf, v, weightedV), Reductions.scaled(tf, 2, squaredNorm(tf, v, weightedY))),
                squaredNorm(tf, y, weightedY));
        return Reductions.mean(tf, sum);
    }

    /** One for the loudest stem of a bin, all channels together. */
    private static Operand<TFloat32> assignments(Ops tf, LossInputs inputs, int bins) {
        Operand<TFloat32> target = inputs.get(Quantity.TARGET);
        int stems = Reductions.stems(inputs.get(Quantity.MIXTURE), target);
        int channels = Math.toIntExact(target.shape().get(-1)) / stems;
        Operand<TFloat32> power =
                tf.math.square(tf.reshape(target, tf.constant(new int[] {-1, bins, stems, channels})));
        var loudest = tf.math.argMax(tf.sum(power, tf.constant(3)), tf.constant(2));
        return tf.oneHot(loudest, tf.constant(stems), tf.constant(1f), tf.constant(0f));
    }

    private Operand<TFloat32> weights(Ops tf, LossInputs inputs, int bins) {
        if (weighting == Weighting.EQUAL) {
            return tf.constant(1f / bins);
        }
        Operand<TFloat32> mixture = inputs.get(Quantity.MIXTURE);
        int channels = Math.toIntExact(mixture.shape().get(-1));
        Operand<TFloat32> magnitudes = tf.reshape(
                Reductions.mean(tf, tf.reshape(mixture, tf.constant(new int[] {-1, bins, channels})), 2),
                tf.constant(new int[] {-1, bins, 1}));
        Operand<TFloat32> whole = tf.sum(magnitudes, tf.constant(1), Sum.keepDims(true));
        return tf.math.div(magnitudes, tf.math.add(whole, tf.constant(SILENCE)));
    }

    /** {@code |a^T b|^2} for every mixture, {@code [batch]}. */
    private static Operand<TFloat32> squaredNorm(Ops tf, Operand<TFloat32> a, Operand<TFloat32> b) {
        Operand<TFloat32> product = tf.train.batchMatMul(a, b, TFloat32.class, BatchMatMul.adjX(true));
        return tf.sum(tf.math.square(product), tf.constant(new int[] {1, 2}));
    }

    private static int[] dimensions(Operand<TFloat32> embedding) {
        long[] shape = embedding.shape().asArray();
        if (shape == null || shape.length != 4 || shape[1] < 1 || shape[2] < 1 || shape[3] < 1) {
            throw new IllegalArgumentException(
                    "Embeddings have the shape [batch][frame][bin][dimension], not " + embedding.shape());
        }
        int[] sizes = new int[4];
        for (int axis = 1; axis < 4; axis++) {
            sizes[axis] = Math.toIntExact(shape[axis]);
        }
        return sizes;
    }
}
