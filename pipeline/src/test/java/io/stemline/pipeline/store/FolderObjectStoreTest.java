package io.stemline.pipeline.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FolderObjectStoreTest extends ObjectStoreContract {

    @TempDir
    private Path directory;

    private Path root;
    private ObjectStore store;

    @BeforeEach
    void open() throws IOException {
        root = Files.createDirectories(directory.resolve("store")).toRealPath();
        store = FolderObjectStore.open(root);
    }

    @Override
    protected ObjectStore store() {
        return store;
    }

    @Override
    protected String storeName() {
        return root.toString();
    }

    @Override
    protected Path unfinished() {
        return root.resolve(".unfinished");
    }

    @Test
    void anObjectIsFetchedWhereItLies() {
        // Given
        put("tracks/t1/source.flac", "sound");

        // When
        try (var local = store.fetch("tracks/t1/source.flac")) {

            // Then
            assertThat(local.path()).isEqualTo(root.resolve("tracks/t1/source.flac"));
        }
        assertThat(store.exists("tracks/t1/source.flac")).isTrue();
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
        assertThatThrownBy(() -> put("link/new", "x")).isInstanceOf(StoreException.class);
        assertThat(outside.resolve("new")).doesNotExist();
    }

    @Test
    void onlyAbandonedUploadsAreRemovedWhenAStoreIsOpened() throws Exception {
        // Given
        Path abandoned = Files.writeString(unfinished().resolve("old.wav"), "x");
        Files.setLastModifiedTime(abandoned, FileTime.from(Instant.now().minus(Duration.ofHours(25))));
        Path running = Files.writeString(unfinished().resolve("new.wav"), "x");

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
        put("a/b.wav", "x");

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
}
