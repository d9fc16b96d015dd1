package io.stemline.s3;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stemline.pipeline.store.MissingObjectException;
import io.stemline.pipeline.store.ObjectStore;
import io.stemline.pipeline.store.ObjectStoreContract;
import io.stemline.pipeline.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.MultipartUpload;

final class S3ObjectStoreTest extends ObjectStoreContract {
    private static final String BUCKET = "music";
    private static final int PART_BYTES = 5 << 20;
    private static final int LARGE_BYTES = 12 << 20;

    /** What the wires look for. */
    private static final String MARK = "the mark that the wire looks for ";

    @TempDir
    private Path directory;

    private S3Server server;
    private S3ObjectStore store;

    @BeforeEach
    void open() throws Exception {
        server = S3Server.start(buckets(), BUCKET);
        store = storeAt(server.port());
    }

    @AfterEach
    void close() throws Exception {
        store.close();
        server.close();
    }

    @Override
    protected ObjectStore store() {
        return store;
    }

    @Override
    protected String storeName() {
        return "s3://music/catalogue/";
    }

    @Override
    protected Path unfinished() {
        return directory.resolve("scratch/.unfinished");
    }

    @Test
    void aLargeObjectIsSentInPartsAndComesBackTheSame() throws Exception {
        // Given
        byte[] sound = large();
        Path file = Files.write(directory.resolve("sound.wav"), sound);

        // When
        try (Wire wire = Wire.to(server.port(), bytes -> bytes);
                S3ObjectStore watched = storeAt(wire.port())) {
            watched.put("tracks/t1/source.wav", file);

            // Then
            assertThat(wire.sent()).contains("partNumber=1", "partNumber=2", "partNumber=3");
            assertThat(wire.sent()).doesNotContain("partNumber=4");
        }
        assertThat(store.size("tracks/t1/source.wav")).isEqualTo(LARGE_BYTES);
        try (InputStream content = store.get("tracks/t1/source.wav")) {
            assertThat(content.readAllBytes()).isEqualTo(sound);
        }
        try (var local = store.fetch("tracks/t1/source.wav")) {
            assertThat(local.path()).hasBinaryContent(sound);
        }
        assertThat(openUploads()).isEmpty();
    }

    @Test
    void aPartThatDoesNotGetThroughLeavesTheOldObjectAndNoParts() throws Exception {
        // Given
        put("tracks/t1/source.wav", "old");
        byte[] sound = large();
        mark(sound, PART_BYTES + 1000);
        Path file = Files.write(directory.resolve("sound.wav"), sound);

        // When
        try (Wire wire = Wire.to(server.port(), S3ObjectStoreTest::cutAtTheMark);
                S3ObjectStore broken = storeAt(wire.port())) {
            assertThatThrownBy(() -> broken.put("tracks/t1/source.wav", file))

                    // Then
                    .isInstanceOf(StoreException.class)
                    .hasMessageStartingWith(
                            "tracks/t1/source.wav: cannot be stored (s3://music/catalogue/: Unable to execute");
        }
        assertThat(text("tracks/t1/source.wav")).isEqualTo("old");
        assertThat(openUploads()).isEmpty();
    }

    @Test
    void aThreadThatIsInterruptedStopsSendingAndLeavesNoParts() throws Exception {
        // Given
        byte[] sound = large();
        mark(sound, PART_BYTES + 1000);
        Path file = Files.write(directory.resolve("sound.wav"), sound);
        var stalled = new CountDownLatch(1);
        var never = new CountDownLatch(1);
        var failure = new CompletableFuture<Throwable>();

        // When
        try (Wire wire = Wire.to(server.port(), bytes -> stallAtTheMark(bytes, stalled, never));
                S3ObjectStore slow = storeAt(wire.port())) {
            Thread sender = Thread.ofVirtual().start(() -> {
                try {
                    slow.put("tracks/t1/source.wav", file);
                    failure.complete(new AssertionError("it was stored"));
                } catch (StoreException e) {
                    failure.complete(Thread.currentThread().isInterrupted() ? e : new AssertionError("forgotten", e));
                }
            });
            assertThat(stalled.await(20, TimeUnit.SECONDS)).isTrue();
            sender.interrupt();

            // Then
            assertThat(failure.get(10, TimeUnit.SECONDS))
                    .hasMessage("tracks/t1/source.wav: cannot be stored (interrupted while it was sent)");
        }
        assertThat(store.exists("tracks/t1/source.wav")).isFalse();
        assertThat(openUploads()).isEmpty();
    }

    @Test
    void everyRequestThatStoresCarriesAChecksum() throws Exception {
        // Given
        Path large = Files.write(directory.resolve("large.wav"), large());
        Path small = Files.writeString(directory.resolve("small.wav"), "sound");

        // When
        try (Wire wire = Wire.to(server.port(), bytes -> bytes);
                S3ObjectStore watched = storeAt(wire.port())) {
            watched.put("large.wav", large);
            watched.put("small.wav", small);

            // Then
            assertThat(occurrences("PUT /music/", wire.sent())).isEqualTo(4);
            assertThat(occurrences("(?i)x-amz-trailer: *x-amz-checksum-crc32", wire.sent()))
                    .isEqualTo(4);
        }
    }

