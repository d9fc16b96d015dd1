package io.stemline.ingest.intake;

import io.stemline.ingest.problems.ProblemException;
import io.stemline.ingest.settings.IngestConfig;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.stream.Stream;

/** Files that were sent to the API, until they are stored: each in a folder of its own. No more is kept than the settings say. */
@Singleton
public final class Uploads {
    private static final int CHUNK_BYTES = 1 << 16;

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
            throw ProblemException.unusable(
                    "upload-not-kept", "%s: the upload could not be kept (%s)".formatted(name, e.getMessage()));
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
