package io.stemline.training.loss;

import java.util.Set;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The logarithm of an output's squared error to the projected target, relative to the energy of its mixture: mean
 * log10(error / energy + 0.002). An output that is right to -27 dB is right enough, so that silent stems do not take over.
 */
public record DecibelLoss() implements Loss {
    private static final float SILENCE = 1e-6f;
    private static final float RIGHT_ENOUGH = 0.002f;

    @Override
    public Set<Quantity> needs() {
        return Set.of(Quantity.ESTIMATE, Quantity.PROJECTED_TARGET, Quantity.MIXTURE);
    }

    @Override
    public Operand<TFloat32> of(Ops tf, LossInputs inputs) {
        var difference = tf.math.sub(inputs.get(Quantity.ESTIMATE), inputs.get(Quantity.PROJECTED_TARGET));
        // [batch][output] and [batch]
        Operand<TFloat32> errors = Reductions.meanSquare(tf, difference, 1, 2);
        Operand<TFloat32> energies = Reductions.meanSquare(tf, inputs.get(Quantity.MIXTURE), 1, 2, 3);
        Operand<TFloat32> guarded = tf.math.add(tf.expandDims(energies, tf.constant(1)), tf.constant(SILENCE));
        return Reductions.mean(tf, Reductions.log10(tf, 1, tf.math.div(errors, guarded), RIGHT_ENOUGH));
    }
}
