package io.stemline.training.trainer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stemline.training.folder.WholeFile;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A moment of a training run from which it can go on exactly. The file is written under another name and then renamed: it
 * is whole or not there, and when a disk is full the one before it stays.
 *
 * @param configuration of the run; a run with another one must not go on from here
 * @param step the next step
 * @param elapsed time spent so far
 * @param validations the mean figures of all validations so far
 * @param state every variable of the training network
 * @param best the weights of the best validation, for inference; empty before the first
 */
record Checkpoint(
        TrainingConfiguration configuration,
        long step,
        Duration elapsed,
        List<Double> validations,
        Map<String, float[]> state,
        Map<String, float[]> best) {

    private static final int MAGIC = 0x53544c43;
    private static final int VERSION = 2;
    private static final ObjectMapper JSON = new ObjectMapper();

    void write(Path file) {
        WholeFile.write(file, stream -> {
            var out = new DataOutputStream(stream);
            out.writeInt(MAGIC);
            out.writeInt(VERSION);
            byte[] json = JSON.writeValueAsBytes(configuration);
            out.writeInt(json.length);
            out.write(json);
            out.writeLong(step);
            out.writeLong(elapsed.toMillis());
            out.writeInt(validations.size());
            for (double validation : validations) {
                out.writeDouble(validation);
            }
            writeArrays(out, state);
            writeArrays(out, best);
            out.flush();
        });
    }

    /** The checkpoint in a file, if there is one, which must be of this configuration. */
    static Optional<Checkpoint> read(Path file, TrainingConfiguration configuration) {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (var in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16))) {
            if (in.readInt() != MAGIC || in.readInt() != VERSION) {
                throw new IllegalArgumentException(file + ": not a checkpoint that this version can read");
            }
            JsonNode theirs = JSON.readTree(in.readNBytes(in.readInt()));
            if (!theirs.equals(JSON.readTree(JSON.writeValueAsBytes(configuration)))) {
                throw new IllegalArgumentException(
                        file + ": belongs to a run with another configuration; choose another folder or delete it");
            }
            long step = in.readLong();
            Duration elapsed = Duration.ofMillis(in.readLong());
            List<Double> validations = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) {
                validations.add(in.readDouble());
            }
            Map<String, float[]> state = readArrays(in);
            return Optional.of(new Checkpoint(configuration, step, elapsed, validations, state, readArrays(in)));
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": the checkpoint cannot be read (" + e.getMessage() + ")", e);
        }
    }

    private static void writeArrays(DataOutputStream out, Map<String, float[]> arrays) throws IOException {
        out.writeInt(arrays.size());
        for (Map.Entry<String, float[]> entry : arrays.entrySet()) {
            out.writeUTF(entry.getKey());
            out.writeInt(entry.getValue().length);
            ByteBuffer bytes = ByteBuffer.allocate(4 * entry.getValue().length);
            bytes.asFloatBuffer().put(entry.getValue());
            out.write(bytes.array());
        }
    }

    private static Map<String, float[]> readArrays(DataInputStream in) throws IOException {
        Map<String, float[]> arrays = new LinkedHashMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            String name = in.readUTF();
            float[] values = new float[in.readInt()];
            ByteBuffer.wrap(in.readNBytes(4 * values.length)).asFloatBuffer().get(values);
            arrays.put(name, values);
        }
        return arrays;
    }
}
