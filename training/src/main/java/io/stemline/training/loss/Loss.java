package io.stemline.training.loss;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "loss")
@JsonSubTypes(@JsonSubTypes.Type(value = Loss.Changeover.class, name = "absolute-then-decibel"))
public sealed interface Loss {
    Operand<TFloat32> of(Ops tf, LossInputs inputs);

    double lateShare(long step);

    record Changeover(int decibelStep) implements Loss {
        @Override
        public Operand<TFloat32> of(Ops tf, LossInputs in) {
            Operand<TFloat32> absolute = MagnitudeLoss.ABSOLUTE.of(tf, in.estimate(), in.projected(), in.mixture());
            Operand<TFloat32> decibel = MagnitudeLoss.DECIBEL.of(tf, in.estimate(), in.projected(), in.mixture());
            Operand<TFloat32> absoluteShare = tf.math.sub(tf.constant(1f), in.lateShare());
            return tf.math.add(tf.math.mul(absoluteShare, absolute), tf.math.mul(in.lateShare(), decibel));
        }

        @Override
        public double lateShare(long step) {
            return step < decibelStep ? 0 : 1;
        }
    }
}
