package io.stemline.pipeline.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every object store keeps to. A store's test extends it, and says what store and where its files under work lie. */
public abstract class ObjectStoreContract {

    @TempDir
    private Path files;

    /** The store under test, empty at the start of each test. */
    protected abstract ObjectStore store();

    /** What the store calls itself in its messages. */
    protected abstract String storeName();

    /** Where objects lie that are being written. */
    protected abstract Path unfinished();

    @Test
    void whatIsPutCanBeReadFetchedAndMeasured() throws Exception {
        // Given
        put("tracks/t1/source.flac", "first");

        // When
        put("tracks/t1/source.flac", "second version");

        // Then
        assertThat(text("tracks/t1/source.flac")).isEqualTo("second version");
        try (var local = store().fetch("tracks/t1/source.flac")) {
            assertThat(local.path()).hasContent("second version");
            assertThat(local.path().toString()).endsWith(".flac");
        }
        assertThat(store().size("tracks/t1/source.flac")).isEqualTo(14);
        assertThat(store().exists("tracks/t1/source.flac")).isTrue();
        assertThat(store().contentType("tracks/t1/source.flac")).isEqualTo("audio/flac");
        assertThat(unfinished()).isEmptyDirectory();
    }

    @Test
    void aFileIsCopiedAndStaysWhereItIs() throws Exception {
        // Given
        Path file = Files.writeString(files.resolve("song.wav"), "sound");

        // When
        store().put("tracks/t1/source.wav", file);

        // Then
        assertThat(text("tracks/t1/source.wav")).isEqualTo("sound");
        assertThat(file).hasContent("sound");
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        // Given
        Path file = files.resolve("nowhere.wav");

        // When
        assertThatThrownBy(() -> store().put("tracks/t1/source.wav", file))

                // Then
                .isInstanceOf(StoreException.class)
                .hasMessageStartingWith("tracks/t1/source.wav: cannot be stored, " + file + " is not readable");
    }

    @Test
    void severalFilesBecomeObjectsAtOnce() throws Exception {
        // Given
        put("separations/s1/bass.wav", "older");
        List<String> keys =
                List.of("separations/s1/bass.wav", "separations/s1/peaks/bass.peaks", "separations/s2/bass.wav");
        var uploads = new ArrayList<ObjectStore.Upload>();
        for (String key : keys) {
            ObjectStore.Upload upload = store().begin(key);
            Files.writeString(upload.path(), "content of " + key);
            uploads.add(upload);
        }

        // When
        store().commitAll(uploads);

        // Then
        uploads.forEach(ObjectStore.Upload::close);
        assertThat(keys).allSatisfy(key -> assertThat(text(key)).isEqualTo("content of " + key));
        assertThat(unfinished()).isEmptyDirectory();
    }

    @Test
    void anObjectMayBeEmpty() {
        // When
        put("a/empty.txt", "");

        // Then
        assertThat(store().size("a/empty.txt")).isZero();
        assertThat(text("a/empty.txt")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tracks/Motörhead – Ace of Spades.wav",
                "tracks/日本語/歌.flac",
                "tracks/50% off + more & less?.wav",
                "tracks/a  b/c~d#e=f;g.wav",
                "tracks/e\u0301 decomposed.wav",
                "tracks/no ending"
            })
    void aKeyMayHaveAnyLetterInIt(String key) {
        // When
        put(key, key);

        // Then
        assertThat(text(key)).isEqualTo(key);
        assertThat(store().exists(key)).isTrue();
        assertThat(keys("tracks/")).containsExactly(key);
        assertThat(keys(key)).containsExactly(key);
        try (var local = store().fetch(key)) {
            assertThat(local.path()).hasContent(key);
        }
    }

    @Test
    void anObjectThatIsBeingWrittenIsNotThereUntilItIsCommitted() throws Exception {
        // Given
        put("stems/vocals.wav", "old");
        try (var upload = store().begin("stems/vocals.wav")) {
            assertThat(upload.path()).isEmptyFile();
            assertThat(upload.path().toString()).endsWith(".wav");
            Files.writeString(upload.path(), "new");
            assertThat(text("stems/vocals.wav")).isEqualTo("old");

            // When
            upload.commit();
        }

        // Then
        assertThat(text("stems/vocals.wav")).isEqualTo("new");
        assertThat(unfinished()).isEmptyDirectory();
    }

