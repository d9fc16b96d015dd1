package io.stemline.modelimport.spleeter;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Writes checkpoints in TensorFlow's format with TensorFlow's own operation. */
final class Checkpoints {

    private Checkpoints() {}

    /** The shapes of all tensors of so many of Spleeter's U-Nets. */
    static Map<String, List<Integer>> shapes(int unets) {
        var shapes = new LinkedHashMap<String, List<Integer>>();
        for (int unet = 0; unet < unets; unet++) {
            shapes.putAll(SpleeterCheckpoint.shapes(unet));
        }
        return shapes;
    }

    /** Writes a checkpoint of small random tensors. */
    static void write(Path prefix, Map<String, List<Integer>> shapes) {
        write(prefix, shapes, "", 0);
    }

    /** Writes a checkpoint of small random tensors, and one that is everywhere the same. */
    static void write(Path prefix, Map<String, List<Integer>> shapes, String constant, float value) {
        var random = new SplittableRandom(1);
        try (var graph = new Graph();
                var session = new Session(graph)) {
            var tf = Ops.create(graph);
            var tensors = new ArrayList<Operand<?>>();
            var feeds = new LinkedHashMap<Operand<TFloat32>, TFloat32>();
            shapes.forEach((name, dimensions) -> {
                var shape = Shape.of(
                        dimensions.stream().mapToLong(Integer::longValue).toArray());
                float[] values = new float[Math.toIntExact(shape.size())];
                for (int index = 0; index < values.length; index++) {
                    values[index] = name.equals(constant) ? value : (float) random.nextDouble(0.01, 0.02);
                }
                var fed = tf.placeholder(TFloat32.class);
                feeds.put(fed, TFloat32.tensorOf(shape, DataBuffers.of(values, true, false)));
                tensors.add(fed);
            });
            var names = shapes.keySet().toArray(String[]::new);
            var whole = Collections.nCopies(names.length, "").toArray(String[]::new);
            var save = tf.train.save(
                    tf.constant(prefix.toString()),
                    tf.constant(NdArrays.vectorOfObjects(names)),
                    tf.constant(NdArrays.vectorOfObjects(whole)),
                    tensors);
            var runner = session.runner().addTarget(save);
            feeds.forEach(runner::feed);
            runner.run().close();
            feeds.values().forEach(TFloat32::close);
        }
    }
}
