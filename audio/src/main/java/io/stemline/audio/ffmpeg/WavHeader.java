package io.stemline.audio.ffmpeg;

import io.stemline.audio.AudioFileAccessException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** What FFmpeg keeps to itself about a WAV file that ends before its header says: what the header says. */
final class WavHeader {

    private static final int CHUNK_HEADER_BYTES = 8;
    private static final int DATA = 0x61746164;
    private static final int RF64 = 0x34364652;

    private WavHeader() {}

    /**
     * The size that the header of the data chunk states.
     *
     * @param firstSampleByte where the samples start, right after that header
     * @return 0 if it states nothing: programs that write into a pipe put 0 or a number near the highest there
     */
    static long dataBytes(Path file, long firstSampleByte) {
        if (firstSampleByte < CHUNK_HEADER_BYTES) {
            return 0;
        }
        ByteBuffer header = read(file, firstSampleByte - CHUNK_HEADER_BYTES);
        if (header.remaining() < CHUNK_HEADER_BYTES || header.getInt(0) != DATA) {
            return 0;
        }
        long size = Integer.toUnsignedLong(header.getInt(4));
        return nearlyBelow(1L << 31, size) || nearlyBelow(1L << 32, size) ? 0 : size;
    }

    /** Whether this is the kind of WAV file for more than 4 GB, which states its sizes elsewhere, and twice. */
    static boolean isRf64(Path file) {
        ByteBuffer header = read(file, 0);
        return header.remaining() == CHUNK_HEADER_BYTES && header.getInt(0) == RF64;
    }

    private static ByteBuffer read(Path file, long position) {
        ByteBuffer header = ByteBuffer.allocate(CHUNK_HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        try (FileChannel channel = FileChannel.open(file)) {
            channel.read(header, position);
            return header.flip();
        } catch (IOException e) {
            throw new AudioFileAccessException(file, "the file cannot be read (" + e.getMessage() + ")", e);
        }
    }

    private static boolean nearlyBelow(long limit, long size) {
        return size < limit && size >= limit - 0x10000;
    }
}
