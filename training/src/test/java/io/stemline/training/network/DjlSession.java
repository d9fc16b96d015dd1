package io.stemline.training.network;

import ai.djl.Model;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.translate.NoopTranslator;
import io.stemline.separation.tensorflow.DeviceName;
import io.stemline.separation.tensorflow.TensorFlowRuntime;
import java.nio.file.Path;

/** Runs a SavedModel as separators do. */
public final class DjlSession {
    private DjlSession() {}

    public static float[] answer(Path savedModel, long[] shape, float[] fed) throws Exception {
        TensorFlowRuntime.start(DeviceName.of("cpu"), 0);
        try (Model model = Model.newInstance("exported", "TensorFlow")) {
            model.load(savedModel, "saved_model.pb");
            try (var predictor = model.newPredictor(new NoopTranslator());
                    var arrays = model.getNDManager().newSubManager()) {
                return predictor
                        .predict(new NDList(arrays.create(fed, new Shape(shape))))
                        .get(0)
                        .toFloatArray();
            }
        }
    }
}
