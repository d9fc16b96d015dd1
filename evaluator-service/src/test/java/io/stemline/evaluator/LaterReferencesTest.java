package io.stemline.evaluator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.stemline.audio.AudioBuffer;
import io.stemline.audio.AudioFiles;
import io.stemline.audio.AudioFormat;
import io.stemline.audio.Encoding;
import io.stemline.evaluation.TrackScorer;
import io.stemline.evaluator.policies.PolicyWatch;
import io.stemline.events.ContentIds;
import io.stemline.events.Origin;
import io.stemline.events.Reference;
import io.stemline.events.ReferencesReady;
import io.stemline.events.RetrainingRequested;
import io.stemline.events.StemsReady;
import io.stemline.events.Topics;
import io.stemline.pipeline.Broker;
import io.stemline.pipeline.deadletters.DeadLetter;
import io.stemline.pipeline.events.EventPublisher;
import io.stemline.pipeline.events.EventReader;
import io.stemline.pipeline.events.OutgoingEvent;
import io.stemline.pipeline.store.ObjectStore;
import io.stemline.service.testing.Backends;
import io.stemline.service.testing.Tables;
import io.stemline.service.testing.Topic;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@QuarkusTest
@WithTestResource(Backends.class)
class LaterReferencesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int SAMPLE_RATE_HZ = 8000;

    @Inject
    Broker broker;

    @Inject
    ObjectStore store;

    @Inject
    EventPublisher publisher;

    @Inject
    Jdbi database;

    @Inject
    PolicyWatch policies;

    @TempDir
    Path folder;

    @Test
    void referencesThatComeLaterLeadToScoresThatTheEntryShows() {
        // Given a separation that was evaluated without references
        StemsReady separation = separation(1, Optional.of(entry(1)));
        publisher.publish(new OutgoingEvent(separation, "later-1")).join();
        String without = ContentIds.evaluation(separation.separationId(), TrackScorer.PROTOCOL, List.of());
        await().atMost(PATIENCE).until(() -> evaluationOf(entry(1)).equals(Optional.of(without)));

        // When
        List<Reference> references = references(1, 1);
        publish(1, references, "references-1");

        // Then
        String with = ContentIds.evaluation(separation.separationId(), TrackScorer.PROTOCOL, references);
        await().atMost(PATIENCE).until(() -> evaluationOf(entry(1)).equals(Optional.of(with)));
        assertThat(count("select count(*) from evaluation_score where evaluation_id = ?", with))
                .isPositive();
        assertThat(text("select state from batch_item where item_id = ?", entry(1).itemId()))
                .isEqualTo("DONE");
    }

    @Test
    void anotherSystemsReferencesGetTheirHashAndTheirTrackASplit() {
        // Given
        StemsReady separation = separation(2, Optional.empty());

        // When
        publish(2, references(2, 2), "references-2");

        // Then
        await().atMost(PATIENCE)
                .until(() -> count("select count(*) from evaluation where separation_id = ?", separation.separationId())
                        == 1);
        assertThat(count(
                        "select count(*) from reference_stem where track_id = ? and sha256 is not null",
                        separation.trackId()))
                .isEqualTo(2);
        assertThat(text("select split from track where track_id = ?", separation.trackId()))
                .isEqualTo("TRAIN");
    }

    @Test
    void aSeparationThatWasUnderwayWhenReferencesCameIsScoredAgainstThem() {
        // Given references that came before the separation was announced without them
        StemsReady separation = separation(3, Optional.empty());
        List<Reference> references = references(3, 3);
        references.forEach(reference -> insert(separation.trackId(), reference));

        // When
        publisher.publish(new OutgoingEvent(separation, "later-3")).join();

        // Then
        String with = ContentIds.evaluation(separation.separationId(), TrackScorer.PROTOCOL, references);
        await().atMost(PATIENCE)
                .until(() -> count("select count(*) from evaluation where evaluation_id = ?", with) == 1);
    }

    @Test
    void whatWasSaidBeforeACorrectionDoesNotTakeItBack() {
        // Given a correction that was made after the event was said
        StemsReady separation = separation(4, Optional.empty());
        Reference corrected = references(4, 40).getFirst();
        insert(separation.trackId(), corrected);
        database.useHandle(handle -> handle.execute(
                "update reference_stem set added_at = now() + interval '1 hour' where track_id = ?",
                separation.trackId()));

        // When
        publish(4, references(4, 4), "references-4");

        // Then
        await().atMost(PATIENCE)
                .until(() ->
                        count("select count(*) from reference_stem where track_id = ?", separation.trackId()) == 2);
        assertThat(text(
                        "select object from reference_stem where stem = ? and track_id = ?",
                        corrected.stem(),
                        separation.trackId()))
                .isEqualTo(corrected.object());
    }

    @Test
    void referencesOfAnUnknownTrackAreADeadLetter() {
        // When
        publish(5, references(5, 5), "references-5");

        // Then
        DeadLetter letter = DeadLetter.parse(Topic.await(
                broker,
                Topics.deadLettersOf(Topics.REFERENCES_READY),
                PATIENCE,
                record -> record.key().equals(trackId(5))));
        assertThat(letter.failure().reason())
                .isEqualTo(
                        "there is no track '%s'; it has to be separated before it can be scored".formatted(trackId(5)));
    }

    @Test
    void aPolicyThatTripsAsksWithItsEvidence() {
        // Given
        for (int i = 10; i < 13; i++) {
            StemsReady separation = separation(i, Optional.empty());
            references(i, i).forEach(reference -> insert(separation.trackId(), reference));
        }
        Tables.clear(database, "retraining_request");

        // When
        policies.nudge();

        // Then
        String requestId = await().atMost(PATIENCE)
                .until(
                        () -> database.withHandle(handle -> handle.select("select request_id from retraining_request")
                                .mapTo(String.class)
                                .findOne()),
                        Optional::isPresent)
                .orElseThrow();
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
        assertThat(asked.modelId()).isEqualTo("m");
        assertThat(asked.policy()).isEqualTo("references");
        assertThat(asked.reason())
                .matches("\\d+ tracks got references since the last training run began; 3 are asked for");
        assertThat(asked.evidence()).contains(trackId(10), trackId(11), trackId(12));
    }

    private static Origin entry(int number) {
        return new Origin("batch-" + number, "entry-" + number);
    }

    private Optional<String> evaluationOf(Origin entry) {
        return database.withHandle(handle -> handle.select(
                        "select evaluation_id from batch_item where item_id = ? and evaluation_id is not null",
                        entry.itemId())
                .mapTo(String.class)
                .findOne());
    }

    private void insert(String trackId, Reference reference) {
        database.useHandle(handle -> {
            handle.execute("update track set split = 'TRAIN' where track_id = ?", trackId);
            handle.execute(
                    "insert into reference_stem (track_id, stem, object, stream, sha256) values (?, ?, ?, 0, ?)",
                    trackId,
                    reference.stem(),
                    reference.object(),
                    "a".repeat(64));
        });
    }

    private void publish(int number, List<Reference> references, String eventId) {
        publisher
                .publish(new OutgoingEvent(new ReferencesReady(trackId(number), references), eventId))
                .join();
    }

    private static String trackId(int number) {
        return "%064x".formatted(number + 5000);
    }

    /** A separation into two stems of noise, in the tables and the store. */
    private StemsReady separation(int number, Optional<Origin> origin) {
        String trackId = trackId(number);
        String separationId = "%064x".formatted(number + 6000);
        float[] vocals = noise(number);
        float[] other = noise(number + 100);
        float[] mixture = new float[vocals.length];
        for (int i = 0; i < mixture.length; i++) {
            mixture[i] = vocals[i] + other[i];
        }
        put("tracks/%s/source.wav".formatted(trackId), mixture);
        var stems = List.of(stem(separationId, "vocals", vocals), stem(separationId, "other", other));
        database.useHandle(handle -> {
            handle.execute(
                    "insert into track (track_id, object, name, container, sample_rate_hz, channels, length_frames)"
                            + " values (?, ?, 'x', 'wav', 8000, 1, 16000)",
                    trackId,
                    "tracks/%s/source.wav".formatted(trackId));
            handle.execute(
                    "insert into separation values (?, ?, 'm', 'wav-float', 'x', 0, 'w')", separationId, trackId);
            for (StemsReady.Stem stem : stems) {
                handle.execute(
                        "insert into stem values (?, ?, 0, ?, -1, '-Infinity')",
                        separationId,
                        stem.stem(),
                        stem.object());
            }
            origin.ifPresent(entry -> {
                handle.execute("insert into batch (batch_id, name) values (?, 'b')", entry.batchId());
                handle.execute(
                        "insert into batch_item (item_id, batch_id, position, path, name, encoding, state, track_id, separation_id)"
                                + " values (?, ?, 0, 'p', 'n', 'wav-float', 'SEPARATED', ?, ?)",
                        entry.itemId(),
                        entry.batchId(),
                        trackId,
                        separationId);
            });
        });
        return new StemsReady(
                trackId,
                separationId,
                "m",
                "tracks/%s/source.wav".formatted(trackId),
                stems,
                "separations/%s/manifest.json".formatted(separationId),
                1,
                List.of(),
                origin);
    }

    private StemsReady.Stem stem(String separationId, String stem, float[] samples) {
        String object = "separations/%s/%s.wav".formatted(separationId, stem);
        put(object, samples);
        return new StemsReady.Stem(stem, object, -1, -20);
    }

    private List<Reference> references(int number, int seed) {
        return List.of("vocals", "other").stream()
                .map(stem -> {
                    String object = "tracks/%s/references/%s-%d.wav".formatted(trackId(number), stem, seed);
                    put(object, noise(1000L * seed + stem.length()));
                    return new Reference(stem, object, 0);
                })
                .toList();
    }

    private void put(String object, float[] samples) {
        Path file = folder.resolve("file.wav");
        AudioFiles.write(
                file, new AudioBuffer(new AudioFormat(SAMPLE_RATE_HZ, 1), new float[][] {samples}), Encoding.WAV_FLOAT);
        store.put(object, file);
    }

    private static float[] noise(long seed) {
        var random = new Random(seed);
        var samples = new float[2 * SAMPLE_RATE_HZ];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (float) (0.1 * random.nextGaussian());
        }
        return samples;
    }

    private int count(String sql, Object... arguments) {
        return database.withHandle(
                handle -> handle.select(sql, arguments).mapTo(Integer.class).one());
    }

    private String text(String sql, Object... arguments) {
        return database.withHandle(
                handle -> handle.select(sql, arguments).mapTo(String.class).one());
    }
}
