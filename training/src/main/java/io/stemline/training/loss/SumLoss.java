package io.stemline.training.loss;

import io.stemline.training.folder.Setting;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Several losses, each times its weight.
 *
 * @param terms one at least
 */
public record SumLoss(
        @Setting(doc = "losses with their weights", leastElements = 1)
        List<Term> terms) implements Loss {

    /** A loss and its weight, which is above 0. */
    public record Term(
            @Setting(doc = "how much it counts") double weight,
            @Setting(doc = "a loss") Loss of) {
        public Term {
            if (!(weight > 0) || Double.isInfinite(weight) || of == null) {
                throw new IllegalArgumentException(
                        "A term of a sum has a loss and a weight above 0, not %s times %s".formatted(weight, of));
            }
        }
    }

    public SumLoss {
        if (terms == null || terms.isEmpty()) {
            throw new IllegalArgumentException("A sum of losses has one term at least");
        }
        terms = List.copyOf(terms);
        ChangeOverLoss.requireOneChange(terms.stream().map(Term::of).toList());
    }

    @Override
    public Set<Quantity> needs() {
        Set<Quantity> needs = new HashSet<>();
        terms.forEach(term -> needs.addAll(term.of().needs()));
        return Set.copyOf(needs);
    }

    @Override
    public Operand<TFloat32> of(Ops tf, LossInputs inputs) {
        List<Operand<TFloat32>> weighted = new ArrayList<>();
        for (Term term : terms) {
            weighted.add(Reductions.scaled(tf, term.weight(), term.of().of(tf, inputs)));
        }
        return tf.math.addN(weighted);
    }

    @Override
    public double laterShare(long step) {
        return terms.stream()
                .mapToDouble(term -> term.of().laterShare(step))
                .max()
                .orElseThrow();
    }
}