    @Test
    void bytesThatChangeOnTheirWayAreRefused() throws Exception {
        // Given
        Path file = Files.writeString(directory.resolve("sound.wav"), MARK.repeat(100));

        // When
        try (Wire wire = Wire.to(server.port(), S3ObjectStoreTest::changeTheMark);
                S3ObjectStore noisy = storeAt(wire.port())) {
            assertThatThrownBy(() -> noisy.put("tracks/t1/source.wav", file))

                    // Then
                    .isInstanceOf(StoreException.class)
                    .hasMessageStartingWith("tracks/t1/source.wav: cannot be stored (s3://music/catalogue/: ");
        }
        assertThat(store.exists("tracks/t1/source.wav")).isFalse();
    }

    @Test
    void anObjectThatDoesNotFitItsChecksumIsNoticedWhenItIsRead() throws Exception {
        // Given
        put("tracks/t1/source.wav", "sound");

        // When
        try (Wire wire = Wire.to(server.port(), bytes -> bytes, S3ObjectStoreTest::withAnotherChecksum);
                S3ObjectStore noisy = storeAt(wire.port())) {
            assertThatThrownBy(() -> noisy.fetch("tracks/t1/source.wav"))

                    // Then
                    .isInstanceOf(StoreException.class)
                    .hasMessageStartingWith("tracks/t1/source.wav: cannot be read (s3://music/catalogue/: ")
                    .hasMessageContaining("checksum");
            assertThatThrownBy(() -> {
                        try (InputStream content = noisy.get("tracks/t1/source.wav")) {
                            content.readAllBytes();
                        }
                    })
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("checksum");
        }
        assertThat(unfinished()).isEmptyDirectory();
    }

    @Test
    void aServerThatIsAwayIsSaidAndWhenItIsBackWorkGoesOn() throws Exception {
        // Given
        put("stems/vocals.wav", "old");
        int port = server.port();
        server.close();

        // When
        assertThatThrownBy(() -> put("stems/vocals.wav", "new"))

                // Then
                .isInstanceOf(StoreException.class)
                .hasMessageStartingWith("stems/vocals.wav: cannot be stored (s3://music/catalogue/: ")
                .hasMessageContaining("Connection refused");
        assertThatThrownBy(() -> store.exists("stems/vocals.wav"))
                .isInstanceOf(StoreException.class)
                .hasMessageStartingWith("stems/vocals.wav: cannot be looked for (s3://music/catalogue/: ");
        assertThatThrownBy(() -> store.fetch("stems/vocals.wav"))
                .isInstanceOf(StoreException.class)
                .isNotInstanceOf(MissingObjectException.class);
        assertThatThrownBy(() -> store.list("stems/")).isInstanceOf(StoreException.class);
        assertThat(unfinished()).isEmptyDirectory();

        server = S3Server.start(buckets(), port, S3Server.SECRET);
        put("stems/vocals.wav", "new");
        assertThat(text("stems/vocals.wav")).isEqualTo("new");
    }

    @Test
    void keysThatAreNotTakenAnyMoreAreSaid() throws Exception {
        // Given
        put("stems/vocals.wav", "old");
        int port = server.port();
        server.close();
        server = S3Server.start(buckets(), port, "another secret");

        // When
        assertThatThrownBy(() -> put("stems/vocals.wav", "new"))

                // Then
                .isInstanceOf(StoreException.class)
                .hasMessage("stems/vocals.wav: cannot be stored"
                        + " (s3://music/catalogue/: SignatureDoesNotMatch, status 403)");
    }

    @Test
    void wrongKeysDoNotOpenAStore() {
        // When
        assertThatThrownBy(() -> S3ObjectStore.open(settings(server.port()), S3Server.keys("wrong")))

                // Then
                .isInstanceOf(StoreException.class)
                .hasMessage("the object store s3://music/catalogue/ cannot be opened"
                        + " (the keys in use are wrong, or may not list it)");
    }

    @Test
    void aBucketThatIsNotThereIsNotMade() {
        // Given
        S3Settings elsewhere = S3Settings.of("nowhere", "us-east-1", directory.resolve("scratch"))
                .withEndpoint(server.address())
                .withPathStyle(true);

        // When
        assertThatThrownBy(() -> S3ObjectStore.open(elsewhere, S3Server.keys(S3Server.SECRET)))

                // Then
                .isInstanceOf(StoreException.class)
                .hasMessage("the object store s3://nowhere/ cannot be opened (there is no such bucket)");
    }

