package io.stemline.training.trainer;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UTFDataFormatException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads what a {@link Checkpoint} wrote. Nothing that the file says of its parts' lengths is believed beyond the bytes there are. */
final class CheckpointReader {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** A name's length and an array's. */
    private static final int LEAST_ARRAY_BYTES = Short.BYTES + Integer.BYTES;

    private final String name;
    private final DataInputStream in;
    private long leftBytes;

    /**
     * @param name what messages call it
     * @param lengthBytes how much there is
     */
    CheckpointReader(String name, InputStream in, long lengthBytes) {
        this.name = name;
        this.in = new DataInputStream(in);
        this.leftBytes = lengthBytes;
    }

    int integer() throws IOException {
        take(Integer.BYTES);
        return in.readInt();
    }

    long number() throws IOException {
        take(Long.BYTES);
        return in.readLong();
    }

    JsonNode json() throws IOException {
        try {
            return JSON.readTree(new String(in.readNBytes(taken("bytes of settings", 1)), UTF_8));
        } catch (JsonProcessingException e) {
            throw damaged("its settings are not JSON", e);
        }
    }

    List<Double> decimals() throws IOException {
        int count = taken("validations", Double.BYTES);
        List<Double> decimals = new ArrayList<>(count);
        for (int n = 0; n < count; n++) {
            decimals.add(in.readDouble());
        }
        return decimals;
    }

    Map<String, float[]> arrays() throws IOException {
        int count = count("variables", LEAST_ARRAY_BYTES);
        Map<String, float[]> arrays = new LinkedHashMap<>();
        for (int n = 0; n < count; n++) {
            String variable = text();
            float[] values = new float[taken("numbers of '%s'".formatted(variable), Float.BYTES)];
            ByteBuffer.wrap(in.readNBytes(Float.BYTES * values.length))
                    .asFloatBuffer()
                    .get(values);
            arrays.put(variable, values);
        }
        return arrays;
    }

    void end() {
        if (leftBytes > 0) {
            throw damaged("%d bytes follow its end".formatted(leftBytes), null);
        }
    }

    private String text() throws IOException {
        try {
            // What it takes is known only afterwards: a length before it, and a byte at least for each character.
            in.mark(Short.BYTES);
            take(Short.BYTES);
            int bytes = in.readUnsignedShort();
            in.reset();
            take(bytes);
            return in.readUTF();
        } catch (UTFDataFormatException e) {
            throw damaged("the name of a variable is no text", e);
        }
    }

    /** How many elements follow; they are taken. */
    private int taken(String what, int elementBytes) throws IOException {
        int count = count(what, elementBytes);
        take((long) count * elementBytes);
        return count;
    }

    /** How many elements follow that take at least so much. */
    private int count(String what, int elementBytes) throws IOException {
        int count = integer();
        if (count < 0 || (long) count * elementBytes > leftBytes) {
            throw damaged("%d %s are announced, and %d bytes are left".formatted(count, what, leftBytes), null);
        }
        return count;
    }

    private void take(long bytes) throws IOException {
        leftBytes -= bytes;
        if (leftBytes < 0) {
            throw new EOFException();
        }
    }

    private IllegalArgumentException damaged(String what, IOException cause) {
        return new IllegalArgumentException("%s: a damaged checkpoint (%s); delete it".formatted(name, what), cause);
    }
}
