package io.stemline.ingest.intake;

import io.stemline.ingest.problems.ProblemException;
import io.stemline.ingest.settings.IngestConfig;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files that were sent to the API, until they are stored: each in a folder of its own. No more is kept than the settings say. What a crash
 * leaves behind, in the middle of an upload or just after its file was stored, is removed when the service starts a day later.
 */
@Singleton
public final class Uploads {
    private static final Logger LOGGER = LoggerFactory.getLogger(Uploads.class);
    private static final int CHUNK_BYTES = 1 << 16;
    private static final Duration ABANDONED_AFTER = Duration.ofDays(1);

    private final Path folder;
    private final long limitBytes;
    private final int waiting;

    Uploads(IngestConfig config) {
        this.folder = config.uploads().toAbsolutePath().normalize();
        this.limitBytes = config.uploadLimit().asLongValue();
        this.waiting = config.uploadsWaiting();
    }

    /**
     * Keeps an uploaded file until it is stored.
     *
     * @param name what the file is called
     * @return where it lies
     */
    public Path keep(String name, InputStream body) {
        try {
            Files.createDirectories(folder);
            refuseTooMany();
            Path file = Files.createDirectory(folder.resolve(UUID.randomUUID().toString()))
                    .resolve(name);
            copy(name, body, file);
            return file;
        } catch (IOException e) {
            throw ProblemException.away("%s: the upload could not be kept (%s)".formatted(name, e.getMessage()));
        }
    }

    /** Whether a file came from here, and not from a path that somebody named. */
    public boolean hold(Path file) {
        return file.normalize().startsWith(folder);
    }

    /** Deletes a file if it was uploaded. */
    void forget(Path file) throws IOException {
        if (hold(file)) {
            Files.deleteIfExists(file);
            Files.deleteIfExists(file.getParent());
        }
    }

    /**
     * Deletes what has lain here for a day and is not waited for.
     *
     * @param awaited files of entries that are yet to be taken in
     */
    void forgetAbandoned(Set<Path> awaited) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        Instant olderThan = Instant.now().minus(ABANDONED_AFTER);
        try (Stream<Path> uploads = Files.list(folder)) {
            for (Path upload : uploads.toList()) {
                if (Files.getLastModifiedTime(upload).toInstant().isBefore(olderThan)
                        && awaited.stream().noneMatch(file -> file.startsWith(upload))) {
                    delete(upload);
                }
            }
        }
    }

    private static void delete(Path upload) throws IOException {
        try (Stream<Path> inside = Files.walk(upload)) {
            for (Path path : inside.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
        LOGGER.atInfo().addKeyValue("file", upload).log("removed an upload that nobody waits for");
    }

    private void refuseTooMany() throws IOException {
        try (Stream<Path> kept = Files.list(folder)) {
            if (kept.limit(waiting).count() == waiting) {
                throw ProblemException.away(
                        "%d uploads wait to be stored, which is the most (stemline.ingest.uploads-waiting); try again soon"
                                .formatted(waiting));
            }
        }
    }

    private void copy(String name, InputStream body, Path file) throws IOException {
        boolean whole = false;
        try (OutputStream out = Files.newOutputStream(file)) {
            byte[] chunk = new byte[CHUNK_BYTES];
            long written = 0;
            for (int read = body.read(chunk); read >= 0; read = body.read(chunk)) {
                written += read;
                if (written > limitBytes) {
                    throw ProblemException.tooLarge(
                            "%s: has more than the %d bytes that an upload may have (stemline.ingest.upload-limit)"
                                    .formatted(name, limitBytes));
                }
                out.write(chunk, 0, read);
            }
            whole = true;
        } finally {
            if (!whole) {
                forget(file);
            }
        }
    }
}
