package io.stemline.evaluator.policies;

import static org.assertj.core.api.Assertions.assertThat;

import io.stemline.evaluator.policies.Judge.Finding;
import io.stemline.evaluator.policies.Policy.Drop;
import io.stemline.evaluator.policies.Policy.FailingChecks;
import io.stemline.evaluator.policies.Policy.Figure;
import io.stemline.evaluator.policies.Policy.Floor;
import io.stemline.evaluator.policies.Policy.NewReferences;
import io.stemline.evaluator.policies.Policy.Schedule;
import io.stemline.local.EmbeddedDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Random;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.postgres.PostgresPlugin;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every kind of policy on a real database: when it trips, and when it does not. */
class JudgeTest {
    private static final String ACTIVE = "unet-1";
    private static final Figure SI_SDR = new Figure("SI-SDR", Optional.empty());
    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");

    @TempDir
    private static Path folder;

    private static EmbeddedDatabase postgres;
    private static Jdbi database;

    private int tracks;

    @BeforeAll
    static void start() {
        postgres = EmbeddedDatabase.start(folder, EmbeddedDatabase.Settings.defaults());
        Flyway.configure()
                .dataSource(postgres.jdbcUrl(), postgres.user(), postgres.password())
                .load()
                .migrate();
        database = Jdbi.create(postgres.jdbcUrl(), postgres.user(), postgres.password())
                .installPlugin(new PostgresPlugin());
    }

    @AfterAll
    static void stop() {
        postgres.close();
    }

    @BeforeEach
    void startWithNothing() {
        database.useHandle(
                handle -> handle.execute("truncate track, batch, retraining_request, training_run, model cascade"));
        database.useHandle(handle ->
                handle.execute("insert into batch (batch_id, name, purpose) values ('ordinary', 'b', 'SEPARATION'),"
                        + " ('trial', 'b', 'TRIAL')"));
    }

    @Test
    void aFloorTripsWhenTheMedianOfTheLastTracksIsUnderIt() {
        // Given a bad past, and a last median of 3 dB
        for (double valueDb : new double[] {-20, -20, 5, 3, 1}) {
            scored(ACTIVE, valueDb);
        }

        // When
        Optional<Finding> under = look(new Floor("floor", SI_SDR, 3, 3.01));
        Optional<Finding> above = look(new Floor("floor", SI_SDR, 3, 3.0));
        Optional<Finding> tooFew = look(new Floor("floor", SI_SDR, 6, 100));

        // Then
        assertThat(under).get().satisfies(finding -> {
            assertThat(finding.reason())
                    .isEqualTo(
                            "the median SI-SDR of the last 3 tracks of unet-1 is 3.00 dB, under the floor of 3.01 dB");
            assertThat(finding.evidence()).containsExactly(evaluation(5), evaluation(4), evaluation(3));
        });
        assertThat(above).isEmpty();
        assertThat(tooFew).isEmpty();
    }

    @Test
    void trialsAndOtherModelsDoNotCount() {
        // Given good tracks, and bad ones that somebody else is to blame for
        scored(ACTIVE, 10);
        scored(ACTIVE, 10);
        scored("other", -20);
        inBatch(scored(ACTIVE, -20), "trial");
        inBatch(scored(ACTIVE, -20), "trial");
        int both = scored(ACTIVE, 10);
        inBatch(both, "trial");
        inBatch(both, "ordinary");

        // When
        Optional<Finding> finding = look(new Floor("floor", SI_SDR, 3, 9.9));
        Optional<Finding> four = look(new Floor("floor", SI_SDR, 4, 100));

        // Then
        assertThat(finding).isEmpty();
        assertThat(four).as("there are three").isEmpty();
    }

    @Test
    void ofATrackTheLastEvaluationCountsAndTheAccompanimentDoesNot() {
        // Given
        int track = scored(ACTIVE, -20);
        evaluated(track, evaluation(77), NOW.plusSeconds(1000), "[]");
        score(evaluation(77), "vocals", "SI-SDR", 4);
        score(evaluation(77), "drums", "SI-SDR", 6);
        score(evaluation(77), "bass", "SI-SDR", Double.NaN);
        score(evaluation(77), "accompaniment", "SI-SDR", -50);
        score(evaluation(77), "vocals", "SDR", -50);

        // When
        Optional<Finding> mean = look(new Floor("floor", SI_SDR, 1, 5.01));
        Optional<Finding> stem = look(new Floor("floor", new Figure("SI-SDR", Optional.of("drums")), 1, 6.01));
        Optional<Finding> unknown =
                look(new Floor("floor", new Figure("'; drop table track; --", Optional.empty()), 1, 100));

        // Then
        assertThat(mean).get().extracting(Finding::reason).asString().contains("is 5.00 dB");
        assertThat(stem)
                .get()
                .extracting(Finding::reason)
                .asString()
                .contains("SI-SDR of drums")
                .contains("is 6.00 dB");
        assertThat(unknown).isEmpty();
    }

