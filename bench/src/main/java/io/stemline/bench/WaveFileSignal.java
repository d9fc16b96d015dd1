package io.stemline.bench;

import io.stemline.bsseval.Signal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A 16 bit WAV file, read as it is scored. */
final class WaveFileSignal implements Signal, AutoCloseable {
    private static final int CHUNK_HEADER_BYTES = 8;
    private static final int FORMAT_CHUNK = 0x20746d66;
    private static final int SAMPLES_CHUNK = 0x61746164;

    private final FileChannel file;
    private final String name;
    private final int channels;
    private final long samplesStart;
    private final long lengthFrames;
    private ByteBuffer bytes = ByteBuffer.allocate(0);
    private short[] samples = new short[0];

    private WaveFileSignal(FileChannel file, String name, int channels, long samplesStart, long lengthFrames) {
        this.file = file;
        this.name = name;
        this.channels = channels;
        this.samplesStart = samplesStart;
        this.lengthFrames = lengthFrames;
    }

    static WaveFileSignal open(Path path) throws IOException {
        var file = FileChannel.open(path, StandardOpenOption.READ);
        int channels = 0;
        long position = 12;
        while (true) {
            var header = read(file, position, CHUNK_HEADER_BYTES + 16);
            int length = header.getInt(4);
            if (header.getInt(0) == FORMAT_CHUNK) {
                channels = header.getShort(CHUNK_HEADER_BYTES + 2);
            }
            if (header.getInt(0) == SAMPLES_CHUNK) {
                return new WaveFileSignal(
                        file,
                        path.getFileName().toString(),
                        channels,
                        position + CHUNK_HEADER_BYTES,
                        Integer.toUnsignedLong(length) / (2L * channels));
            }
            position += CHUNK_HEADER_BYTES + length;
        }
    }

    @Override
    public int channels() {
        return channels;
    }

    @Override
    public long lengthFrames() {
        return lengthFrames;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void read(long startFrame, double[][] block, int frames) {
        try {
            int length = 2 * channels * frames;
            if (bytes.capacity() < length) {
                bytes = ByteBuffer.allocateDirect(length).order(ByteOrder.LITTLE_ENDIAN);
                samples = new short[channels * frames];
            }
            bytes.clear().limit(length);
            fill(file, samplesStart + 2 * channels * startFrame, bytes);
            bytes.flip().asShortBuffer().get(samples, 0, channels * frames);
            for (int c = 0; c < channels; c++) {
                for (int n = 0; n < frames; n++) {
                    block[c][n] = samples[n * channels + c] / 32768.0;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private static ByteBuffer read(FileChannel file, long position, int length) throws IOException {
        var buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        fill(file, position, buffer);
        return buffer;
    }

    private static void fill(FileChannel file, long position, ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            if (file.read(buffer, position + buffer.position()) < 0) {
                throw new IOException("The file ends before its samples do.");
            }
        }
    }
}
