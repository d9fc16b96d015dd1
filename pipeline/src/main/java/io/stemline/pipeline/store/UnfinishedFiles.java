package io.stemline.pipeline.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files of objects under work, in a folder of their own, which several processes may share. What a crash left there is removed when the
 * folder is opened a day later. Every file in the folder counts as one of these.
 */
public final class UnfinishedFiles {
    private static final Logger LOGGER = LoggerFactory.getLogger(UnfinishedFiles.class);
    private static final Duration ABANDONED_AFTER = Duration.ofDays(1);

    private final Path folder;

    private UnfinishedFiles(Path folder) {
        this.folder = folder;
    }

    /** Opens the folder, which is created if it is missing. */
    public static UnfinishedFiles in(Path folder) throws IOException {
        Files.createDirectories(folder);
        removeAbandoned(folder, Instant.now().minus(ABANDONED_AFTER));
        return new UnfinishedFiles(folder);
    }

    /** A new empty file with the key's ending. */
    public Path create(String key) throws IOException {
        // Not createTempFile: an object is as readable to others as any file, not to its owner alone.
        return Files.createFile(folder.resolve(UUID.randomUUID() + ObjectKey.ending(key)));
    }

    /** Removes a file if it is still there. Where that fails it stays behind, and is removed as abandoned. */
    public void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOGGER.atWarn().addKeyValue("file", file).setCause(e).log("an unfinished object stays behind");
        }
    }

    private static void removeAbandoned(Path folder, Instant olderThan) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                removeIfOlder(file, olderThan);
            }
        }
    }

    private static void removeIfOlder(Path file, Instant olderThan) throws IOException {
        try {
            if (Files.getLastModifiedTime(file).toInstant().isBefore(olderThan)) {
                Files.delete(file);
                LOGGER.atInfo()
                        .addKeyValue("file", file)
                        .log("removed what was left of an object that was never finished");
            }
        } catch (NoSuchFileException e) {
            // Another process has finished or removed it.
            LOGGER.atDebug().addKeyValue("file", file).log("gone meanwhile");
        }
    }
}
