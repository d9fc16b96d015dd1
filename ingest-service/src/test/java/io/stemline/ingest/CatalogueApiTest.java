package io.stemline.ingest;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.stemline.audio.AudioBuffer;
import io.stemline.audio.AudioFiles;
import io.stemline.audio.AudioFormat;
import io.stemline.audio.Encoding;
import io.stemline.events.AudioReady;
import io.stemline.events.Topics;
import io.stemline.pipeline.Broker;
import io.stemline.pipeline.deadletters.DeadLetter;
import io.stemline.pipeline.deadletters.DeadLetterTopics;
import io.stemline.pipeline.events.EventReader;
import io.stemline.pipeline.store.ObjectStore;
import io.stemline.service.testing.Backends;
import io.stemline.service.testing.Topic;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(Backends.class)
class CatalogueApiTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Inject
    Broker broker;

    @Inject
    ObjectStore store;

    @Inject
    DeadLetterTopics deadLetters;

    @Inject
    Jdbi database;

    @TempDir
    Path folder;

    @Test
    void aFolderBecomesABatchWhoseTracksAreStoredAndAnnounced() {
        // Given
        noise("b.wav", 1, 8000);
        noise("a name with spaces 🎵.flac", 2, 4000, Encoding.FLAC_16);

        // When
        String batchId = submit(folder);

        // Then
        awaitState(batchId, "QUEUED", 2);
        items(batchId).body("name", equalTo(List.of("a name with spaces 🎵", "b")));
        AudioReady ready = audioReady(batchId + "-1");
        assertThat(ready.audio()).isEqualTo(new AudioReady.Audio("wav", 8000, 1, 8000));
        assertThat(store.size(ready.object()))
                .isEqualTo(folder.resolve("b.wav").toFile().length());
    }

    @Test
    void twoFilesOfTheSameContentAreOneTrack() throws IOException {
        // Given
        noise("one.wav", 3, 500);
        Files.copy(folder.resolve("one.wav"), folder.resolve("two.wav"));

        // When
        String batchId = submit(folder);

        // Then
        awaitState(batchId, "QUEUED", 2);
        List<String> tracks = items(batchId).extract().path("trackId");
        assertThat(tracks).hasSize(2);
        assertThat(tracks.get(0)).isEqualTo(tracks.get(1)).matches("[0-9a-f]{64}");
    }

    @Test
    void aMusdbFolderBringsItsReferences() {
        // Given
        noise("A Song/mixture.wav", 4, 900);
        noise("A Song/vocals.wav", 5, 900);

        // When
        String batchId = submit(folder);

        // Then
        awaitState(batchId, "QUEUED", 1);
        AudioReady ready = audioReady(batchId + "-0");
        assertThat(ready.name()).isEqualTo("A Song");
        assertThat(ready.references()).hasSize(1);
        assertThat(ready.references().getFirst().stem()).isEqualTo("vocals");
        assertThat(store.exists(ready.references().getFirst().object())).isTrue();
    }

    @Test
    void aNameThatIsNotKnownIsRefusedBeforeAnythingIsDone() {
        String detail = given().contentType("application/json")
                .body("{\"itemIds\": [\"20261121-114500-k3x9-0\"]}")
                .post("/api/catalogue/retry")
                .then()
                .statusCode(400)
                .extract()
                .path("detail");
        assertThat(detail).isEqualTo("the body has \"itemIds\", which means nothing here; there are: items");
    }

    @Test
    void whatIsNoAudioFailsWithASentenceAndTheRestGoesOn() throws IOException {
        // Given
        noise("good.wav", 6, 700);
        Files.writeString(folder.resolve("text.mp3"), "this is not audio, whatever its name says");
        Files.createFile(folder.resolve("empty.wav"));

        // When
        String batchId = submit(folder);

        // Then
        awaitState(batchId, "QUEUED", 1);
        awaitState(batchId, "FAILED", 2);
        List<String> reasons = given().queryParam("state", "FAILED")
                .get("/api/batches/{id}/items", batchId)
                .then()
                .statusCode(200)
                .extract()
                .path("reason");
        assertThat(reasons.get(0)).startsWith("empty.wav: ");
        assertThat(reasons.get(1)).startsWith("text.mp3: ");
    }

    @Test
    void whatIsBeyondALimitOfDecodingFailsWithTheNameOfTheSetting() {
        // Given
        Path slow = folder.resolve("slow.wav");
        AudioFiles.write(slow, AudioBuffer.silence(new AudioFormat(500, 1), 1000), Encoding.WAV_16);

        // When
        String batchId = submit(slow);

        // Then
        awaitState(batchId, "FAILED", 1);
        items(batchId)
                .body(
                        "[0].reason",
                        is(
                                "slow.wav: 500 Hz is less than the 1000 Hz that are read (stemline.decoding.lowest-sample-rate-hz)"));
    }

    @Test
    void aFileThatDoesNotExistFailsByName() {
        // Given
        Path missing = folder.resolve("missing.wav");

        // When
        String batchId = submit(missing);

        // Then
        awaitState(batchId, "FAILED", 1);
        items(batchId).body("[0].reason", containsString("missing.wav"));
    }

    @Test
    void aFolderWithoutAudioIsRefused() {
        // Given, When
        ValidatableResponse response = given().contentType("application/json")
                .body(Map.of("paths", List.of(folder.toString())))
                .post("/api/batches")
                .then();

        // Then
        response.statusCode(422)
                .contentType("application/problem+json")
                .body("type", equalTo("urn:stemline:problem:nothing-to-separate"))
                .body("detail", equalTo(folder + ": there is no audio in it"));
    }

    @Test
    void aManifestBringsItsTags() {
        // Given
        noise("x.wav", 7, 600);
        String csv = "path,title,artist\n%s,My Title,Me\nrelative.wav,,\n".formatted(folder.resolve("x.wav"));

        // When
        String batchId = submitManifest("text/csv", csv);

        // Then
        awaitState(batchId, "QUEUED", 1);
        AudioReady ready = audioReady(batchId + "-0");
        assertThat(ready.tags().title()).contains("My Title");
        assertThat(ready.tags().artist()).contains("Me");
        items(batchId).body("[1].reason", equalTo("line 3 of the manifest: the path 'relative.wav' is not absolute"));
    }

    @Test
    void aManifestWithCharactersThatNoNameHasFailsNowhereElse() {
        // Given
        noise("named.wav", 22, 600);
        String lines = """
                {"path": "%s", "title": "A\\u0000B"}
                {"path": "/music/\\u0000.wav"}
                \0
                """.formatted(folder.resolve("named.wav"));

        // When
        String batchId = submitManifest("application/x-ndjson", lines);

        // Then
        awaitState(batchId, "QUEUED", 1);
        assertThat(audioReady(batchId + "-0").tags().title()).contains("A\uFFFDB");
        items(batchId)
                .body("[1].reason", equalTo("line 2 of the manifest: has a path that no file can have"))
                .body("[1].path", equalTo("/music/\uFFFD.wav"))
                .body("[2].reason", equalTo("line 3 of the manifest: is not JSON"));
    }

    @Test
    void anUploadIsStoredAndForgotten() throws IOException {
        // Given
        Path file = noise("upload.wav", 8, 650);

        // When
        String batchId = given().contentType("application/octet-stream")
                .body(Files.readAllBytes(file))
                .queryParam("name", "upload.wav")
                .post("/api/batches/upload")
                .then()
                .statusCode(201)
                .extract()
                .path("batchId");

        // Then
        awaitState(batchId, "QUEUED", 1);
        String path = items(batchId).extract().path("[0].path");
        await().atMost(PATIENCE).until(() -> !Files.exists(Path.of(path)));
        assertThat(store.size(audioReady(batchId + "-0").object())).isEqualTo(Files.size(file));
    }

    @Test
    void aDeadLetterMarksItsEntryAndCanBeSentThroughAgain() throws InterruptedException {
        // Given
        noise("y.wav", 9, 640);
        String batchId = submit(folder);
        awaitState(batchId, "QUEUED", 1);
        ConsumerRecord<String, byte[]> record = recordOf(batchId + "-0");
        var failure = new DeadLetter.Failure(
                "no model 'x'; there are: y", "separator-service", 1, "java.lang.Exception", "stack", Instant.now());

        // When
        deadLetters.write(DeadLetter.about(record, failure));

        // Then
        awaitState(batchId, "FAILED", 1);
        items(batchId).body("[0].reason", equalTo("no model 'x'; there are: y"));
        String id = given().get("/api/dead-letters")
                .then()
                .statusCode(200)
                .extract()
                .path("find { it.itemId == '%s-0' }.id".formatted(batchId));

        // When
        given().post("/api/dead-letters/{id}/retry", id).then().statusCode(200);

        // Then
        awaitState(batchId, "QUEUED", 1);
        ConsumerRecord<String, byte[]> again = Topic.await(
                broker,
                Topics.AUDIO_READY,
                PATIENCE,
                other -> other.offset() > record.offset() && other.key().equals(record.key()));
        assertThat(again.value()).isEqualTo(record.value());
    }

    @Test
    void aDeadLetterWithCharactersThatTheDatabaseHasNotIsShownAsAnyOther() throws InterruptedException {
        // Given
        var record = new ConsumerRecord<>(Topics.AUDIO_READY, 0, 1_000_000_007L, "key \0", "\0".getBytes(UTF_8));
        record.headers().add("ce_id", "event \0".getBytes(UTF_8));
        record.headers().add("header \0", new byte[] {0});
        var failure = new DeadLetter.Failure("not \0 JSON", "separator-service", 1, "E\0", "stack \0", Instant.now());

        // When
        deadLetters.write(DeadLetter.about(record, failure));

        // Then
        await().atMost(PATIENCE)
                .untilAsserted(() -> given().get("/api/dead-letters")
                        .then()
                        .statusCode(200)
                        .body("reason", hasItem("not \uFFFD JSON"))
                        .body("eventId", hasItem("event \uFFFD")));
    }

    @Test
    void aDeadLetterAboutAnEntryThatIsDoneLeavesItDone() throws InterruptedException {
        // Given
        noise("late.wav", 21, 640);
        String batchId = submit(folder);
        awaitState(batchId, "QUEUED", 1);
        database.useHandle(handle -> handle.createUpdate("update batch_item set state = 'DONE' where batch_id = :id")
                .bind("id", batchId)
                .execute());
        var failure = new DeadLetter.Failure(
                "delivered too often", "separator-service", 10, "java.lang.Exception", "stack", Instant.now());

        // When
        deadLetters.write(DeadLetter.about(recordOf(batchId + "-0"), failure));

        // Then
        await().atMost(PATIENCE)
                .untilAsserted(() -> given().get("/api/dead-letters")
                        .then()
                        .statusCode(200)
                        .body("itemId", hasItem(batchId + "-0")));
        awaitState(batchId, "DONE", 1);
    }

    @Test
    void whatIsNotThereIsSaidToBeMissing() {
        // Given, When, Then
        given().get("/api/batches/none").then().statusCode(404).body("detail", equalTo("there is no batch 'none'"));
        given().get("/api/tracks/none").then().statusCode(404).body("detail", equalTo("there is no track 'none'"));
        given().get("/api/dead-letters/none").then().statusCode(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/batches/%00",
                "/api/reports/batches/%00.json",
                "/api/tracks/%00",
                "/api/separations/%00/stems/vocals",
                "/api/dead-letters/%00",
                "/api/datasets/%00?x=1",
                "/api/catalogue?text=a%00b",
                "/api/reports/datasets/%00.json"
            })
    void anAddressWithACharacterThatNoNameHasIsRefused(String path) {
        // Given, When, Then
        given().urlEncodingEnabled(false)
                .get(path)
                .then()
                .statusCode(400)
                .body("detail", equalTo("the address has %00 in it, a character that no name has"));
    }

    @Test
    void anUnknownEncodingIsRefusedWithTheChoice() {
        // Given, When, Then
        given().contentType("application/json")
                .body(Map.of("paths", List.of("/x"), "encoding", "wma"))
                .post("/api/batches")
                .then()
                .statusCode(400)
                .body("detail", containsString("'wma' is not one of aac, flac-16"));
    }

    @Test
    void theApiDescribesItself() {
        // Given, When, Then
        given().accept("application/json")
                .get("/api/openapi?format=json")
                .then()
                .statusCode(200)
                .body(
                        "paths.'/api/batches'.post.summary",
                        equalTo("Submit audio files and folders that this machine can read"));
        given().get("/q/health/ready").then().statusCode(200).body("checks", hasSize(2));
    }

    @Test
    void theMetricsTellWhatWaitsAndWhatFailed() {
        // Given, When, Then
        await().atMost(PATIENCE)
                .untilAsserted(() -> given().get("/q/metrics")
                        .then()
                        .statusCode(200)
                        .body(containsString("stemline_entries_oldest_seconds"))
                        .body(containsString("stemline_dead_letters_open"))
                        .body(containsString("stemline_checks_failing_share")));
    }

    private String submit(Path path) {
        return given().contentType("application/json")
                .body(Map.of("paths", List.of(path.toString())))
                .post("/api/batches")
                .then()
                .statusCode(201)
                .extract()
                .path("batchId");
    }

    private static String submitManifest(String contentType, String text) {
        return given().contentType(contentType)
                .body(text.getBytes(UTF_8))
                .post("/api/batches/manifest")
                .then()
                .statusCode(201)
                .extract()
                .path("batchId");
    }

    private static void awaitState(String batchId, String state, int entries) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> given().get("/api/batches/{id}", batchId)
                        .then()
                        .statusCode(200)
                        .body("states." + state, equalTo(entries)));
    }

    private static ValidatableResponse items(String batchId) {
        return given().get("/api/batches/{id}/items", batchId).then().statusCode(200);
    }

    private AudioReady audioReady(String itemId) {
        return EventReader.read(recordOf(itemId), AudioReady.class).event();
    }

    private ConsumerRecord<String, byte[]> recordOf(String itemId) {
        return Topic.await(
                broker,
                Topics.AUDIO_READY,
                PATIENCE,
                record -> EventReader.read(record, AudioReady.class)
                        .event()
                        .origin()
                        .map(origin -> origin.itemId())
                        .equals(Optional.of(itemId)));
    }

    private Path noise(String name, long seed, int lengthFrames) {
        return noise(name, seed, lengthFrames, Encoding.WAV_16);
    }

    private Path noise(String name, long seed, int lengthFrames, Encoding encoding) {
        var random = new Random(seed);
        var samples = new float[1][lengthFrames];
        for (int i = 0; i < lengthFrames; i++) {
            samples[0][i] = (float) (0.1 * random.nextGaussian());
        }
        Path file = folder.resolve(name);
        try {
            Files.createDirectories(file.getParent());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        AudioFiles.write(file, new AudioBuffer(new AudioFormat(8000, 1), samples), encoding);
        return file;
    }
}
