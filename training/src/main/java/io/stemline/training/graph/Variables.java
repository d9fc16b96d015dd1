package io.stemline.training.graph;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

/** Reads and writes the variables of a graph as arrays by name. */
public final class Variables {
    private record Entry(Variable<TFloat32> variable, Shape shape, Placeholder<TFloat32> fed, Op assignment) {}

    private final Map<String, Entry> entries = new LinkedHashMap<>();

    public Variables(Ops tf, Collection<Parameter> parameters) {
        for (Parameter parameter : parameters) {
            add(tf, parameter.name(), parameter.shape(), parameter.variable());
        }
    }

    public void add(Ops tf, String name, Shape shape, Variable<TFloat32> variable) {
        Placeholder<TFloat32> fed = tf.placeholder(TFloat32.class, Placeholder.shape(shape));
        entries.put(name, new Entry(variable, shape, fed, tf.assign(variable, fed)));
    }

    /** Writes all variables; the names must be the graph's, no more and no fewer. */
    public void assign(Session session, Map<String, float[]> values) {
        if (!values.keySet().equals(entries.keySet())) {
            throw new IllegalArgumentException(
                    "Weights are for another network: it has " + entries.keySet() + ", they are " + values.keySet());
        }
        List<TFloat32> tensors = new ArrayList<>();
        try {
            Session.Runner runner = session.runner();
            entries.forEach((name, entry) -> {
                TFloat32 tensor = Tensors.of(entry.shape(), values.get(name));
                tensors.add(tensor);
                runner.feed(entry.fed(), tensor).addTarget(entry.assignment());
            });
            runner.run().close();
        } finally {
            tensors.forEach(TFloat32::close);
        }
    }

    public Map<String, float[]> read(Session session) {
        Session.Runner runner = session.runner();
        entries.values().forEach(entry -> runner.fetch(entry.variable()));
        Map<String, float[]> values = new LinkedHashMap<>();
        try (var fetched = runner.run()) {
            int index = 0;
            for (String name : entries.keySet()) {
                values.put(name, Tensors.floats((TFloat32) fetched.get(index++)));
            }
        }
        return values;
    }
}
