package io.stemline.training.loss;

import java.util.Set;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The mean absolute difference to the projected target, relative to the mean magnitude of the batch's mixtures. It does not
 * change when everything is louder.
 */
public record AbsoluteLoss() implements Loss {
    private static final float SILENCE = 1e-6f;

    @Override
    public Set<Quantity> needs() {
        return Set.of(Quantity.ESTIMATE, Quantity.PROJECTED_TARGET, Quantity.MIXTURE);
    }

    @Override
    public Operand<TFloat32> of(Ops tf, LossInputs inputs) {
        var difference = tf.math.sub(inputs.get(Quantity.ESTIMATE), inputs.get(Quantity.PROJECTED_TARGET));
        Operand<TFloat32> error = Reductions.mean(tf, tf.math.abs(difference));
        Operand<TFloat32> level = Reductions.mean(tf, inputs.get(Quantity.MIXTURE));
        return tf.math.div(error, tf.math.add(level, tf.constant(SILENCE)));
    }
}