    @Test
    void aBucketThatGoesAwayIsNotTakenForAMissingObject() throws Exception {
        // Given
        Files.delete(buckets().resolve(BUCKET));

        // When
        assertThatThrownBy(() -> store.fetch("stems/vocals.wav"))

                // Then
                .isInstanceOf(StoreException.class)
                .isNotInstanceOf(MissingObjectException.class)
                .hasMessage("stems/vocals.wav: cannot be read (s3://music/catalogue/: NoSuchBucket, status 404)");
        assertThatThrownBy(() -> put("stems/vocals.wav", "x"))
                .isNotInstanceOf(MissingObjectException.class)
                .hasMessage("stems/vocals.wav: cannot be stored (s3://music/catalogue/: NoSuchBucket, status 404)");
    }

    @Test
    void moreKeysThanAPageHoldsAreAllListed() throws Exception {
        // Given
        Path folder = Files.createDirectories(object("many"));
        for (int i = 0; i < 1003; i++) {
            Files.createFile(folder.resolve("%04d".formatted(i)));
        }

        // When
        List<String> listed = keys("many/");

        // Then
        assertThat(listed)
                .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 1003)
                        .mapToObj("many/%04d"::formatted)
                        .toList());
    }

    @Test
    void anotherPrefixIsAnotherStore() {
        // Given
        put("stems/vocals.wav", "x");

        // When
        try (S3ObjectStore other =
                S3ObjectStore.open(settings(server.port()).withPrefix("other/"), S3Server.keys(S3Server.SECRET))) {

            // Then
            assertThat(other.exists("stems/vocals.wav")).isFalse();
            assertThat(other.list("")).isEmpty();
        }
    }

    @Test
    void aFetchedObjectIsRemovedWhenItIsClosed() {
        // Given
        put("stems/vocals.wav", "x");

        // When
        try (var local = store.fetch("stems/vocals.wav")) {
            assertThat(unfinished()).isDirectoryContaining(local.path()::equals);
        }

        // Then
        assertThat(unfinished()).isEmptyDirectory();
    }

    @Test
    void whatACrashLeftInTheScratchFolderIsRemovedADayLater() throws Exception {
        // Given
        Path abandoned = Files.writeString(unfinished().resolve("old.wav"), "x");
        Files.setLastModifiedTime(abandoned, FileTime.from(Instant.now().minus(Duration.ofHours(25))));
        Path running = Files.writeString(unfinished().resolve("new.wav"), "x");

        // When
        storeAt(server.port()).close();

        // Then
        assertThat(abandoned).doesNotExist();
        assertThat(running).exists();
    }

    private Path buckets() {
        return directory.resolve("buckets");
    }

    /** Where the server keeps an object. */
    private Path object(String key) {
        return buckets().resolve(BUCKET).resolve("catalogue").resolve(key);
    }

    private S3ObjectStore storeAt(int port) {
        return S3ObjectStore.open(settings(port), S3Server.keys(S3Server.SECRET));
    }

    private S3Settings settings(int port) {
        return S3Settings.of(BUCKET, "us-east-1", directory.resolve("scratch"))
                .withPrefix("catalogue/")
                .withEndpoint(S3Server.addressOf(port))
                .withPathStyle(true)
                .withPartBytes(PART_BYTES);
    }

    private List<MultipartUpload> openUploads() {
        try (S3Client client = server.client()) {
            return client.listMultipartUploads(request -> request.bucket(BUCKET))
                    .uploads();
        }
    }

    private static byte[] large() {
        byte[] sound = new byte[LARGE_BYTES];
        new Random(7).nextBytes(sound);
        return sound;
    }

    /** Writes the mark over and over, so that no border between two reads hides it. */
    private static void mark(byte[] sound, int at) {
        byte[] marks = MARK.repeat(10_000).getBytes(ISO_8859_1);
        System.arraycopy(marks, 0, sound, at, marks.length);
    }

    private static byte[] cutAtTheMark(byte[] sent) throws IOException {
        if (new String(sent, ISO_8859_1).contains(MARK)) {
            throw new IOException("the mark");
        }
        return sent;
    }

    private static byte[] stallAtTheMark(byte[] sent, CountDownLatch stalled, CountDownLatch never) throws IOException {
        if (new String(sent, ISO_8859_1).contains(MARK)) {
            stalled.countDown();
            try {
                never.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }
        return sent;
    }

    private static long occurrences(String pattern, String text) {
        return Pattern.compile(pattern).matcher(text).results().count();
    }

    private static byte[] changeTheMark(byte[] sent) {
        return new String(sent, ISO_8859_1).replace("mark", "bark").getBytes(ISO_8859_1);
    }

    /** This server tells no checksums of its own. */
    private static byte[] withAnotherChecksum(byte[] answer) {
        return new String(answer, ISO_8859_1)
                .replaceAll("(HTTP/1.1 200[^\\r]*\\r\\n)", "$1x-amz-checksum-crc32: AAAAAA==\r\n")
                .getBytes(ISO_8859_1);
    }
}
