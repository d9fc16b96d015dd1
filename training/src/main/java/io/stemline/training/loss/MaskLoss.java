package io.stemline.training.loss;

import io.stemline.training.folder.Setting;
import java.util.Set;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The mean squared difference between masks and the ideal ones, |Y| / max(|X|, 1e-6), at most 1.
 *
 * @param binary whether the ideal masks are rounded: 1 where the target is more than half of the mixture, 0 elsewhere
 */
public record MaskLoss(
        @Setting(doc = "whether the ideal masks are 0 or 1") boolean binary) implements Loss {
    private static final float SILENCE = 1e-6f;

    @Override
    public Set<Quantity> needs() {
        return Set.of(Quantity.MASK, Quantity.TARGET, Quantity.MIXTURE);
    }

    @Override
    public Operand<TFloat32> of(Ops tf, LossInputs inputs) {
        Operand<TFloat32> target = inputs.get(Quantity.TARGET);
        Operand<TFloat32> mixture = Reductions.besideEveryStem(tf, inputs.get(Quantity.MIXTURE), target);
        Operand<TFloat32> ratio = tf.math.div(target, tf.math.maximum(mixture, tf.constant(SILENCE)));
        Operand<TFloat32> ideal = binary
                ? tf.dtypes.cast(tf.math.greater(ratio, tf.constant(0.5f)), TFloat32.class)
                : tf.math.minimum(ratio, tf.constant(1f));
        return Reductions.mean(tf, tf.math.squaredDifference(inputs.get(Quantity.MASK), ideal));
    }
}
