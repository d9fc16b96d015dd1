package io.stemline.training.loss;

import io.stemline.training.folder.Setting;
import java.util.Set;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** The mean squared difference. */
public record L2Loss(
        @Setting(doc = "where estimates are compared with targets")
        Domain domain) implements Loss {
    public L2Loss {
        if (domain == null) {
            throw new IllegalArgumentException(
                    "The loss l2 has to say its domain: magnitude, projected, spectrum or waveform");
        }
    }

    @Override
    public Set<Quantity> needs() {
        return domain.needs();
    }

    @Override
    public Operand<TFloat32> of(Ops tf, LossInputs inputs) {
        return Reductions.mean(tf, tf.math.square(domain.difference(tf, inputs)));
    }
}