    @Test
    void aDropBeyondChanceTrips() {
        // Given
        var random = new Random(1);
        for (int i = 0; i < 60; i++) {
            scored(ACTIVE, 8 + random.nextGaussian());
        }
        for (int i = 0; i < 20; i++) {
            scored(ACTIVE, 6 + random.nextGaussian());
        }

        // When
        Optional<Finding> oneDb = look(new Drop("drop", SI_SDR, 20, 1));
        Optional<Finding> threeDb = look(new Drop("drop", SI_SDR, 20, 3));
        Optional<Finding> noPast = look(new Drop("drop", SI_SDR, 41, 0));

        // Then
        assertThat(oneDb).get().satisfies(finding -> {
            assertThat(finding.reason())
                    .contains("over the 60 before: a change of -")
                    .contains("(95 % interval -");
            assertThat(finding.evidence()).hasSize(20);
        });
        assertThat(threeDb).isEmpty();
        assertThat(noPast).isEmpty();
    }

    @Test
    void aDropThatMayBeChanceDoesNotTrip() {
        // Given a last median of 1 dB less among scores that vary by 10 dB
        var random = new Random(2);
        for (int i = 0; i < 10; i++) {
            scored(ACTIVE, 8 + 10 * random.nextGaussian());
        }
        for (double valueDb : new double[] {-10, 0, 3, 20, 30}) {
            scored(ACTIVE, valueDb);
        }

        // When
        Optional<Finding> finding = look(new Drop("drop", SI_SDR, 5, 0));

        // Then
        assertThat(finding).isEmpty();
    }

    @Test
    void failingChecksTripWhenTheirShareIsTooLarge() {
        // Given
        String passed = "[{\"name\": \"no-clipping\", \"passed\": true, \"detail\": \"\"}]";
        String failed = passed.replace("true", "false");
        for (String checks : new String[] {failed, passed, passed, failed, passed, failed}) {
            int track = track();
            evaluated(track, evaluation(track), NOW.plusSeconds(track), checks);
        }

        // When
        Optional<Finding> tooMany = look(new FailingChecks("checks", 5, 0.39));
        Optional<Finding> few = look(new FailingChecks("checks", 5, 0.4));
        Optional<Finding> tooFew = look(new FailingChecks("checks", 7, 0));

        // Then
        assertThat(tooMany).get().satisfies(finding -> {
            assertThat(finding.reason())
                    .isEqualTo("2 of the last 5 tracks of unet-1 fail checks, more than a share of 0.39");
            assertThat(finding.evidence()).containsExactly(evaluation(6), evaluation(4));
        });
        assertThat(few).isEmpty();
        assertThat(tooFew).isEmpty();
    }

    @Test
    void newReferencesAreCountedByTrackSinceTheLastRunBegan() {
        // Given two tracks before the run, and three after it of which one is set aside
        for (int i = 0; i < 2; i++) {
            references(track(), NOW.minusSeconds(100), "TRAIN");
        }
        Optional<Finding> before = look(new NewReferences("references", 2));
        run("TRAINED", NOW.minusSeconds(50));
        Optional<Finding> after = look(new NewReferences("references", 1));
        references(track(), NOW, "TRAIN");
        references(track(), NOW, "TEST");
        references(track(), NOW, "SET_ASIDE");

        // When
        Optional<Finding> two = look(new NewReferences("references", 2));
        Optional<Finding> three = look(new NewReferences("references", 3));

        // Then
        assertThat(before).isPresent();
        assertThat(after).isEmpty();
        assertThat(two)
                .get()
                .extracting(Finding::reason)
                .isEqualTo("2 tracks got references since the last training run began; 2 are asked for");
        assertThat(three).isEmpty();
    }

    @Test
    void aRunThatFailedHasLearnedNothing() {
        // Given
        references(track(), NOW.minusSeconds(100), "TRAIN");
        run("FAILED", NOW.minusSeconds(50));

        // When
        Optional<Finding> finding = look(new NewReferences("references", 1));

        // Then
        assertThat(finding).isPresent();
    }

