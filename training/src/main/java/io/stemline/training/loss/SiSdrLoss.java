package io.stemline.training.loss;

import java.util.Set;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The negative scale-invariant signal-to-distortion ratio of waveforms in decibels (Le Roux et al. 2019), without removal
 * of means, averaged over the outputs whose target is not silent. It does not change when an estimate is louder.
 *
 * <p>Silent targets have no such ratio and count nothing: what estimates do there needs another loss beside this one.
 */
public record SiSdrLoss() implements Loss {
    /** Mean squares, -100 dB of full scale. */
    private static final float SILENCE = 1e-10f;

    @Override
    public Set<Quantity> needs() {
        return Set.of(Quantity.ESTIMATE_WAVEFORM, Quantity.TARGET_WAVEFORM);
    }

    @Override
    public Operand<TFloat32> of(Ops tf, LossInputs inputs) {
        Operand<TFloat32> estimate = inputs.get(Quantity.ESTIMATE_WAVEFORM);
        Operand<TFloat32> target = inputs.get(Quantity.TARGET_WAVEFORM);
        // [batch][output]
        Operand<TFloat32> energy = Reductions.meanSquare(tf, target, 2);
        Operand<TFloat32> common = Reductions.mean(tf, tf.math.mul(estimate, target), 2);
        Operand<TFloat32> gain = tf.math.div(common, tf.math.add(energy, tf.constant(SILENCE)));
        Operand<TFloat32> signal = tf.math.mul(tf.expandDims(gain, tf.constant(2)), target);
        Operand<TFloat32> distortion = Reductions.meanSquare(tf, tf.math.sub(estimate, signal), 2);
        Operand<TFloat32> loss = tf.math.sub(
                Reductions.log10(tf, 10, distortion, SILENCE),
                Reductions.log10(tf, 10, Reductions.meanSquare(tf, signal, 2), SILENCE));
        Operand<TFloat32> sounding = tf.dtypes.cast(tf.math.greater(energy, tf.constant(SILENCE)), TFloat32.class);
        return tf.math.div(
                Reductions.sum(tf, tf.math.mul(loss, sounding)),
                tf.math.maximum(Reductions.sum(tf, sounding), tf.constant(1f)));
    }
}
