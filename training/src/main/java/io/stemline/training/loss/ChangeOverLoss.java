package io.stemline.training.loss;

import io.stemline.training.folder.Setting;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * One loss until a step of the training, another from there on. Both are in the graph, and what is fed as
 * {@link Quantity#LATER_SHARE} says how much of the later one counts; see {@link Loss#laterShare}.
 *
 * @param before the loss of the first steps
 * @param after the loss from the step on
 * @param step the first step of the later loss; steps count from 0
 */
public record ChangeOverLoss(
        @Setting(doc = "the loss of the first steps") Loss before,
        @Setting(doc = "the loss from then on") Loss after,

        @Setting(doc = "the first step of the later loss", min = 1, alsoCalled = "change_over_step")
        long step)
        implements Loss {
    public ChangeOverLoss {
        if (before == null || after == null || step < 1) {
            throw new IllegalArgumentException(
                    "A loss changes over from one to another at step 1 at the earliest, not from %s to %s at step %d"
                            .formatted(before, after, step));
        }
        if (changes(before) || changes(after)) {
            throw new IllegalArgumentException("A loss that changes over cannot be part of another that does");
        }
    }

    @Override
    public Set<Quantity> needs() {
        Set<Quantity> needs = new HashSet<>(before.needs());
        needs.addAll(after.needs());
        needs.add(Quantity.LATER_SHARE);
        return Set.copyOf(needs);
    }

    @Override
    public Operand<TFloat32> of(Ops tf, LossInputs inputs) {
        Operand<TFloat32> later = inputs.get(Quantity.LATER_SHARE);
        Operand<TFloat32> earlier = tf.math.sub(tf.constant(1f), later);
        return tf.math.add(tf.math.mul(earlier, before.of(tf, inputs)), tf.math.mul(later, after.of(tf, inputs)));
    }

    @Override
    public double laterShare(long step) {
        return step >= this.step ? 1 : 0;
    }

    static void requireOneChange(List<Loss> losses) {
        if (losses.stream().filter(ChangeOverLoss::changes).count() > 1) {
            throw new IllegalArgumentException("At most one of the losses in a sum can change over");
        }
    }

    private static boolean changes(Loss loss) {
        return loss.needs().contains(Quantity.LATER_SHARE);
    }
}
