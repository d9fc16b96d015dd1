package io.stemline.ingest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.stemline.audio.AudioBuffer;
import io.stemline.audio.AudioFiles;
import io.stemline.audio.AudioFormat;
import io.stemline.audio.Encoding;
import io.stemline.events.ModelPromoted;
import io.stemline.events.ReferencesReady;
import io.stemline.events.RetrainingRequested;
import io.stemline.events.Topics;
import io.stemline.pipeline.Broker;
import io.stemline.pipeline.deadletters.DeadLetter;
import io.stemline.pipeline.deadletters.DeadLetterTopics;
import io.stemline.pipeline.events.EventReader;
import io.stemline.pipeline.store.ObjectStore;
import io.stemline.service.testing.Backends;
import io.stemline.service.testing.Tables;
import io.stemline.service.testing.Topic;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.hamcrest.Matcher;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(Backends.class)
class LearningApiTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int SAMPLE_RATE_HZ = 8000;

    @Inject
    Broker broker;

    @Inject
    ObjectStore store;

    @Inject
    Jdbi database;

    @Inject
    DeadLetterTopics deadLetters;

    @TempDir
    Path folder;

    @BeforeEach
    void startWithNothing() {
        Tables.clear(
                database,
                "track",
                "split_key",
                "dataset",
                "batch",
                "retraining_request",
                "joined_request",
                "promotion",
                "slot",
                "model",
                "training_run",
                "trial");
    }

    @Test
    void referencesThatComeLaterAreStoredUnderTheirHashAndAnnounced() {
        // Given
        String trackId = trackOf(noise("song.wav", 1));
        noise("stems/vocals.wav", 2);
        noise("stems/drums.wav", 3);

        // When
        ValidatableResponse response =
                addReferences(trackId, Map.of("folder", folder.resolve("stems").toString()));

        // Then
        response.statusCode(200)
                .body("stems", equalTo(List.of("drums", "vocals")))
                .body("changed", equalTo(true))
                .body("split", equalTo("TRAIN"));
        ReferencesReady ready = referencesReady(trackId, 1).getLast();
        assertThat(ready.references()).hasSize(2).allSatisfy(reference -> {
            assertThat(reference.object())
                    .matches("tracks/%s/references/%s-[0-9a-f]{16}\\.wav".formatted(trackId, reference.stem()));
            assertThat(store.exists(reference.object())).isTrue();
        });
    }

    @Test
    void aCorrectedReferenceIsAnotherObjectAndTheSameAgainIsNoNews() {
        // Given
        String trackId = trackOf(noise("song.wav", 4));
        Map<String, Object> request = Map.of(
                "references",
                List.of(Map.of("stem", "vocals", "path", noise("v.wav", 5).toString())));
        addReferences(trackId, request);
        addReferences(trackId, request).statusCode(200).body("changed", equalTo(false));

        // When
        noise("v.wav", 6);
        addReferences(trackId, request).statusCode(200).body("changed", equalTo(true));

        // Then
        List<ReferencesReady> ready = referencesReady(trackId, 2);
        assertThat(ready).hasSize(2);
        assertThat(ready.getFirst().references().getFirst().object())
                .isNotEqualTo(ready.getLast().references().getFirst().object());
    }

    @Test
    void whatIsNoReferenceOfTheTrackIsRefusedByNameAndNothingIsTaken() throws IOException {
        // Given
        String trackId = trackOf(noise("song.wav", 7));
        noise("stems/vocals.wav", 8);
        write("stems/bass.wav", 9, SAMPLE_RATE_HZ, 2 * SAMPLE_RATE_HZ);
        write("stems/drums.wav", 10, 2 * SAMPLE_RATE_HZ, 2 * SAMPLE_RATE_HZ);
        Files.writeString(folder.resolve("stems/other.wav"), "no audio");

        // When
        ValidatableResponse response =
                addReferences(trackId, Map.of("folder", folder.resolve("stems").toString()));

        // Then
        response.statusCode(422)
                .body("detail", containsString("bass.wav: is 2.00 s long and its track 1.00 s"))
                .body("detail", containsString("drums.wav: has 16000 Hz and its track 8000 Hz"))
                .body("detail", containsString("other.wav: "))
                .body("detail", not(containsString("vocals.wav")));
        given().get("/api/tracks/{id}", trackId).then().body("references", empty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"mixture", "", "  ", "../../vocals", ".hidden", "a\\b", "<b>x</b>", "tab\tbed"})
    void aStemNeedsAName(String stem) {
        // Given
        String trackId = trackOf(noise("song.wav", 11));
        String path = noise("v.wav", 12).toString();

        // When
        ValidatableResponse response =
                addReferences(trackId, Map.of("references", List.of(Map.of("stem", stem, "path", path))));

        // Then
        response.statusCode(422).body("detail", containsString("cannot be the name of a stem"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"'; drop table track; --", "<img src=x onerror=alert(1)>", "100 % & more?", "שיר 🎵", "a+b#c"})
    void oddNamesAreNamesLikeAnyOther(String name) {
        // Given
        song("set/" + name + "/", 13);

        // When
        addDataset(name, folder.resolve("set")).statusCode(201);

        // Then
        awaitDone(name, 1);
        given().get("/api/datasets/{name}", name)
                .then()
                .statusCode(200)
                .body("dataset.name", equalTo(name))
                .body("tracks.name", equalTo(List.of(name)));
    }

    @Test
    void aDataSetKeepsToItsFoldersAndNamesWhatIsBroken() throws IOException {
        // Given
        song("set/train/One/", 20);
        song("set/train/Two/", 22);
        song("set/test/Three/", 24);
        song("set/train/Broken mixture/", 26);
        Files.writeString(folder.resolve("set/train/Broken mixture/mixture.wav"), "no audio");
        song("set/train/Broken stem/", 28);
        write("set/train/Broken stem/vocals.wav", 29, SAMPLE_RATE_HZ, SAMPLE_RATE_HZ / 2);
        noise("set/train/stray.wav", 30);

        // When
        addDataset("mine", folder.resolve("set")).statusCode(201).body("entries", equalTo(6));

        // Then
        awaitDone("mine", 3);
        ValidatableResponse dataset = given().get("/api/datasets/mine").then();
        dataset.body("dataset.splits", equalTo(Map.of("TRAIN", 2, "TEST", 1)))
                .body("tracks.name", equalTo(List.of("test/Three", "train/One", "train/Two")))
                .body("tracks.stems", equalTo(List.of(List.of("vocals"), List.of("vocals"), List.of("vocals"))))
                .body("refusals", hasSize(3))
                .body("refusals[0].reason", startsWith("mixture.wav: "))
                .body("refusals[1].reason", startsWith("vocals.wav: is 0.50 s long and its track 1.00 s"))
                .body("refusals[2].reason", startsWith("train/stray: there are no true stems beside it"));
        assertThat(count("select count(*) from outbox where topic = '" + Topics.AUDIO_READY + "'"))
                .isZero();
        assertThat(count("select count(*) from batch_item where state in ('QUEUED', 'RECEIVED')"))
                .isZero();
        given().get("/api/datasets").then().body("[0].refused", equalTo(3)).body("[0].hours", equalTo(3f / 3600));
    }

    @Test
    void spleetersTablesNameSplitsTagsAndTheLineThatIsWrong() throws IOException {
        // Given
        noise("audio/a.wav", 40);
        noise("audio/a-vocals.wav", 41);
        noise("audio/b.wav", 42);
        noise("audio/b-vocals.wav", 43);
        Path table = Files.writeString(
                folder.resolve("set_train.csv"),
                "mix_path,vocals_path,artist,duration\naudio/a.wav,audio/a-vocals.wav,Someone,1.0\n,x,,\naudio/b.wav,,,\n");
        Files.writeString(folder.resolve("set_test.csv"), "mix_path,vocals_path\naudio/b.wav,audio/b-vocals.wav\n");

        // When
        addDataset("table", table).statusCode(201).body("entries", equalTo(4));

        // Then
        awaitDone("table", 2);
        given().get("/api/datasets/table")
                .then()
                .body("dataset.splits", equalTo(Map.of("TRAIN", 1, "TEST", 1)))
                .body(
                        "refusals.reason.find { it.startsWith('line 3') }",
                        equalTo("line 3 of set_train.csv: has no 'mix_path'"))
                .body(
                        "refusals.reason.find { it.startsWith('line 4') }",
                        startsWith("line 4 of set_train.csv: names no true stems"));
    }

    @Test
    void noTrackArtistOrAlbumGetsIntoTwoSplitsHoweverItIsTried() throws IOException {
        // Given the same files in two data sets that mean them for different splits, and one artist under many names
        song("first/train/Song/", 50);
        song("second/test/Song again/", 50);
        Path table = Files.writeString(
                folder.resolve("tricks_train.csv"),
                "mix_path,vocals_path,artist,album\n" + tricks(60, "AC/DC", "Björk;Sting"));
        Files.writeString(
                folder.resolve("tricks_test.csv"),
                "mix_path,vocals_path,artist,album\n" + tricks(70, "ACDC", "bjork", "sting feat. Nobody"));

        // When
        addDataset("first", folder.resolve("first"));
        awaitDone("first", 1);
        addDataset("second", folder.resolve("second"));
        addDataset("tricks", table);
        awaitDone("second", 1);
        awaitDone("tricks", 5);

        // Then
        given().get("/api/datasets/second").then().body("tracks.split", equalTo(List.of("TRAIN")));
        given().get("/api/datasets/tricks")
                .then()
                .body("dataset.splits.values().sum()", equalTo(5))
                .body("dataset.splits.TEST", equalTo(null));
    }

    @Test
    void theSameMusicInAnotherFormatWithoutTagsStaysInItsSplit() {
        // Given
        song("first/test/Song/", 150);
        addDataset("first", folder.resolve("first"));
        awaitDone("first", 1);

        // When: the mixture alone is the same, the stems alone are, and neither is
        write("second/train/Other stems/mixture.flac", 150, Encoding.FLAC_16);
        noise("second/train/Other stems/vocals.wav", 152);
        noise("second/train/Other mixture/mixture.wav", 153);
        write("second/train/Other mixture/vocals.flac", 151, Encoding.FLAC_16);
        song("second/train/Another song/", 154);
        addDataset("second", folder.resolve("second"));

        // Then
        awaitDone("second", 3);
        given().get("/api/datasets/second")
                .then()
                .body(
                        "tracks.collectEntries { [it.name, it.split] }",
                        equalTo(Map.of(
                                "train/Another song", "TRAIN",
                                "train/Other mixture", "TEST",
                                "train/Other stems", "TEST")));
    }

    @Test
    void referencesThatComeLaterTieTheirTrackToTheSameMusic() {
        // Given
        song("first/test/Song/", 160);
        addDataset("first", folder.resolve("first"));
        awaitDone("first", 1);
        String trackId = trackOf(write("same.flac", 160, Encoding.FLAC_16));

        // When, Then
        addReferences(
                        trackId,
                        Map.of(
                                "references",
                                List.of(Map.of(
                                        "stem",
                                        "vocals",
                                        "path",
                                        noise("v.wav", 162).toString()))))
                .statusCode(200)
                .body("split", equalTo("TEST"));
    }

    @Test
    void namesAsThoseOfMusdbTellTheArtist() {
        // Given
        song("first/test/A Classic Education - NightOwl/", 170);
        addDataset("first", folder.resolve("first"));
        awaitDone("first", 1);

        // When
        song("second/train/A Classic Education - Wandering/", 172);
        addDataset("second", folder.resolve("second"));

        // Then
        awaitDone("second", 1);
        given().get("/api/datasets/second").then().body("tracks.split", equalTo(List.of("TEST")));
    }

    @Test
    void badDataSetsAreRefusedWithASentence() throws IOException {
        // Given
        Files.createDirectory(folder.resolve("empty"));

        // When, Then
        addDataset("x", folder.resolve("none"))
                .statusCode(422)
                .body("detail", equalTo(folder.resolve("none") + ": there is no such file or folder"));
        addDataset("x", folder.resolve("empty"))
                .statusCode(422)
                .body("detail", equalTo(folder.resolve("empty") + ": there are no tracks with true stems in it"));
        addDataset("a/b", folder).statusCode(400).body("detail", startsWith("'a/b' cannot be the name of a data set"));
        addDataset("x", Path.of("relative"))
                .statusCode(400)
                .body("detail", equalTo("relative: the path is not absolute"));
        given().get("/api/datasets/x").then().statusCode(404).body("detail", equalTo("there is no data set 'x'"));
    }

    @Test
    void anEntryOfABatchGoesOnWithoutAReferenceThatDoesNotFit() {
        // Given
        song("batch/Song/", 80);
        write("batch/Song/vocals.wav", 81, SAMPLE_RATE_HZ, SAMPLE_RATE_HZ / 2);

        // When
        String batchId = submit(folder.resolve("batch"));

        // Then
        awaitState(batchId, "QUEUED", 1);
        given().get("/api/batches/{id}/items", batchId)
                .then()
                .body("[0].warnings[0]", startsWith("not used as a reference: vocals.wav: is 0.50 s long"));
        assertThat(count("select count(*) from reference_stem")).isZero();
    }

    @Test
    void aPersonAsksOnceAndWhoeverAsksMeanwhileJoins() {
        // When
        String requestId = retrain(Map.of("reason", "it <b>hums</b>"))
                .statusCode(201)
                .body("joined", equalTo(false))
                .extract()
                .path("request.requestId");
        retrain(Map.of("reason", "still")).statusCode(201).body("joined", equalTo(true));

        // Then
        given().get("/api/retraining/requests")
                .then()
                .body("requestId", equalTo(List.of(requestId)))
                .body("[0].reason", equalTo("it <b>hums</b>"))
                .body("[0].modelId", equalTo("unet-1"))
                .body("[0].joined.reason", equalTo(List.of("still")));
        RetrainingRequested asked = EventReader.read(
                        Topic.await(
                                broker,
                                Topics.RETRAINING_REQUESTED,
                                PATIENCE,
                                record -> EventReader.read(record, RetrainingRequested.class)
                                        .event()
                                        .requestId()
                                        .equals(requestId)),
                        RetrainingRequested.class)
                .event();
        assertThat(asked.policy()).isEqualTo("person");
    }

    @Test
    void afterARequestAPersonHasToInsist() {
        // Given
        String requestId = retrain(Map.of()).extract().path("request.requestId");
        database.useHandle(handle -> handle.execute(
                "update retraining_request set closed_at = now(), outcome = 'refused' where request_id = ?",
                requestId));

        // When, Then
        retrain(Map.of())
                .statusCode(422)
                .body("type", equalTo("urn:stemline:problem:cooling-down"))
                .body("detail", startsWith("the last request was closed a short time ago"));
        retrain(Map.of("now", true)).statusCode(201).body("joined", equalTo(false));
    }

    @Test
    void aRequestThatTheTrainerGivesUpIsClosedWithTheReasonAndOpenedAgainWithItsLetter() throws InterruptedException {
        // Given
        String requestId = retrain(Map.of()).extract().path("request.requestId");
        ConsumerRecord<String, byte[]> record = Topic.await(
                broker, Topics.RETRAINING_REQUESTED, PATIENCE, asked -> new String(asked.value()).contains(requestId));
        run("run-1", requestId, "unet-2", trackOf(noise("song.wav", 180)));
        database.useHandle(handle -> handle.execute("update training_run set state = 'TRAINING'"));

        // When
        deadLetters.write(DeadLetter.about(
                record,
                new DeadLetter.Failure(
                        "out of memory", "trainer-service", 4, "java.lang.Error", "stack", Instant.now())));

        // Then
        String sentence = "given up at attempt 4: out of memory; ask again, or retry its dead letter";
        awaitOutcome(requestId, equalTo("FAILED: " + sentence));
        given().get("/api/retraining/runs/run-1")
                .then()
                .body("run.state", equalTo("FAILED"))
                .body("run.reason", equalTo(sentence));
        retrain(Map.of("now", true)).statusCode(201).body("joined", equalTo(false));

        // When: nobody has asked meanwhile
        database.useHandle(handle -> handle.execute("delete from retraining_request where request_id <> ?", requestId));
        String letter = given().get("/api/dead-letters")
                .path("find { it.service == 'trainer-service' && it.reason == 'out of memory' }.id");
        given().post("/api/dead-letters/{id}/retry", letter).then().statusCode(200);

        // Then
        awaitOutcome(requestId, nullValue());
        given().get("/api/retraining/runs/run-1").then().body("run.state", equalTo("PREPARING"));
    }

    private static void awaitOutcome(String requestId, Matcher<?> outcome) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> given().get("/api/retraining/requests/{id}", requestId)
                        .then()
                        .body("outcome", outcome));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/retraining/requests?limit=-1",
                "/api/retraining/runs?limit=-1",
                "/api/retraining/runs/none/tracks?limit=-2147483648",
                "/api/retraining/trials?limit=-1",
                "/api/models/unet-1/separations?limit=-1",
                "/api/batches?limit=-1",
                "/api/dead-letters?limit=-1",
                "/api/dead-letters?offset=-1"
            })
    void lessThanNothingCannotBeAskedFor(String address) {
        // Given
        register("unet-1", null, null);

        // When, Then
        given().urlEncodingEnabled(false)
                .get(address)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("detail", matchesPattern("(limit|offset) is -\\d+, and must be 0 or more"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"columns=-1", "columns=0", "from=-1", "from=9&to=3", "columns=2147483647"})
    void peaksThatCannotBeAreRefused(String asked) {
        // Given
        String trackId = trackOf(noise("song.wav", 190));

        // When, Then
        given().urlEncodingEnabled(false)
                .get("/api/tracks/%s/peaks?%s".formatted(trackId, asked))
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("detail", startsWith("a waveform has 1 to "));
    }

    @Test
    void aRunFromScratchSaysWhy() {
        // Given
        String requestId = retrain(Map.of()).extract().path("request.requestId");
        run("run-1", requestId, "unet-2", trackOf(noise("song.wav", 195)));
        given().get("/api/retraining/runs/run-1").then().body("run.fromScratch", nullValue());

        // When
        database.useHandle(handle -> handle.execute(
                "update training_run set configuration = configuration || '{\"fromScratch\": \"unet-1 is older\"}'"));

        // Then
        given().get("/api/retraining/runs/run-1")
                .then()
                .body("run.fromScratch", equalTo("unet-1 is older"))
                .body("run.configuration", equalTo(Map.of("epochs", 3)));
        lineage("run-1").body("generations.modelId", equalTo(List.of("unet-2")));
    }

    @Test
    void aModelIsPromotedRefusedAndTakenBackByHand() {
        // Given
        register("unet-1", null, null);
        register("unet-2", null, null);

        // When, Then
        decide("unet-2/promote", Map.of("reason", "better")).statusCode(200).body("previousModelId", equalTo("unet-1"));
        given().get("/api/models")
                .then()
                .body("active", equalTo("unet-2"))
                .body("models.findAll { it.active }.modelId", equalTo(List.of("unet-2")));
        ModelPromoted promoted = EventReader.read(
                        Topic.await(
                                broker,
                                Topics.MODEL_PROMOTED,
                                PATIENCE,
                                record -> new String(record.value()).contains("\"unet-2\"")),
                        ModelPromoted.class)
                .event();
        assertThat(promoted.reason()).isEqualTo("better");
        decide("unet-2/refuse", Map.of("reason", "no"))
                .statusCode(422)
                .body("detail", startsWith("model unet-2 is active"));
        decide("rollback", Map.of()).statusCode(200).body("modelId", equalTo("unet-1"));
        decide("unet-2/refuse", Map.of()).statusCode(400).body("detail", startsWith("say why"));
        decide("unet-2/refuse", Map.of("reason", "it hums"))
                .statusCode(200)
                .body("model.state", equalTo("REFUSED"))
                .body("promotions", hasSize(1));
        decide("none/promote", Map.of())
                .statusCode(422)
                .body("detail", startsWith("no model 'none' is registered; there are:"));
    }

    @Test
    void fromAStemTheWayLeadsToItsModelRunDataAndRequest() {
        // Given a model that was trained from the installed one, and a stem of it
        song("set/Song/", 90);
        addDataset("learned from", folder.resolve("set"));
        awaitDone("learned from", 1);
        String learned = given().get("/api/datasets/learned from").path("tracks[0].trackId");
        String requestId = retrain(Map.of("reason", "better please")).extract().path("request.requestId");
        register("unet-1", null, null);
        run("run-1", requestId, "unet-2", learned);
        register("unet-2", "unet-1", "run-1");
        String trackId = trackOf(noise("song.wav", 92));
        String stem = separation(trackId, "unet-2");

        // When, Then
        String separationId = stem.split("/")[1];
        lineage(stem)
                .body("kind", equalTo("STEM"))
                .body("separations[0].trackName", equalTo("song"))
                .body("generations.modelId", equalTo(List.of("unet-2", "unet-1")))
                .body("generations[0].run.data.datasets", equalTo(List.of("learned from")))
                .body("generations[0].run.data.trainingTracks", equalTo(1))
                .body("generations[0].request.reason", equalTo("better please"))
                .body("generations[0].separated.tracks", equalTo(1))
                .body("generations[1].run", equalTo(null));
        for (String id : List.of(separationId, trackId)) {
            lineage(id).body("generations.modelId", equalTo(List.of("unet-2", "unet-1")));
        }
        for (String id : List.of("unet-2", "run-1", requestId)) {
            lineage(id).body("generations[0].modelId", equalTo("unet-2")).body("separations", empty());
        }
        lineage(learned).body("kind", equalTo("TRACK")).body("learnedFromBy", equalTo(List.of("run-1")));
        given().get("/api/retraining/runs/run-1").then().body("points[0].validationDb", equalTo(3.5f));
        given().get("/api/lineage/{id}", "' or 1=1 --")
                .then()
                .statusCode(404)
                .body("detail", containsString("'' or 1=1 --'"));
    }

    private static ValidatableResponse lineage(String id) {
        return given().urlEncodingEnabled(false)
                .get("/api/lineage/" + id)
                .then()
                .statusCode(200);
    }

    private String tricks(int seed, String... artists) {
        var lines = new StringBuilder();
        for (int i = 0; i < artists.length; i++) {
            String name = "tricks/" + (seed + 2 * i);
            noise(name + ".wav", seed + 2 * i);
            noise(name + "-vocals.wav", seed + 2 * i + 1);
            lines.append("%s.wav,%s-vocals.wav,%s,\n".formatted(name, name, artists[i]));
        }
        return lines.toString();
    }

    private void register(String modelId, String parent, String runId) {
        database.useHandle(handle -> handle.execute(
                """
                insert into model (model_id, package_prefix, weights_sha256, parent_model_id, run_id, state)
                values (?, ?, ?, ?, ?, ?)
                """,
                modelId,
                "models/" + modelId + "/",
                "a".repeat(64),
                parent,
                runId,
                runId == null ? "INSTALLED" : "CANDIDATE"));
    }

    private void run(String runId, String requestId, String candidateId, String learnedFrom) {
        database.useHandle(handle -> {
            handle.execute("""
                    insert into training_run (run_id, request_id, candidate_id, parent_model_id, configuration, dataset_sha256,
                                              code_version, seed, state, worker, step, steps)
                    values (?, ?, ?, 'unet-1', '{"epochs": 3}', ?, '1', 7, 'TRAINED', 'w', 10, 10)
                    """, runId, requestId, candidateId, "b".repeat(64));
            handle.execute(
                    "insert into training_run_track values (?, ?, 'TRAIN', ?)", runId, learnedFrom, "c".repeat(64));
            handle.execute("insert into training_run_point values (?, 10, 0.5, 3.5, 1)", runId);
        });
    }

    /** Key of the stem. */
    private String separation(String trackId, String modelId) {
        String separationId = "d".repeat(64);
        String key = "separations/%s/vocals.wav".formatted(separationId);
        database.useHandle(handle -> {
            handle.execute(
                    "insert into separation values (?, ?, ?, 'wav-float', 'm', 1, 'w')",
                    separationId,
                    trackId,
                    modelId);
            handle.execute("insert into stem values (?, 'vocals', 0, ?, -1, -20)", separationId, key);
        });
        return key;
    }

    private int count(String sql) {
        return database.withHandle(
                handle -> handle.createQuery(sql).mapTo(Integer.class).one());
    }

    private static ValidatableResponse retrain(Map<String, Object> wish) {
        return given().contentType("application/json")
                .body(wish)
                .post("/api/retraining/requests")
                .then();
    }

    private static ValidatableResponse decide(String path, Map<String, Object> body) {
        return given().contentType("application/json")
                .body(body)
                .post("/api/models/" + path)
                .then();
    }

    private static ValidatableResponse addReferences(String trackId, Map<String, Object> request) {
        return given().contentType("application/json")
                .body(request)
                .post("/api/tracks/{id}/references", trackId)
                .then();
    }

    private static ValidatableResponse addDataset(String name, Path path) {
        return given().contentType("application/json")
                .body(Map.of("name", name, "path", path.toString()))
                .post("/api/datasets")
                .then();
    }

    private static void awaitDone(String name, int tracks) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> given().get("/api/datasets/{name}", name)
                        .then()
                        .statusCode(200)
                        .body("dataset.waiting", equalTo(0))
                        .body("dataset.tracks", equalTo(tracks)));
    }

    private static void awaitState(String batchId, String state, int entries) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> given().get("/api/batches/{id}", batchId)
                        .then()
                        .statusCode(200)
                        .body("states." + state, equalTo(entries)));
    }

    private static String submit(Path path) {
        return given().contentType("application/json")
                .body(Map.of("paths", List.of(path.toString())))
                .post("/api/batches")
                .then()
                .statusCode(201)
                .extract()
                .path("batchId");
    }

    private static String trackOf(Path file) {
        String batchId = submit(file);
        awaitState(batchId, "QUEUED", 1);
        return given().get("/api/batches/{id}/items", batchId).path("[0].trackId");
    }

    /** What was said of a track so far, once it is so much. */
    private List<ReferencesReady> referencesReady(String trackId, int atLeast) {
        var said = new java.util.ArrayList<ReferencesReady>();
        Topic.await(broker, Topics.REFERENCES_READY, PATIENCE, record -> {
            if (record.key().equals(trackId)) {
                said.add(EventReader.read(record, ReferencesReady.class).event());
            }
            return said.size() >= atLeast;
        });
        return said;
    }

    /** A MUSDB folder with a mixture and vocals. */
    private void song(String name, long seed) {
        noise(name + "mixture.wav", seed);
        noise(name + "vocals.wav", seed + 1);
    }

    private Path noise(String name, long seed) {
        return write(name, seed, SAMPLE_RATE_HZ, SAMPLE_RATE_HZ);
    }

    private Path write(String name, long seed, Encoding encoding) {
        return write(name, seed, SAMPLE_RATE_HZ, SAMPLE_RATE_HZ, encoding);
    }

    private Path write(String name, long seed, int sampleRateHz, int lengthFrames) {
        return write(name, seed, sampleRateHz, lengthFrames, Encoding.WAV_16);
    }

    private Path write(String name, long seed, int sampleRateHz, int lengthFrames, Encoding encoding) {
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
        AudioFiles.write(file, new AudioBuffer(new AudioFormat(sampleRateHz, 1), samples), encoding);
        return file;
    }
}
