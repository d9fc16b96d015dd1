package io.stemline.modelimport.spleeter;

import io.stemline.separation.model.ModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TType;

/**
 * Tensors that TensorFlow saved, read by its own operation {@code RestoreV2}. That operation takes names and knows
 * nothing of shapes, so whoever reads says which names and which shapes there ought to be.
 */
final class Checkpoint {

    private static final String INDEX = ".index";

    /** TensorFlow's way to say that all of a tensor is wanted. */
    private static final String WHOLE = "";

    private final Path folder;
    private final Path prefix;

    private Checkpoint(Path folder, Path prefix) {
        this.folder = folder;
        this.prefix = prefix;
    }

    /**
     * The checkpoint in a folder, which holds {@code NAME.index} and {@code NAME.data-00000-of-0000N}.
     *
     * @throws ModelException if there is none, more than one, or a file of it is missing
     */
    static Checkpoint in(Path folder) {
        var prefixes = prefixes(folder);
        if (prefixes.isEmpty()) {
            throw new ModelException(folder + ": no TensorFlow checkpoint in it (no file whose name ends in " + INDEX
                    + "); unpack the model's archive there, or give the archive itself");
        }
        if (prefixes.size() > 1) {
            throw new ModelException(folder + ": several checkpoints in it ("
                    + prefixes.stream().map(Object::toString).collect(Collectors.joining(", "))
                    + "); put the files of one into a folder of their own");
        }
        var prefix = folder.resolve(prefixes.getFirst());
        if (listed(folder, prefixes.getFirst() + ".data-*").isEmpty()) {
            throw new ModelException(prefix + ".data-00000-of-00001: missing; it holds the weights and belongs beside "
                    + prefixes.getFirst() + INDEX);
        }
        return new Checkpoint(folder, prefix);
    }

    /** Whether a file lists the tensors of a checkpoint. Archives from Macs hold hidden files of similar names. */
    static boolean isIndex(Path file) {
        var name = file.getFileName().toString();
        return name.endsWith(INDEX) && !name.startsWith(".");
    }

    private static List<String> prefixes(Path folder) {
        return listed(folder, "[!.]*" + INDEX).stream()
                .map(name -> name.substring(0, name.length() - INDEX.length()))
                .toList();
    }

    private static List<String> listed(Path folder, String glob) {
        try (var files = Files.newDirectoryStream(folder, glob)) {
            var names = new ArrayList<String>();
            files.forEach(file -> names.add(file.getFileName().toString()));
            Collections.sort(names);
            return names;
        } catch (IOException e) {
            throw new ModelException(folder + ": cannot be read (" + e + ")", e);
        }
    }

    /** Whether there is a tensor of 32-bit floats of that name. */
    boolean has(String name) {
        try {
            restore(List.of(name), (tensor, tensorName) -> new float[0]);
            return true;
        } catch (TensorFlowException e) {
            if (isMissing(e)) {
                return false;
            }
            throw unreadable(e);
        }
    }

    /** TensorFlow for Java has no exception of its own for what is not found; the sentence is that of RestoreV2. */
    private static boolean isMissing(TensorFlowException e) {
        return String.valueOf(e.getMessage()).contains("not found in checkpoint");
    }

    /**
     * Reads tensors of 32-bit floats.
     *
     * @param shapes by name
     * @return flat, by name
     * @throws ModelException if one is missing, of another shape or type, or damaged
     */
    Map<String, float[]> read(Map<String, List<Integer>> shapes) {
        var names = List.copyOf(shapes.keySet());
        try {
            return restore(names, (tensor, name) -> {
                requireShape(name, tensor.shape().asArray(), shapes.get(name));
                float[] values = new float[Math.toIntExact(tensor.size())];
                tensor.asRawTensor().data().asFloats().read(values);
                requireFinite(name, values);
                return values;
            });
        } catch (TensorFlowException e) {
            if (isMissing(e)) {
                throw new ModelException(
                        folder + ": " + missing(names)
                                + " is missing; this checkpoint is not one of Spleeter's, or not whole",
                        e);
            }
            throw unreadable(e);
        }
    }

    private String missing(List<String> names) {
        return names.stream()
                .filter(name -> !has(name))
                .findFirst()
                .map(name -> "tensor '" + name + "'")
                .orElse("a tensor");
    }

    private void requireShape(String name, long[] found, List<Integer> needed) {
        if (!Arrays.equals(found, needed.stream().mapToLong(Integer::longValue).toArray())) {
            throw new ModelException(folder + ": tensor '" + name + "' has the shape " + Arrays.toString(found)
                    + ", and Spleeter's has " + needed + "; this is the checkpoint of another model");
        }
    }

    /** Rectifiers turn what is not a number into zeros, so that nothing of it would be seen in a trial run. */
    private void requireFinite(String name, float[] values) {
        for (float value : values) {
            if (!Float.isFinite(value)) {
                throw new ModelException(folder + ": tensor '" + name + "' holds a number that is not finite (" + value
                        + "); the weights are broken");
            }
        }
    }

    private ModelException unreadable(TensorFlowException e) {
        return new ModelException(folder + ": TensorFlow cannot read this checkpoint (" + e.getMessage() + ")", e);
    }

    private interface Reading {
        float[] read(TFloat32 tensor, String name);
    }

    private Map<String, float[]> restore(List<String> names, Reading reading) {
        try (var graph = new Graph();
                var session = new Session(graph)) {
            var tf = Ops.create(graph);
            var restored = tf.train.restore(
                    tf.constant(prefix.toString()),
                    tf.constant(NdArrays.vectorOfObjects(names.toArray(String[]::new))),
                    tf.constant(NdArrays.vectorOfObjects(
                            Collections.nCopies(names.size(), WHOLE).toArray(String[]::new))),
                    Collections.<Class<? extends TType>>nCopies(names.size(), TFloat32.class));
            var runner = session.runner();
            restored.tensors().forEach(runner::fetch);
            var values = new TreeMap<String, float[]>();
            try (var fetched = runner.run()) {
                for (int index = 0; index < names.size(); index++) {
                    values.put(names.get(index), reading.read((TFloat32) fetched.get(index), names.get(index)));
                }
            }
            return values;
        }
    }
}
