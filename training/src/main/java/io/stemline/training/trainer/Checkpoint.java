package io.stemline.training.trainer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stemline.training.folder.WholeFile;
import java.io.BufferedInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
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
    private static final int MOST_DIFFERENCES = 5;
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

    /**
     * The checkpoint in a file, if there is one, which must be of this configuration.
     *
     * @throws IllegalArgumentException with a sentence, if it is something else
     */
    static Optional<Checkpoint> read(Path file, TrainingConfiguration configuration) {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (var in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            return Optional.of(read(file.toString(), in, Files.size(file), configuration));
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": the checkpoint cannot be read (" + e.getMessage() + ")", e);
        }
    }

    /**
     * @param name what messages call it
     * @param in can be marked
     */
    static Checkpoint read(String name, InputStream in, long lengthBytes, TrainingConfiguration configuration)
            throws IOException {
        var reader = new CheckpointReader(name, in, lengthBytes);
        try {
            if (reader.integer() != MAGIC || reader.integer() != VERSION) {
                throw new IllegalArgumentException(name + ": not a checkpoint that this version can read");
            }
            List<String> differences = new ArrayList<>();
            addDifferences("", reader.json(), JSON.readTree(JSON.writeValueAsBytes(configuration)), differences);
            if (!differences.isEmpty()) {
                throw new IllegalArgumentException(
                        "%s: belongs to a run with another configuration (%s); choose another folder or delete it"
                                .formatted(name, told(differences)));
            }
            var checkpoint = new Checkpoint(
                    configuration,
                    reader.number(),
                    Duration.ofMillis(reader.number()),
                    reader.decimals(),
                    reader.arrays(),
                    reader.arrays());
            reader.end();
            return checkpoint;
        } catch (EOFException e) {
            throw new IllegalArgumentException(name + ": a damaged checkpoint (it ends too early); delete it", e);
        }
    }

    /** Adds the settings that differ, as in {@code network.kernel was 5 and is 3}. */
    private static void addDifferences(String path, JsonNode before, JsonNode now, List<String> differences) {
        if (before.isObject() && now.isObject()) {
            var names = new LinkedHashSet<String>();
            before.fieldNames().forEachRemaining(names::add);
            now.fieldNames().forEachRemaining(names::add);
            for (String name : names) {
                addDifferences(
                        path.isEmpty() ? name : path + "." + name, before.path(name), now.path(name), differences);
            }
        } else if (!before.equals(now)) {
            differences.add("%s was %s and is %s".formatted(path, word(before), word(now)));
        }
    }

    private static String word(JsonNode setting) {
        return setting.isMissingNode() ? "not there" : setting.toString();
    }

    private static String told(List<String> differences) {
        int more = differences.size() - MOST_DIFFERENCES;
        String told = String.join("; ", differences.subList(0, Math.min(MOST_DIFFERENCES, differences.size())));
        return more > 0 ? told + "; and %d more".formatted(more) : told;
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
}
