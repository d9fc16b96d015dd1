package io.stemline.training.learning;

import io.stemline.training.graph.Variables;
import java.util.Map;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

/** Variables that only learning needs: what an optimiser remembers, sums of gradients, averages of weights. */
final class Slots {
    private final Ops tf;
    private final Variables variables;
    private final Map<String, float[]> initial;

    /**
     * @param variables to which every slot is added
     * @param initial to which every slot's first value is added
     */
    Slots(Ops tf, Variables variables, Map<String, float[]> initial) {
        this.tf = tf;
        this.variables = variables;
        this.initial = initial;
    }

    Variable<TFloat32> add(String name, Shape shape, float[] value) {
        Variable<TFloat32> variable = tf.withName(name).variable(shape, TFloat32.class);
        variables.add(tf, name, shape, variable);
        initial.put(name, value);
        return variable;
    }

    Variable<TFloat32> zeros(String name, Shape shape) {
        return add(name, shape, new float[Math.toIntExact(shape.size())]);
    }
}
