package io.stemline.ingest.tracks;

import io.stemline.audio.AudioSource;
import io.stemline.audio.ReadOptions;
import io.stemline.ingest.tracks.TrackAudio.Sound;
import io.stemline.pipeline.store.ObjectStore;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A sound as a WAV file of 16 bit, which every browser plays, whatever it is stored as. The file exists nowhere: each of its bytes
 * follows from its place, so any range of it can be had without making the rest.
 */
final class WavRendition {
    static final int HEADER_BYTES = 44;

    private static final int BYTES_PER_SAMPLE = 2;
    private static final int FRAMES_AT_ONCE = 4096;
    private static final long UNSIGNED_INT_MAX = 0xffff_ffffL;

    private final ObjectStore store;
    private final SoundFiles files;
    private final Sound sound;
    private final int bytesPerFrame;

    WavRendition(ObjectStore store, SoundFiles files, Sound sound) {
        this.store = store;
        this.files = files;
        this.sound = sound;
        this.bytesPerFrame = sound.channels() * BYTES_PER_SAMPLE;
    }

    long sizeBytes() {
        return HEADER_BYTES + sound.lengthFrames() * bytesPerFrame;
    }

    /** Writes {@code length} bytes from {@code offset} on. */
    void write(OutputStream output, long offset, long length) throws IOException {
        long end = offset + length;
        if (offset < HEADER_BYTES) {
            output.write(header(), (int) offset, (int) Math.min(end, HEADER_BYTES) - (int) offset);
        }
        if (end > HEADER_BYTES) {
            long from = Math.max(0, offset - HEADER_BYTES);
            writeSamples(output, from, end - HEADER_BYTES - from);
        }
    }

    private void writeSamples(OutputStream output, long offset, long length) throws IOException {
        long firstFrame = offset / bytesPerFrame;
        int before = (int) (offset % bytesPerFrame);
        long left = length;
        var block = new float[sound.channels()][FRAMES_AT_ONCE];
        var bytes = ByteBuffer.allocate(FRAMES_AT_ONCE * bytesPerFrame).order(ByteOrder.LITTLE_ENDIAN);
        try (ObjectStore.LocalObject file = store.fetch(sound.object());
                AudioSource source =
                        files.open(sound, file.path(), asIs -> playable(asIs).from(firstFrame))) {
            while (left > 0) {
                int wanted = (int) Math.min(FRAMES_AT_ONCE, (left + before + bytesPerFrame - 1) / bytesPerFrame);
                int read = Math.max(0, source.read(block, 0, wanted));
                for (float[] channel : block) {
                    // Files of lossy codecs may end a little before the length that their track has.
                    Arrays.fill(channel, read, wanted, 0);
                }
                encode(block, wanted, bytes);
                int count = (int) Math.min(left, (long) wanted * bytesPerFrame - before);
                output.write(bytes.array(), before, count);
                left -= count;
                before = 0;
            }
        }
    }

    private ReadOptions playable(ReadOptions asIs) {
        return asIs.atSampleRate(sound.sampleRateHz()).withChannels(sound.channels());
    }

    private static void encode(float[][] block, int frames, ByteBuffer bytes) {
        bytes.clear();
        for (int n = 0; n < frames; n++) {
            for (float[] channel : block) {
                bytes.putShort((short) Math.clamp(Math.rint(channel[n] * 32_768.0), Short.MIN_VALUE, Short.MAX_VALUE));
            }
        }
    }

    private byte[] header() {
        long samplesBytes = sound.lengthFrames() * bytesPerFrame;
        return ByteBuffer.allocate(HEADER_BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(ascii("RIFF"))
                .putInt((int) Math.min(UNSIGNED_INT_MAX, samplesBytes + HEADER_BYTES - 8))
                .put(ascii("WAVEfmt "))
                .putInt(16)
                .putShort((short) 1)
                .putShort((short) sound.channels())
                .putInt(sound.sampleRateHz())
                .putInt(sound.sampleRateHz() * bytesPerFrame)
                .putShort((short) bytesPerFrame)
                .putShort((short) (8 * BYTES_PER_SAMPLE))
                .put(ascii("data"))
                .putInt((int) Math.min(UNSIGNED_INT_MAX, samplesBytes))
                .array();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    }
}
