package io.stemline.cli.stems;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a track's folder remembers, in its file {@code .stemline.json}.
 *
 * @param source the audio file that the folder is for
 * @param separationId the separation that its stems are of; empty where no catalogue knows them
 * @param files the files as they were written, by their names
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record StemRecord(String source, String separationId, Map<String, Fingerprint> files) {

    private static final String FILE = ".stemline.json";
    private static final ObjectMapper JSON = new ObjectMapper();

    StemRecord {
        files = files == null ? Map.of() : Map.copyOf(files);
    }

    /** How a file looks from outside. */
    record Fingerprint(long sizeBytes, long modifiedMillis) {

        static Fingerprint of(Path file) throws IOException {
            return new Fingerprint(
                    Files.size(file), Files.getLastModifiedTime(file).toMillis());
        }
    }

    /** Of a folder; empty where there is none that can be understood. */
    static Optional<StemRecord> read(Path folder) {
        try {
            return Optional.of(JSON.readValue(Files.readAllBytes(folder.resolve(FILE)), StemRecord.class))
                    .filter(found -> found.source() != null && found.separationId() != null);
        } catch (JsonProcessingException | CharConversionException | FileSystemException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void write(Path folder) throws IOException {
        Path unfinished = folder.resolve(FILE + ".tmp");
        Files.write(unfinished, JSON.writeValueAsBytes(this));
        Files.move(
                unfinished, folder.resolve(FILE), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Whether a file is the one that was written for a separation. */
    boolean holds(String separation, Path file) {
        try {
            return separationId.equals(separation)
                    && Files.isRegularFile(file)
                    && Fingerprint.of(file).equals(files.get(file.getFileName().toString()));
        } catch (IOException e) {
            return false;
        }
    }

    /** With one more file, as it is now. */
    StemRecord with(Path file) throws IOException {
        var more = new TreeMap<>(files);
        more.put(file.getFileName().toString(), Fingerprint.of(file));
        return new StemRecord(source, separationId, more);
    }
}
