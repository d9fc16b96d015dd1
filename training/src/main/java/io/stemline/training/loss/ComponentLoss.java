package io.stemline.training.loss;

import io.stemline.training.folder.Setting;
import java.util.Set;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Sum;
import org.tensorflow.types.TFloat32;

/**
 * The components loss of masks (Xu, Elshamy and Fingscheidt, "Components loss for neural networks in mask-based speech
 * enhancement", 2021), which weighs what the mask does to the target S = |Y| against what it leaves of the residual
 * R = |X| - |Y|:
 *
 * <pre>[(1 - alpha - beta) sum (MS - S)^2 + alpha sum (MR)^2 + beta sum (MR/|MR| - R/|R|)^2] / n</pre>
 *
 * <p>where n counts masks' values and |.| is the Euclidean norm over the bins of a frame, so that the third term asks the
 * rest of the residual to keep its colour. Without it, for beta = 0, the loss has two terms.
 *
 * @param alpha weight of the residual's suppression
 * @param beta weight of the residual's colour
 */
public record ComponentLoss(
        @Setting(doc = "weight of what is left of the residual", min = 0, below = 1)
        double alpha,

        @Setting(doc = "weight of the residual's shape", min = 0, below = 1)
        double beta)
        implements Loss {
    // A frame this quiet has no colour; the slope of its normalisation stays below 1000.
    private static final float SILENCE = 1e-6f;

    public ComponentLoss {
        if (!(alpha >= 0) || !(beta >= 0) || !(alpha + beta < 1)) {
            throw new IllegalArgumentException(
                    "The component loss weighs the target with 1 - alpha - beta, which must be above 0; neither alpha nor beta may be negative: alpha is %s and beta %s"
                            .formatted(alpha, beta));
        }
    }

    /** The loss with alpha = 0.2 and beta = 0. */
    public static ComponentLoss ofTwoTerms() {
        return new ComponentLoss(0.2, 0);
    }

    /** The loss with alpha = 0.2 and beta = 0.2. */
    public static ComponentLoss ofThreeTerms() {
        return new ComponentLoss(0.2, 0.2);
    }

    @Override
    public Set<Quantity> needs() {
        return Set.of(Quantity.MASK, Quantity.TARGET, Quantity.MIXTURE);
    }

    @Override
    public Operand<TFloat32> of(Ops tf, LossInputs inputs) {
        Operand<TFloat32> mask = inputs.get(Quantity.MASK);
        Operand<TFloat32> target = inputs.get(Quantity.TARGET);
        Operand<TFloat32> mixture = Reductions.besideEveryStem(tf, inputs.get(Quantity.MIXTURE), target);
        Operand<TFloat32> residual = tf.math.sub(mixture, target);
        Operand<TFloat32> left = tf.math.mul(mask, residual);
        Operand<TFloat32> distortion = tf.math.squaredDifference(tf.math.mul(mask, target), target);
        Operand<TFloat32> loss = tf.math.add(
                Reductions.scaled(tf, 1 - alpha - beta, Reductions.mean(tf, distortion)),
                Reductions.scaled(tf, alpha, Reductions.mean(tf, tf.math.square(left))));
        if (beta == 0) {
            return loss;
        }
        Operand<TFloat32> discoloration = tf.math.squaredDifference(colour(tf, left), colour(tf, residual));
        return tf.math.add(loss, Reductions.scaled(tf, beta, Reductions.mean(tf, discoloration)));
    }

    /** Every frame over its norm. */
    private static Operand<TFloat32> colour(Ops tf, Operand<TFloat32> x) {
        Operand<TFloat32> energy = tf.sum(tf.math.square(x), tf.constant(2), Sum.keepDims(true));
        return tf.math.mul(x, tf.math.rsqrt(tf.math.add(energy, tf.constant(SILENCE))));
    }
}
