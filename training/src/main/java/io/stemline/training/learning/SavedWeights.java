package io.stemline.training.learning;

import io.stemline.training.graph.Tensors;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.GraphOperation;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/**
 * The weights of a network that was exported, or was trained and is kept elsewhere.
 *
 * @param values by name, flat
 * @param shapes of the same names
 */
public record SavedWeights(Map<String, float[]> values, Map<String, Shape> shapes) {
    private static final String VARIABLE = "VariableV2";

    /** The variables of a SavedModel that {@link InferenceNetwork#export} wrote. */
    public static SavedWeights read(Path savedModel) {
        try (SavedModelBundle bundle = SavedModelBundle.load(savedModel.toString(), SavedModelBundle.DEFAULT_TAG)) {
            List<String> names = new ArrayList<>();
            Iterator<GraphOperation> operations = bundle.graph().operations();
            while (operations.hasNext()) {
                GraphOperation operation = operations.next();
                if (operation.type().equals(VARIABLE)) {
                    names.add(operation.name());
                }
            }
            return fetch(bundle.session(), names);
        }
    }

    private static SavedWeights fetch(Session session, List<String> names) {
        Map<String, float[]> values = new LinkedHashMap<>();
        Map<String, Shape> shapes = new LinkedHashMap<>();
        if (!names.isEmpty()) {
            Session.Runner runner = session.runner();
            names.forEach(runner::fetch);
            try (var fetched = runner.run()) {
                for (int i = 0; i < names.size(); i++) {
                    TFloat32 variable = (TFloat32) fetched.get(i);
                    values.put(names.get(i), Tensors.floats(variable));
                    shapes.put(names.get(i), variable.shape());
                }
            }
        }
        return new SavedWeights(values, shapes);
    }
}
