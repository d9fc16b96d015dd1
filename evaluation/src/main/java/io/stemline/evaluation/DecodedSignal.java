package io.stemline.evaluation;

import io.stemline.audio.AudioFormat;
import io.stemline.audio.AudioSource;
import io.stemline.bsseval.Signal;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * The samples of an audio file, decoded once into a temporary file and mapped from there: scoring reads them several times, from
 * anywhere, in memory that does not depend on the file's length. Closing it deletes the temporary file.
 */
public final class DecodedSignal implements Signal, AutoCloseable {
    private static final int BLOCK_FRAMES = 1 << 15;

    private final String name;
    private final AudioFormat format;
    private final long lengthFrames;
    private final Arena arena;
    private final MemorySegment samples; // [frame][channel]
    private final List<String> warnings;

    private DecodedSignal(
            String name,
            AudioFormat format,
            long lengthFrames,
            Arena arena,
            MemorySegment samples,
            List<String> warnings) {
        this.name = name;
        this.format = format;
        this.lengthFrames = lengthFrames;
        this.arena = arena;
        this.samples = samples;
        this.warnings = List.copyOf(warnings);
    }

    /**
     * @param file what to decode
     * @param scratch an existing folder for the temporary file: 4 bytes a sample
     * @throws io.stemline.audio.AudioException if it cannot be decoded
     * @throws EvaluationException if the temporary file cannot be written, or samples are not finite numbers
     */
    public static DecodedSignal decode(StemFile file, Path scratch) {
        Arena arena = Arena.ofShared();
        try (AudioSource source = file.open()) {
            Path decoded = Files.createTempFile(scratch, "decoded-", ".f32");
            // Deleted at once: the open channel, and then the mapping, keep the file alive, and nothing is left behind
            // by a crash.
            try (FileChannel channel = FileChannel.open(decoded, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                Files.delete(decoded);
                long frames = write(source, channel);
                requireFinite(file, source);
                MemorySegment samples = channel.map(
                        MapMode.READ_ONLY, 0, frames * source.format().channels() * Float.BYTES, arena);
                return new DecodedSignal(nameOf(file), source.format(), frames, arena, samples, source.warnings());
            }
        } catch (IOException e) {
            arena.close();
            throw new EvaluationException(
                    "%s: its samples cannot be kept in %s (%s)".formatted(nameOf(file), scratch, e.getMessage()), e);
        } catch (RuntimeException e) {
            arena.close();
            throw e;
        }
    }

    /** Reading replaces such samples by silence, which would be scored as if it were the stem. */
    private static void requireFinite(StemFile file, AudioSource source) {
        if (source.nonFiniteSamples() > 0) {
            throw new EvaluationException("%s has NaN or infinite samples and cannot be scored (%s)"
                    .formatted(nameOf(file), String.join("; ", source.warnings())));
        }
    }

    private static String nameOf(StemFile file) {
        return file.file().getFileName() + (file.reading().stream() == 0 ? "" : " (" + file.stem() + ")");
    }

    private static long write(AudioSource source, FileChannel channel) throws IOException {
        int channels = source.format().channels();
        var block = new float[channels][BLOCK_FRAMES];
        ByteBuffer bytes =
                ByteBuffer.allocateDirect(BLOCK_FRAMES * channels * Float.BYTES).order(ByteOrder.nativeOrder());
        long frames = 0;
        for (int read = source.read(block, 0, BLOCK_FRAMES); read > 0; read = source.read(block, 0, BLOCK_FRAMES)) {
            bytes.clear();
            for (int i = 0; i < read; i++) {
                for (int c = 0; c < channels; c++) {
                    bytes.putFloat(block[c][i]);
                }
            }
            bytes.flip();
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            frames += read;
        }
        return frames;
    }

    @Override
    public int channels() {
        return format.channels();
    }

    @Override
    public long lengthFrames() {
        return lengthFrames;
    }

    public int sampleRateHz() {
        return format.sampleRateHz();
    }

    /** What was wrong with the file, one sentence each. */
    List<String> warnings() {
        return warnings;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void read(long startFrame, double[][] block, int frames) {
        int channels = format.channels();
        for (int c = 0; c < channels; c++) {
            double[] channel = block[c];
            long index = startFrame * channels + c;
            for (int i = 0; i < frames; i++, index += channels) {
                channel[i] = samples.getAtIndex(ValueLayout.JAVA_FLOAT, index);
            }
        }
    }

    @Override
    public void close() {
        arena.close();
    }
}
