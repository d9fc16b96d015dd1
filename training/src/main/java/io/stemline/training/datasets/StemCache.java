package io.stemline.training.datasets;

import io.stemline.audio.AudioFormat;
import io.stemline.audio.AudioSource;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decoded stems as files of floats in a folder, so that a stretch can be read without decoding what lies before it. When the
 * files grow beyond the limit, those that were not read for the longest time go. A stem is decoded anew when its file has
 * changed.
 *
 * <p>A folder that is full or cannot be written to is a warning, once: stems are then decoded each time. The files outlive
 * the cache, and several data sets may share one; several processes may not.
 */
public final class StemCache {
    private static final Logger LOGGER = LoggerFactory.getLogger(StemCache.class);
    private static final String EXTENSION = ".f32";
    private static final int FRAMES_AT_ONCE = 1 << 15;
    private static final int LOCKS = 64;

    private final Path folder;
    private final long limitBytes;
    private final Object[] locks = new Object[LOCKS];
    /** Sizes by name, the one not read for the longest time first. */
    private final Map<String, Long> sizes = new LinkedHashMap<>(16, 0.75f, true);

    private long totalBytes;
    private boolean warned;

    /**
     * Opens the folder, which is made if it is not there; files that are there already count.
     *
     * @throws DatasetException if the folder cannot be made or listed
     */
    public StemCache(Path folder, long limitBytes) {
        if (limitBytes < 0) {
            throw new IllegalArgumentException("A cache of " + limitBytes + " bytes");
        }
        this.folder = folder;
        this.limitBytes = limitBytes;
        for (int i = 0; i < LOCKS; i++) {
            locks[i] = new Object();
        }
        try {
            Files.createDirectories(folder);
            for (Path file : byLastUse(folder)) {
                keep(file.getFileName().toString(), Files.size(file));
            }
        } catch (IOException e) {
            throw new DatasetException(folder + ": the cache cannot be opened (" + e.getMessage() + ")", e);
        }
    }

    private static List<Path> byLastUse(Path folder) throws IOException {
        record Used(Path file, FileTime time) {}
        List<Used> files = new ArrayList<>();
        try (Stream<Path> entries = Files.list(folder)) {
            for (Path file : (Iterable<Path>) entries::iterator) {
                if (file.toString().endsWith(EXTENSION)) {
                    files.add(new Used(file, Files.getLastModifiedTime(file)));
                }
            }
        }
        return files.stream()
                .sorted(Comparator.comparing(Used::time).thenComparing(Used::file))
                .map(Used::file)
                .toList();
    }

    /** How much the files are together. */
    public synchronized long sizeBytes() {
        return totalBytes;
    }

    /** As {@link DecodedStems#read}. */
    float[][] read(SourceStem stem, AudioFormat format, long firstFrame, int frames) {
        Optional<float[][]> cached = Optional.empty();
        try {
            String name = name(stem, format);
            synchronized (locks[Math.floorMod(name.hashCode(), LOCKS)]) {
                cached = stored(name, format, firstFrame, frames);
                if (cached.isEmpty() && store(name, stem, format)) {
                    cached = stored(name, format, firstFrame, frames);
                }
            }
        } catch (IOException e) {
            warnOnce(e);
        }
        return cached.orElseGet(() -> DecodedStems.decode(stem, format, firstFrame, frames));
    }

    private static String name(SourceStem stem, AudioFormat format) throws IOException {
        String identity = "%s#%d#%d#%d#%d#%d"
                .formatted(
                        stem.file().toAbsolutePath(),
                        stem.stream(),
                        Files.size(stem.file()),
                        Files.getLastModifiedTime(stem.file()).toMillis(),
                        format.sampleRateHz(),
                        format.channels());
        return DigestUtils.sha256Hex(identity).substring(0, 32) + EXTENSION;
    }

    /** Frames stand one after another in the file, the channels of a frame side by side. */
    private Optional<float[][]> stored(String name, AudioFormat format, long firstFrame, int frames)
            throws IOException {
        synchronized (this) {
            if (sizes.get(name) == null) {
                return Optional.empty();
            }
        }
        Path file = folder.resolve(name);
        int channels = format.channels();
        ByteBuffer bytes = ByteBuffer.allocate(frames * channels * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        try (FileChannel channel = FileChannel.open(file)) {
            long at = firstFrame * channels * Float.BYTES;
            while (bytes.hasRemaining() && channel.read(bytes, at + bytes.position()) >= 0) {}
        } catch (NoSuchFileException e) {
            forget(name);
            return Optional.empty();
        }
        Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
        return Optional.of(planes(bytes.flip().asFloatBuffer(), channels, frames));
    }

    private static float[][] planes(FloatBuffer interleaved, int channels, int frames) {
        float[][] samples = new float[channels][frames];
        int there = interleaved.remaining() / channels;
        for (int frame = 0; frame < there; frame++) {
            for (int channel = 0; channel < channels; channel++) {
                samples[channel][frame] = interleaved.get();
            }
        }
        return samples;
    }

    /** Whether the stem is in the folder now. */
    private boolean store(String name, SourceStem stem, AudioFormat format) throws IOException {
        synchronized (this) {
            if (warned) {
                return false;
            }
        }
        Path unfinished = folder.resolve(name + ".part");
        try {
            if (!write(stem, format, unfinished)) {
                return false;
            }
            long size = Files.size(unfinished);
            Files.move(unfinished, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
            keep(name, size);
            return true;
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    /** Gives up as soon as the stem alone is larger than the limit. */
    private boolean write(SourceStem stem, AudioFormat format, Path file) throws IOException {
        try (AudioSource source = DecodedStems.open(stem, format);
                OutputStream out = Files.newOutputStream(file)) {
            float[][] block = new float[format.channels()][FRAMES_AT_ONCE];
            ByteBuffer bytes = ByteBuffer.allocate(FRAMES_AT_ONCE * format.channels() * Float.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN);
            long written = 0;
            int read = source.read(block, 0, FRAMES_AT_ONCE);
            while (read > 0 && written <= limitBytes) {
                bytes.clear();
                for (int frame = 0; frame < read; frame++) {
                    for (float[] channel : block) {
                        bytes.putFloat(channel[frame]);
                    }
                }
                out.write(bytes.array(), 0, bytes.position());
                written += bytes.position();
                read = source.read(block, 0, FRAMES_AT_ONCE);
            }
            return written <= limitBytes;
        }
    }

    private synchronized void keep(String name, long size) throws IOException {
        Long before = sizes.put(name, size);
        totalBytes += size - (before == null ? 0 : before);
        Iterator<Map.Entry<String, Long>> oldestFirst = sizes.entrySet().iterator();
        while (totalBytes > limitBytes && oldestFirst.hasNext()) {
            Map.Entry<String, Long> oldest = oldestFirst.next();
            oldestFirst.remove();
            totalBytes -= oldest.getValue();
            Files.deleteIfExists(folder.resolve(oldest.getKey()));
        }
    }

    private synchronized void forget(String name) {
        Long size = sizes.remove(name);
        totalBytes -= size == null ? 0 : size;
    }

    private synchronized void warnOnce(IOException reason) {
        if (!warned) {
            warned = true;
            LOGGER.atWarn()
                    .addKeyValue("folder", folder)
                    .addKeyValue("reason", reason.getMessage())
                    .log("The cache of decoded stems takes no more files, stems are decoded each time");
        }
    }
}
