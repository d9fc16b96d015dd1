package io.stemline.pipeline.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * Objects under keys such as {@code tracks/<id>/source.flac}. An object appears as a whole or not at all, and replaces the one
 * that was there. Every method throws {@link StoreException} with a sentence when the store does not do what is asked, and
 * {@link MissingObjectException} when an object that is read is not there. Safe for use by many threads.
 */
public interface ObjectStore {

    /**
     * Begins an object. Write the file at {@link Upload#path}, then {@link Upload#commit}; closing without that leaves nothing.
     */
    Upload begin(String key);

    /**
     * Makes several files objects, which may take little longer than one. All are safe when this returns; when it fails, some may be
     * objects.
     */
    default void commitAll(List<Upload> uploads) {
        uploads.forEach(Upload::commit);
    }

    /** Stores what the stream holds to its end. */
    default void put(String key, InputStream content) {
        try (Upload upload = begin(key)) {
            Files.copy(content, upload.path(), StandardCopyOption.REPLACE_EXISTING);
            upload.commit();
        } catch (IOException e) {
            throw new StoreException(key + ": cannot be stored (" + e.getMessage() + ")", e);
        }
    }

    /** Stores a copy of a file. */
    default void put(String key, Path file) {
        try (InputStream content = Files.newInputStream(file)) {
            put(key, content);
        } catch (IOException e) {
            throw new StoreException(
                    key + ": cannot be stored, " + file + " is not readable (" + e.getMessage() + ")", e);
        }
    }

    /** The object's bytes; the caller closes the stream. */
    InputStream get(String key);

    /** The object as a file on this machine, only to be read, and only until it is closed. */
    LocalObject fetch(String key);

    /** Whether there is an object under this very key. */
    boolean exists(String key);

    /** The object's length in bytes. */
    long size(String key);

    /** The object's media type. */
    default String contentType(String key) {
        return ContentTypes.of(ObjectKey.check(key));
    }

    /** Keys that start with {@code prefix}, which may end anywhere, in no particular order; the caller closes the stream. */
    Stream<String> list(String prefix);

    /** Removes the object; nothing happens if there is none. */
    void delete(String key);

    /** An object that is being written. */
    interface Upload extends AutoCloseable {

        /** An empty file with the key's ending, for the caller to fill. */
        Path path();

        /** Makes the file the object. It is safe when this returns. */
        void commit();

        /** Removes what was written, unless it was committed. */
        @Override
        void close();
    }

    /** An object as a file. */
    interface LocalObject extends AutoCloseable {

        /** Where the file is. */
        Path path();

        /** The file may be gone after this. */
        @Override
        void close();
    }
}
