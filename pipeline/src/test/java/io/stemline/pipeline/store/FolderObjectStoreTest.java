package io.stemline.pipeline.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FolderObjectStoreTest {

    @TempDir
    private Path directory;

    private Path root;
    private ObjectStore store;

    @BeforeEach
    void open() throws IOException {
        root = Files.createDirectories(directory.resolve("store")).toRealPath();
        store = FolderObjectStore.open(root);
    }

    @Test
    void whatIsPutCanBeReadFetchedAndMeasured() throws Exception {
        // Given
        store.put("tracks/t1/source.flac", bytes("first"));

        // When
        store.put("tracks/t1/source.flac", bytes("second version"));

        // Then
        try (InputStream content = store.get("tracks/t1/source.flac")) {
            assertThat(new String(content.readAllBytes(), UTF_8)).isEqualTo("second version");
        }
        try (var local = store.fetch("tracks/t1/source.flac")) {
            assertThat(local.path()).isEqualTo(root.resolve("tracks/t1/source.flac"));
        }
        assertThat(store.size("tracks/t1/source.flac")).isEqualTo(14);
        assertThat(store.exists("tracks/t1/source.flac")).isTrue();
        assertThat(store.contentType("tracks/t1/source.flac")).isEqualTo("audio/flac");
        assertThat(root.resolve(".unfinished")).isEmptyDirectory();
    }

    @Test
    void anObjectThatIsBeingWrittenIsNotThereUntilItIsCommitted() throws Exception {
        // Given
        store.put("stems/vocals.wav", bytes("old"));
        try (var upload = store.begin("stems/vocals.wav")) {
            assertThat(upload.path().toString()).endsWith(".wav");
            Files.writeString(upload.path(), "new");
            assertThat(text("stems/vocals.wav")).isEqualTo("old");

            // When
            upload.commit();
        }

        // Then
        assertThat(text("stems/vocals.wav")).isEqualTo("new");
    }

    @Test
    void anUploadThatIsClosedWithoutCommitLeavesNothing() throws Exception {
        // Given
        try (var upload = store.begin("stems/vocals.wav")) {

            // When
            Files.writeString(upload.path(), "half");
        }

        // Then
        assertThat(store.exists("stems/vocals.wav")).isFalse();
        assertThat(root.resolve(".unfinished")).isEmptyDirectory();
    }

    @Test
    void aStreamThatBreaksOffLeavesTheOldObject() {
        // Given
        store.put("stems/vocals.wav", bytes("old"));
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("connection reset");
            }
        };

        // When
        assertThatThrownBy(() -> store.put("stems/vocals.wav", broken))

                // Then
                .isInstanceOf(StoreException.class)
                .hasMessage("stems/vocals.wav: cannot be stored (connection reset)");
        assertThat(text("stems/vocals.wav")).isEqualTo("old");
        assertThat(root.resolve(".unfinished")).isEmptyDirectory();
    }

    @Test
    void keysAreListedByPrefixWhereverItEnds() {
        // Given
        for (String key :
                List.of("separations/ab1/vocals.wav", "separations/ab2/drums.wav", "separations/b/x.wav", "a")) {
            store.put(key, bytes(key));
        }

        // When
        List<String> prefixed = keys("separations/ab");

        // Then
        assertThat(prefixed).containsExactlyInAnyOrder("separations/ab1/vocals.wav", "separations/ab2/drums.wav");
        assertThat(keys("separations/ab1/")).containsExactly("separations/ab1/vocals.wav");
        assertThat(keys("")).hasSize(4);
        assertThat(keys("nothing/here")).isEmpty();
    }

    @Test
    void aDeletedObjectIsGoneAndDeletingItAgainIsNoError() {
        // Given
        store.put("a/b", bytes("x"));

        // When
        store.delete("a/b");
        store.delete("a/b");

        // Then
        assertThat(store.exists("a/b")).isFalse();
        assertThatThrownBy(() -> store.get("a/b"))
                .isInstanceOf(MissingObjectException.class)
                .hasMessage("a/b: there is no such object in " + root);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "/a", "a//b", "a/", "..", "a/../b", "./a", "a\\b", "a/.hidden", ".unfinished/x", "a\u0000b"})
    void aKeyThatLeadsElsewhereIsRefused(String key) {
        // Given
        InputStream content = bytes("x");

        // When
        assertThatThrownBy(() -> store.put(key, content))

                // Then
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("is not an object's key");
        assertThatThrownBy(() -> store.exists(key)).isInstanceOf(StoreException.class);
    }

    @Test
    void aLinkThatLeadsOutOfTheStoreIsNotFollowed() throws Exception {
        // Given
        Path outside = Files.createDirectories(directory.resolve("outside"));
        Files.writeString(outside.resolve("secret"), "secret");
        Files.createSymbolicLink(root.resolve("link"), outside);

        // When
        assertThatThrownBy(() -> store.get("link/secret"))

                // Then
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("leads out of the object store");
        assertThatThrownBy(() -> store.put("link/new", bytes("x"))).isInstanceOf(StoreException.class);
        assertThat(outside.resolve("new")).doesNotExist();
    }

    @Test
    void onlyAbandonedUploadsAreRemovedWhenAStoreIsOpened() throws Exception {
        // Given
        Path abandoned = Files.writeString(root.resolve(".unfinished").resolve("old.wav"), "x");
        Files.setLastModifiedTime(abandoned, FileTime.from(Instant.now().minus(Duration.ofHours(25))));
        Path running = Files.writeString(root.resolve(".unfinished").resolve("new.wav"), "x");

        // When
        FolderObjectStore.open(root);

        // Then
        assertThat(abandoned).doesNotExist();
        assertThat(running).exists();
    }

    @Test
    void anObjectIsAsReadableAsOtherFiles() throws Exception {
        // Given
        Path other = Files.createFile(directory.resolve("other"));

        // When
        store.put("a/b.wav", bytes("x"));

        // Then
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(root.resolve("a/b.wav"))))
                .isEqualTo(PosixFilePermissions.toString(Files.getPosixFilePermissions(other)));
    }

    @Test
    void aFolderThatCannotBeMadeIsNamed() throws Exception {
        // Given
        Path file = Files.createFile(directory.resolve("file"));

        // When
        assertThatThrownBy(() -> FolderObjectStore.open(file.resolve("store")))

                // Then
                .isInstanceOf(StoreException.class)
                .hasMessageStartingWith("the object store " + file.resolve("store") + " cannot be opened");
    }

    private String text(String key) {
        try (InputStream content = store.get(key)) {
            return new String(content.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private List<String> keys(String prefix) {
        try (var keys = store.list(prefix)) {
            return keys.toList();
        }
    }

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(UTF_8));
    }
}
