package io.stemline.training.learning;

import io.stemline.training.graph.Parameter;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.op.train.ApplyMomentum;
import org.tensorflow.types.TFloat32;

/** The operations of an {@link Optimiser}, with the variables that it remembers things in. */
final class OptimiserOps {
    private final Ops tf;
    private final Slots slots;
    private final Operand<TFloat32> learningRate;

    OptimiserOps(Ops tf, Slots slots, Operand<TFloat32> learningRate) {
        this.tf = tf;
        this.slots = slots;
        this.learningRate = learningRate;
    }

    /**
     * What has to be run to change the weights.
     *
     * @param gradients in the order of the parameters
     */
    List<Op> updates(Optimiser optimiser, List<Parameter> parameters, List<Operand<TFloat32>> gradients) {
        return switch (optimiser) {
            case Optimiser.Adam adam -> adam(adam, 0, parameters, gradients);
            case Optimiser.AdamW adam ->
                adam(
                        new Optimiser.Adam(adam.beta1(), adam.beta2(), adam.epsilon()),
                        adam.weightDecay(),
                        parameters,
                        gradients);
            case Optimiser.Sgd sgd -> descent(sgd, parameters, gradients);
        };
    }

    private List<Op> adam(
            Optimiser.Adam adam, double decay, List<Parameter> parameters, List<Operand<TFloat32>> gradients) {
        float beta1 = (float) adam.beta1();
        float beta2 = (float) adam.beta2();
        Variable<TFloat32> power1 = slots.add("adam.power1", Shape.scalar(), new float[] {beta1});
        Variable<TFloat32> power2 = slots.add("adam.power2", Shape.scalar(), new float[] {beta2});
        List<Op> applied = new ArrayList<>();
        for (int i = 0; i < parameters.size(); i++) {
            Parameter parameter = parameters.get(i);
            Op update = tf.train.applyAdam(
                    parameter.variable(),
                    zeros("adam.first.", parameter),
                    zeros("adam.second.", parameter),
                    power1,
                    power2,
                    learningRate,
                    tf.constant(beta1),
                    tf.constant(beta2),
                    tf.constant((float) adam.epsilon()),
                    gradients.get(i));
            applied.add(update);
            if (decay > 0 && parameter.name().endsWith(".kernel")) {
                applied.add(decayed(tf.withControlDependencies(List.of(update)), parameter, decay));
            }
        }
        Ops afterwards = tf.withControlDependencies(applied);
        List<Op> updates = new ArrayList<>(applied);
        updates.add(afterwards.assign(power1, afterwards.math.mul(power1, tf.constant(beta1))));
        updates.add(afterwards.assign(power2, afterwards.math.mul(power2, tf.constant(beta2))));
        return updates;
    }

    private Op decayed(Ops afterwards, Parameter parameter, double decay) {
        Operand<TFloat32> share = afterwards.math.mul(learningRate, tf.constant((float) decay));
        return afterwards.assignSub(parameter.variable(), afterwards.math.mul(parameter.variable(), share));
    }

    private List<Op> descent(Optimiser.Sgd sgd, List<Parameter> parameters, List<Operand<TFloat32>> gradients) {
        List<Op> updates = new ArrayList<>();
        for (int i = 0; i < parameters.size(); i++) {
            Parameter parameter = parameters.get(i);
            if (sgd.momentum() == 0) {
                updates.add(tf.train.applyGradientDescent(parameter.variable(), learningRate, gradients.get(i)));
            } else {
                updates.add(tf.train.applyMomentum(
                        parameter.variable(),
                        zeros("sgd.momentum.", parameter),
                        learningRate,
                        gradients.get(i),
                        tf.constant((float) sgd.momentum()),
                        ApplyMomentum.useNesterov(sgd.nesterov())));
            }
        }
        return updates;
    }

    private Variable<TFloat32> zeros(String prefix, Parameter parameter) {
        return slots.zeros(prefix + parameter.name(), parameter.shape());
    }
}