    @Test
    void aScheduleCountsFromTheLastRequestOrTheFirstReference() {
        // Given
        var weekly = new Schedule("weekly", Duration.ofDays(7));
        Optional<Finding> nothingToLearnFrom = look(weekly);
        references(track(), NOW.minus(Duration.ofDays(8)), "TRAIN");
        Optional<Finding> first = look(weekly);
        request(NOW.minus(Duration.ofDays(7)).plusSeconds(1));

        // When
        Optional<Finding> tooSoon = look(weekly);
        Optional<Finding> again =
                database.inTransaction(handle -> Judge.look(handle, weekly, ACTIVE, NOW.plusSeconds(2)));

        // Then
        assertThat(nothingToLearnFrom).isEmpty();
        assertThat(first)
                .get()
                .extracting(Finding::reason)
                .asString()
                .startsWith("8 days have passed since 2026-05-24");
        assertThat(tooSoon).isEmpty();
        assertThat(again).isPresent();
    }

    private static Optional<Finding> look(Policy policy) {
        return database.inTransaction(handle -> Judge.look(handle, policy, ACTIVE, NOW));
    }

    /** Number of a new track with a separation by {@code modelId} whose vocals have this SI-SDR. */
    private int scored(String modelId, double valueDb) {
        int track = track(modelId);
        evaluated(track, evaluation(track), NOW.plusSeconds(track), "[]");
        score(evaluation(track), "vocals", "SI-SDR", valueDb);
        return track;
    }

    private int track() {
        return track(ACTIVE);
    }

    private int track(String modelId) {
        tracks++;
        String id = "%064x".formatted(tracks);
        database.useHandle(handle -> {
            handle.execute(
                    "insert into track (track_id, object, name, container, sample_rate_hz, channels, length_frames)"
                            + " values (?, 'o', 'n', 'wav', 44100, 2, 1)",
                    id);
            handle.execute("insert into separation values (?, ?, ?, 'wav-16', 'm', 1, 'w')", id, id, modelId);
        });
        return tracks;
    }

    private static void evaluated(int track, String evaluationId, Instant at, String checks) {
        database.useHandle(handle -> handle.execute(
                "insert into evaluation (evaluation_id, separation_id, protocol, checks, seconds, created_at)"
                        + " values (?, ?, 'p', ?::jsonb, 1, ?)",
                evaluationId,
                "%064x".formatted(track),
                checks,
                at.atOffset(ZoneOffset.UTC)));
    }

    private static void score(String evaluationId, String stem, String metric, double value) {
        database.useHandle(handle ->
                handle.execute("insert into evaluation_score values (?, ?, ?, ?)", evaluationId, stem, metric, value));
    }

    private static void inBatch(int track, String batchId) {
        String id = "%064x".formatted(track);
        database.useHandle(handle -> handle.execute(
                "insert into batch_item (item_id, batch_id, position, path, name, encoding, state, track_id, separation_id)"
                        + " values (?, ?, ?, 'p', 'n', 'wav-16', 'DONE', ?, ?)",
                batchId + "-" + track,
                batchId,
                track,
                id,
                id));
    }

    private static void references(int track, Instant at, String split) {
        String id = "%064x".formatted(track);
        database.useHandle(handle -> {
            handle.execute("update track set split = ? where track_id = ?", split, id);
            for (String stem : new String[] {"vocals", "drums"}) {
                handle.execute(
                        "insert into reference_stem (track_id, stem, object, added_at) values (?, ?, 'o', ?)",
                        id,
                        stem,
                        at.atOffset(ZoneOffset.UTC));
            }
        });
    }

    private static void request(Instant at) {
        database.useHandle(handle -> handle.execute(
                "insert into retraining_request (request_id, slot, model_id, policy, reason, evidence, created_at)"
                        + " values (?, 'default', 'unet-1', 'p', 'r', '[]', ?)",
                "request at " + at,
                at.atOffset(ZoneOffset.UTC)));
    }

    private static void run(String state, Instant at) {
        request(at);
        database.useHandle(handle -> handle.execute(
                "insert into training_run (run_id, request_id, candidate_id, parent_model_id, configuration, dataset_sha256,"
                        + " code_version, seed, state, reason, worker, steps, started_at)"
                        + " values ('run', ?, 'c', 'unet-1', '{}', ?, '1', 1, ?, ?, 'w', 1, ?)",
                "request at " + at,
                "a".repeat(64),
                state,
                state.equals("FAILED") ? "it broke" : null,
                at.atOffset(ZoneOffset.UTC)));
    }

    private static String evaluation(int number) {
        return "%064x".formatted(number + 1_000_000);
    }
}
