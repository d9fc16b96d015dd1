package io.stemline.ingest.reseparation;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.stemline.events.AudioReady;
import io.stemline.events.Origin;
import io.stemline.events.Reference;
import io.stemline.events.Topics;
import io.stemline.pipeline.Broker;
import io.stemline.pipeline.events.EventReader;
import io.stemline.pipeline.events.ReceivedEvent;
import io.stemline.pipeline.outbox.Outbox;
import io.stemline.registry.Models;
import io.stemline.registry.Promotion.DecidedBy;
import io.stemline.registry.Promotions;
import io.stemline.registry.Slots;
import io.stemline.service.testing.Backends;
import io.stemline.service.testing.Tables;
import io.stemline.service.testing.Topic;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(Backends.class)
class ReseparationTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Inject
    Jdbi database;

    @Inject
    Outbox outbox;

    @Inject
    Broker broker;

    @BeforeEach
    void threeModelsWereActiveOneAfterAnother() throws SQLException {
        Tables.clear(
                database,
                "track",
                "reference_stem",
                "separation",
                "stem",
                "batch",
                "batch_item",
                "promotion",
                "slot",
                "model");
        database.useTransaction(transaction -> {
            for (String modelId : List.of("first", "second", "third", "refused")) {
                Models.registerInstalled(transaction, modelId, "a".repeat(64));
            }
            var promotions = new Promotions(outbox);
            promotions.promote(transaction, Slots.DEFAULT, "second", Optional.of("first"), DecidedBy.GATE, "better");
            promotions.promote(transaction, Slots.DEFAULT, "third", Optional.empty(), DecidedBy.GATE, "better");
        });
    }

    @Test
    void tracksWhoseNewestStemsAreOlderThanTheModelAreSentBehindAllOtherWork() {
        // Given
        separated(1, "first", "flac-24");
        separated(2, "first", "wav-16");
        separated(2, "second", "wav-16");
        separated(3, "first", "wav-16");
        separated(3, "third", "wav-16");
        separated(4, "first", "wav-16");
        separated(4, "refused", "wav-16");
        separated(5, "hpss", "wav-16");
        database.useHandle(handle -> handle.execute(
                "insert into reference_stem (track_id, stem, object) values (?, 'drums', 'there.wav')", trackId(1)));

        // When
        String batchId = reseparate(Map.of("olderThan", "third"))
                .statusCode(201)
                .body("name", equalTo("older than third"))
                .body("states", equalTo(Map.of("QUEUED", 3)))
                .extract()
                .path("batchId");

        // Then
        assertThat(tracksOf(batchId)).containsExactly(trackId(1), trackId(2), trackId(4));
        assertThat(sent(batchId, 0).event())
                .isEqualTo(new AudioReady(
                        trackId(1),
                        "tracks/1.wav",
                        "track 1",
                        new AudioReady.Audio("wav", 44_100, 2, 1000),
                        new AudioReady.Tags(
                                Optional.of("title 1"), Optional.empty(), Optional.empty(), Optional.empty()),
                        List.of(new Reference("drums", "there.wav", 0)),
                        new AudioReady.Wish(Optional.empty(), "flac-24"),
                        Optional.of(new Origin(batchId, batchId + "-0"))));
        assertThat(sent(batchId, 2).event().trackId()).isEqualTo(trackId(4));
    }

    @Test
    void moreTracksThanFitIntoATransactionAreAllSentOnce() {
        // Given
        int tracks = 2100;
        database.useHandle(handle -> {
            handle.execute("""
                    insert into track (track_id, object, name, container, sample_rate_hz, channels, length_frames)
                    select lpad(to_hex(n), 64, '0'), 'tracks/' || n || '.wav', 'track ' || n, 'wav', 44100, 2, 1000
                    from generate_series(1, ?) n
                    """, tracks);
            handle.execute("""
                    insert into separation (separation_id, track_id, model_id, encoding, manifest, seconds, worker)
                    select track_id, track_id, 'second', 'wav-16', 'manifest', 1, 'test' from track
                    """);
        });

        // When
        String batchId = reseparate(Map.of("olderThan", "third", "modelId", "third"))
                .statusCode(201)
                .body("entries", equalTo(tracks))
                .extract()
                .path("batchId");

        // Then
        assertThat(tracksOf(batchId)).hasSize(tracks).doesNotHaveDuplicates();
        assertThat(sent(batchId, tracks - 1).event().separation())
                .isEqualTo(new AudioReady.Wish(Optional.of("third"), "wav-16"));
    }

    @Test
    void namedTracksAreSentWhateverSeparatedThem() {
        // Given
        separated(6, "third", "mp3");
        separated(7, "third", "mp3");

        // When
        String batchId = reseparate(Map.of("tracks", List.of(trackId(7), trackId(7))))
                .statusCode(201)
                .body("entries", equalTo(1))
                .extract()
                .path("batchId");

        // Then
        assertThat(sent(batchId, 0).event().separation()).isEqualTo(new AudioReady.Wish(Optional.empty(), "mp3"));
    }

    @Test
    void whatCannotBeSentIsRefusedWithASentence() {
        // Given
        separated(8, "third", "wav-16");

        // When, Then
        reseparate(Map.of("olderThan", "refused"))
                .statusCode(422)
                .body("detail", equalTo("the model 'refused' was never active; these were: third, second, first"));
        reseparate(Map.of("olderThan", "first"))
                .statusCode(422)
                .body("detail", equalTo("no model was active before 'first'"));
        reseparate(Map.of("olderThan", "third"))
                .statusCode(422)
                .body(
                        "detail",
                        equalTo("no track has its newest stems from a model that was active before 'third'"
                                + " (second, first)"));
        reseparate(Map.of("tracks", List.of(trackId(8), "nonsense")))
                .statusCode(422)
                .body("detail", equalTo("there is no track 'nonsense'"));
        reseparate(Map.of())
                .statusCode(400)
                .body(
                        "detail",
                        equalTo("say which tracks: either {\"olderThan\": \"model-2\"} or {\"tracks\": [\"id\"]}"));
        int batches = database.withHandle(handle ->
                handle.select("select count(*) from batch").mapTo(Integer.class).one());
        assertThat(batches).isZero();
    }

    private static ValidatableResponse reseparate(Map<String, Object> request) {
        return given().contentType("application/json")
                .body(request)
                .post("/api/reseparations")
                .then();
    }

    private List<String> tracksOf(String batchId) {
        return database.withHandle(
                handle -> handle.select("select track_id from batch_item where batch_id = ? order by position", batchId)
                        .mapTo(String.class)
                        .list());
    }

    private ReceivedEvent<AudioReady> sent(String batchId, int position) {
        var origin = Optional.of(new Origin(batchId, batchId + "-" + position));
        return EventReader.read(
                Topic.await(
                        broker,
                        Topics.AUDIO_READY_LATER,
                        PATIENCE,
                        record -> EventReader.read(record, AudioReady.class)
                                .event()
                                .origin()
                                .equals(origin)),
                AudioReady.class);
    }

    /** The newest separation of a track, which is there as well; later calls are newer. */
    private void separated(int track, String modelId, String encoding) {
        database.useHandle(handle -> {
            handle.execute("""
                    insert into track (track_id, object, name, container, sample_rate_hz, channels, length_frames, title)
                    values (?, ?, ?, 'wav', 44100, 2, 1000, ?) on conflict do nothing
                    """, trackId(track), "tracks/" + track + ".wav", "track " + track, "title " + track);
            handle.execute("""
                    insert into separation (separation_id, track_id, model_id, encoding, manifest, seconds, worker, created_at)
                    values (encode(sha256((? || ?)::bytea), 'hex'), ?, ?, ?, 'manifest', 1, 'test', clock_timestamp())
                    """, trackId(track), modelId, trackId(track), modelId, encoding);
        });
    }

    private static String trackId(int track) {
        return "%064x".formatted(track);
    }
}
