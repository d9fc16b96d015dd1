package io.stemline.training.datasets;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stemline.audio.AudioException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers what is known of stored stems between scans. A stem is looked at again when its file has another size or time.
 * An index that cannot be read or written costs time and a warning, nothing else.
 */
final class ScanIndex {
    private static final Logger LOGGER = LoggerFactory.getLogger(ScanIndex.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    private record Entry(long sizeBytes, long modifiedMillis, StemFacts facts) {
        private boolean isOf(long size, long modified) {
            return sizeBytes == size && modifiedMillis == modified;
        }
    }

    private final Optional<Path> file;
    private final Map<String, Entry> entries;

    private ScanIndex(Optional<Path> file, Map<String, Entry> entries) {
        this.file = file;
        this.entries = new ConcurrentHashMap<>(entries);
    }

    static ScanIndex open(Optional<Path> file) {
        return new ScanIndex(
                file, file.filter(Files::exists).map(ScanIndex::load).orElse(Map.of()));
    }

    private static Map<String, Entry> load(Path file) {
        try {
            return JSON.readValue(file.toFile(), new TypeReference<HashMap<String, Entry>>() {});
        } catch (IOException e) {
            LOGGER.atWarn()
                    .addKeyValue("file", file)
                    .addKeyValue("reason", e.getMessage())
                    .log("The index of the data set cannot be read, all files are looked at again");
            return Map.of();
        }
    }

    /**
     * What is known of a stem, looked up or looked at.
     *
     * @throws AudioException if it cannot be read
     */
    StemFacts facts(SourceStem stem) {
        String key = stem.file().toAbsolutePath() + "#" + stem.stream();
        long size;
        long modified;
        try {
            size = Files.size(stem.file());
            modified = Files.getLastModifiedTime(stem.file()).toMillis();
        } catch (IOException e) {
            return StemFacts.of(stem);
        }
        Entry known = entries.get(key);
        if (known != null && known.isOf(size, modified)) {
            return known.facts();
        }
        StemFacts facts = StemFacts.of(stem);
        entries.put(key, new Entry(size, modified, facts));
        return facts;
    }

    void save() {
        file.ifPresent(this::save);
    }

    private void save(Path target) {
        Path unfinished = target.resolveSibling(target.getFileName() + ".part");
        try {
            Files.createDirectories(target.toAbsolutePath().getParent());
            JSON.writeValue(unfinished.toFile(), new TreeMap<>(entries));
            Files.move(unfinished, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            LOGGER.atWarn()
                    .addKeyValue("file", target)
                    .addKeyValue("reason", e.getMessage())
                    .log("The index of the data set cannot be written, the next scan looks at all files again");
        }
    }
}
