package io.stemline.audio;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * Tells whether files hold the same sound: those of the same samples have the same hash, whatever their format and their tags, whether
 * mono or the same on all channels, and however much silence there is before and after. What is hashed is the mean of the channels.
 * Samples count to 16 bit, so a copy with more bits has the same hash. A lossy copy has another one.
 */
public final class SoundHash {
    private static final int FRAMES_AT_ONCE = 1 << 16;
    private static final float STEPS_IN_FULL_SCALE = 1 << 15;
    private static final int LOUDEST = Short.MAX_VALUE;

    /** Divided by every number of channels up to 8, so that a mean is a whole number. */
    private static final int ONE = 840;

    private final MessageDigest digest = DigestUtils.getSha256Digest();
    private final ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES * FRAMES_AT_ONCE);
    private long silentFrames;
    private boolean sounds;

    private SoundHash() {}

    /**
     * The hash of an audio stream, 64 hexadecimal digits; empty if nothing sounds.
     *
     * @throws AudioException if the file cannot be read as audio, or not as the options say
     */
    public static Optional<String> of(Path file, ReadOptions options) {
        var hash = new SoundHash();
        try (AudioSource source = AudioFiles.open(file, options)) {
            var block = new float[source.format().channels()][FRAMES_AT_ONCE];
            int read = source.read(block, 0, FRAMES_AT_ONCE);
            while (read > 0) {
                hash.add(block, read);
                read = source.read(block, 0, FRAMES_AT_ONCE);
            }
        }
        return hash.sounds ? Optional.of(HexFormat.of().formatHex(hash.digest.digest())) : Optional.empty();
    }

    private void add(float[][] block, int frames) {
        for (int frame = 0; frame < frames; frame++) {
            int mean = mean(block, frame);
            if (mean == 0) {
                silentFrames++;
            } else {
                addSilenceWithin();
                put(mean);
            }
        }
        flush();
    }

    /** Silence counts once something sounds after it. */
    private void addSilenceWithin() {
        for (; sounds && silentFrames > 0; silentFrames--) {
            put(0);
        }
        silentFrames = 0;
        sounds = true;
    }

    private void put(int value) {
        if (!bytes.hasRemaining()) {
            flush();
        }
        bytes.putInt(value);
    }

    private void flush() {
        digest.update(bytes.flip());
        bytes.clear();
    }

    private static int mean(float[][] block, int frame) {
        int sum = 0;
        for (float[] channel : block) {
            sum += Math.clamp(Math.round(channel[frame] * STEPS_IN_FULL_SCALE), Short.MIN_VALUE, LOUDEST);
        }
        return sum * ONE / block.length;
    }
}
