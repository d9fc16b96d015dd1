package io.stemline.training.loss;

import io.stemline.training.folder.Setting;
import java.util.Set;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The negative signal-to-noise ratio of waveforms in decibels with a soft limit (Wisdom et al., "What's all the fuss about
 * free universal sound separation data?", 2021): 10 log10(|s - e|^2 + t |s|^2) - 10 log10 |s|^2 with t = 10^(-limit / 10),
 * averaged over outputs. Estimates close to the limit have little left to gain, so that harder ones are learned.
 *
 * <p>Energies are means over samples with 1e-8 added, -80 dB of full scale: of a silent target, an estimate below that is
 * as good as silence.
 *
 * @param limitDb the best ratio there is
 */
public record SnrLoss(
        @Setting(doc = "ratio beyond which nothing is gained", unit = "dB")
        double limitDb) implements Loss {
    private static final float SILENCE = 1e-8f;

    public SnrLoss {
        if (!(limitDb > 0) || limitDb > 100) {
            throw new IllegalArgumentException(
                    "The signal-to-noise ratio has a limit above 0 and up to 100 dB, not " + limitDb);
        }
    }

    /** The loss with the limit of the paper, 30 dB. */
    public static SnrLoss standard() {
        return new SnrLoss(30);
    }

    @Override
    public Set<Quantity> needs() {
        return Set.of(Quantity.ESTIMATE_WAVEFORM, Quantity.TARGET_WAVEFORM);
    }

    @Override
    public Operand<TFloat32> of(Ops tf, LossInputs inputs) {
        Operand<TFloat32> target = inputs.get(Quantity.TARGET_WAVEFORM);
        // [batch][output]
        Operand<TFloat32> energy = Reductions.meanSquare(tf, target, 2);
        Operand<TFloat32> noise =
                Reductions.meanSquare(tf, tf.math.sub(target, inputs.get(Quantity.ESTIMATE_WAVEFORM)), 2);
        Operand<TFloat32> limited = tf.math.add(noise, Reductions.scaled(tf, Math.pow(10, -limitDb / 10), energy));
        return Reductions.mean(
                tf, tf.math.sub(Reductions.log10(tf, 10, limited, SILENCE), Reductions.log10(tf, 10, energy, SILENCE)));
    }
}