    @Test
    void anUploadThatIsClosedWithoutCommitLeavesNothing() throws Exception {
        // Given
        try (var upload = store().begin("stems/vocals.wav")) {

            // When
            Files.writeString(upload.path(), "half");
        }

        // Then
        assertThat(store().exists("stems/vocals.wav")).isFalse();
        assertThat(keys("")).isEmpty();
        assertThat(unfinished()).isEmptyDirectory();
    }

    @Test
    void aStreamThatBreaksOffLeavesTheOldObject() {
        // Given
        put("stems/vocals.wav", "old");
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("connection reset");
            }
        };

        // When
        assertThatThrownBy(() -> store().put("stems/vocals.wav", broken))

                // Then
                .isInstanceOf(StoreException.class)
                .hasMessage("stems/vocals.wav: cannot be stored (connection reset)");
        assertThat(text("stems/vocals.wav")).isEqualTo("old");
        assertThat(unfinished()).isEmptyDirectory();
    }

    @Test
    void ofManyWhoWriteOneKeyOneIsThereAsAWhole() throws Exception {
        // Given
        int writers = 8;
        int bytes = 200_000;

        // When
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var writing = new ArrayList<Future<?>>();
            IntStream.range(0, writers)
                    .forEach(writer -> writing.add(threads.submit(() -> {
                        byte[] content = new byte[bytes + writer];
                        Arrays.fill(content, (byte) writer);
                        store().put("stems/vocals.wav", new ByteArrayInputStream(content));
                    })));
            for (Future<?> one : writing) {
                one.get();
            }
        }

        // Then
        try (InputStream content = store().get("stems/vocals.wav")) {
            byte[] written = content.readAllBytes();
            int writer = written[0];
            assertThat(written).hasSize(bytes + writer).containsOnly(writer);
        }
    }

    @Test
    void keysAreListedByPrefixWhereverItEnds() {
        // Given
        for (String key :
                List.of("separations/ab1/vocals.wav", "separations/ab2/drums.wav", "separations/b/x.wav", "a")) {
            put(key, key);
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
        put("a/b", "x");

        // When
        store().delete("a/b");
        store().delete("a/b");

        // Then
        assertThat(store().exists("a/b")).isFalse();
        assertThat(keys("")).isEmpty();
    }

    @Test
    void anObjectThatIsNotThereIsMissingHoweverItIsReadAndNothingStaysBehind() {
        // Given
        String missing = "a/b: there is no such object in " + storeName();

        // When
        assertThatThrownBy(() -> store().get("a/b"))

                // Then
                .isInstanceOf(MissingObjectException.class)
                .hasMessage(missing);
        assertThatThrownBy(() -> store().fetch("a/b"))
                .isInstanceOf(MissingObjectException.class)
                .hasMessage(missing);
        assertThatThrownBy(() -> store().size("a/b"))
                .isInstanceOf(MissingObjectException.class)
                .hasMessage(missing);
        assertThat(unfinished()).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "/a", "a//b", "a/", "..", "a/../b", "./a", "a\\b", "a/.hidden", ".unfinished/x", "a\u0000b"})
    void aKeyThatLeadsElsewhereIsRefused(String key) {
        // Given
        InputStream content = bytes("x");

        // When
        assertThatThrownBy(() -> store().put(key, content))

                // Then
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("is not an object's key");
        assertThatThrownBy(() -> store().exists(key)).isInstanceOf(StoreException.class);
        assertThatThrownBy(() -> store().get(key)).isInstanceOf(StoreException.class);
        assertThatThrownBy(() -> store().delete(key)).isInstanceOf(StoreException.class);
    }

    /** Stores a text. */
    protected final void put(String key, String text) {
        store().put(key, bytes(text));
    }

    /** Reads a text. */
    protected final String text(String key) {
        try (InputStream content = store().get(key)) {
            return new String(content.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Lists the keys with a prefix. */
    protected final List<String> keys(String prefix) {
        try (var keys = store().list(prefix)) {
            return keys.toList();
        }
    }

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(UTF_8));
    }
}
