package io.stemline.training.loss;

import io.stemline.training.folder.Setting;
import java.util.Set;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** The root of the mean squared difference. */
public record RmseLoss(
        @Setting(doc = "where estimates are compared with targets")
        Domain domain) implements Loss {
    // Below anything that matters, but the root has a slope there.
    private static final float NOTHING = 1e-16f;

    public RmseLoss {
        if (domain == null) {
            throw new IllegalArgumentException(
                    "The loss rmse has to say its domain: magnitude, projected, spectrum or waveform");
        }
    }

    @Override
    public Set<Quantity> needs() {
        return domain.needs();
    }

    @Override
    public Operand<TFloat32> of(Ops tf, LossInputs inputs) {
        Operand<TFloat32> square = Reductions.mean(tf, tf.math.square(domain.difference(tf, inputs)));
        return tf.math.sqrt(tf.math.add(square, tf.constant(NOTHING)));
    }
}
