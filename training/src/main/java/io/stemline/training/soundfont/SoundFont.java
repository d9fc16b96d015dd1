package io.stemline.training.soundfont;

import static org.apache.commons.codec.digest.MessageDigestAlgorithms.SHA_256;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.ShortBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * A SoundFont 2 file: instruments made of recordings. The recordings stay in the file, which is mapped into memory, and are
 * read as they are played. Sound fonts do not change and can be shared by threads.
 */
public final class SoundFont {
    private final Path file;
    private final String sha256;
    private final List<Preset> presets;
    private final ShortBuffer recordings;

    private SoundFont(Path file, String sha256, List<Preset> presets, ShortBuffer recordings) {
        this.file = file;
        this.sha256 = sha256;
        this.presets = presets;
        this.recordings = recordings;
    }

    /**
     * Opens a file.
     *
     * @throws SoundFontException when it is not there or not a SoundFont 2 file
     */
    public static SoundFont open(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new SoundFontException(file + ": there is no such sound font");
        }
        try (FileChannel channel = FileChannel.open(file)) {
            if (channel.size() > Integer.MAX_VALUE) {
                throw new SoundFontException(file + ": sound fonts of 2 GiB and more cannot be read");
            }
            MappedByteBuffer bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
            bytes.order(ByteOrder.LITTLE_ENDIAN);
            String sha256 = new DigestUtils(SHA_256).digestAsHex(bytes.duplicate());
            SoundFontReader reader = new SoundFontReader(file, bytes);
            return new SoundFont(file, sha256, reader.presets(), reader.recordings());
        } catch (IOException e) {
            throw new SoundFontException(file + ": the sound font cannot be read (" + e.getMessage() + ")", e);
        }
    }

    /** The file's digest, by which it is recognised wherever it lies. */
    public String sha256() {
        return sha256;
    }

    /** All instruments, ordered by bank and program. */
    public List<Preset> presets() {
        return presets;
    }

    public Optional<Preset> preset(int bank, int program) {
        return presets.stream()
                .filter(preset -> preset.bank() == bank && preset.program() == program)
                .findFirst();
    }

    /** Copies samples of the recordings. */
    void read(int start, short[] into, int count) {
        recordings.get(start, into, 0, count);
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
