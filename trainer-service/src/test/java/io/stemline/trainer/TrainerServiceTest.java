package io.stemline.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.stemline.events.AudioReady;
import io.stemline.events.ContentIds;
import io.stemline.events.EventType;
import io.stemline.events.ModelPromoted;
import io.stemline.events.RetrainingRequested;
import io.stemline.events.Topics;
import io.stemline.pipeline.Broker;
import io.stemline.pipeline.events.EventPublisher;
import io.stemline.pipeline.events.EventReader;
import io.stemline.pipeline.events.OutgoingEvent;
import io.stemline.pipeline.outbox.Outbox;
import io.stemline.pipeline.outbox.OutboxRelay;
import io.stemline.pipeline.store.ObjectStore;
import io.stemline.registry.Models;
import io.stemline.registry.Promotion.DecidedBy;
import io.stemline.registry.Promotions;
import io.stemline.registry.RetrainingRequests;
import io.stemline.registry.RetrainingRequests.Answer;
import io.stemline.registry.RetrainingRequests.Asking;
import io.stemline.registry.Slots;
import io.stemline.registry.Split;
import io.stemline.separation.model.ModelPackage;
import io.stemline.service.testing.Backends;
import io.stemline.service.testing.Containers;
import io.stemline.service.testing.Tables;
import io.stemline.service.testing.Topic;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs and trials with a real broker, database, store and training process. The other services' rows are written here. */
@QuarkusTest
@WithTestResource(Backends.class)
@TestProfile(TrainerServiceTest.Settings.class)
class TrainerServiceTest {
    private static final Duration PATIENCE = Duration.ofMinutes(8);
    private static final int TEST_TRACKS = 3;

    /**
     * A minute without the database at a quarter of its length, as are all times that could run out within it: the record's lock, the
     * wait for a connection, the retries and the lease. So as many of them run out as in a minute.
     */
    private static final Duration A_MINUTE = Duration.ofSeconds(60 / 4);

    /** Small enough for a test. */
    public static final class Settings implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "stemline.models.active", WeakModel.ID,
                    "stemline.queue.lock", "7500ms",
                    "quarkus.datasource.jdbc.acquisition-timeout", "2500ms",
                    "stemline.queue.retry-for", "75s",
                    "stemline.trainer.lease", "22500ms",
                    "stemline.trainer.least-training-tracks", "3",
                    "stemline.trainer.threads", "1",
                    "stemline.trainer.heap", "512m",
                    "stemline.trainer.scratch", "target/scratch");
        }
    }

    @Inject
    Broker broker;

    @Inject
    ObjectStore store;

    @Inject
    EventPublisher publisher;

    @Inject
    Jdbi database;

    @Inject
    Outbox outbox;

    @Inject
    OutboxRelay relay;

    @ConfigProperty(name = "quarkus.datasource.jdbc.url")
    String databaseUrl;

    @TempDir
    Path folder;

    private LabelledSongs songs;

    @BeforeEach
    void aWeakModelAndAFewSongs() throws Exception {
        Tables.clear(
                database,
                "track",
                "batch",
                "model",
                "slot",
                "promotion",
                "retraining_request",
                "training_run",
                "trial",
                "split_key");
        ModelPackage weak = WeakModel.write(folder.resolve("models"));
        new ModelPackages(store).put(weak);
        database.useTransaction(transaction -> Models.registerInstalled(
                transaction, WeakModel.ID, weak.card().weights().orElseThrow().sha256()));
        songs = new LabelledSongs(database, store);
        for (int song = 0; song < 4; song++) {
            songs.add(Split.TRAIN, song);
        }
        songs.add(Split.VALIDATION, 100);
        for (int song = 0; song < TEST_TRACKS; song++) {
            songs.add(Split.TEST, 200 + song);
        }
    }

    @Test
    void aRequestBecomesACandidateThatIsJudgedAndPromoted() throws Exception {
        // When
        String requestId = ask();
        awaitRun(requestId, "TRAINED");

        // Then: the candidate has its lineage
        String candidateId = text("select candidate_id from training_run where request_id = ?", requestId);
        assertThat(candidateId).matches("weak-1-\\d{8}-[0-9a-f]{6}");
        assertThat(text("select parent_model_id from model where model_id = ?", candidateId))
                .isEqualTo(WeakModel.ID);
        assertThat(number("select count(*) from training_run_track")).isEqualTo(5);
        assertThat(number("select count(*) from training_run_point where step = 0"))
                .isOne();
        assertThat(number("select step from training_run where request_id = '" + requestId + "'"))
                .isEqualTo(40);
        ModelPackage candidate = new ModelPackages(store).fetch(candidateId, folder.resolve("candidate"));
        assertThat(candidate.card().origin().parent()).contains(WeakModel.ID);
        double first = decimal("select validation_db from training_run_point where step = 0");
        assertThat(decimal("select min(validation_db) from training_run_point")).isLessThan(first - 1);

        // When: both models' stems of every test track are scored
        awaitTrial(candidateId);
        AudioReady wanted = EventReader.read(
                        Topic.await(
                                broker,
                                Topics.AUDIO_READY,
                                PATIENCE,
                                record -> new String(record.value(), StandardCharsets.UTF_8).contains(candidateId)),
                        AudioReady.class)
                .event();
        assertThat(wanted.references()).hasSize(2);
        score(candidateId, 8);
        score(WeakModel.ID, 5);

        // Then
        await().atMost(PATIENCE).until(() -> count("select count(*) from slot where model_id = ?", candidateId) == 1);
        ModelPromoted promoted = EventReader.read(
                        Topic.await(
                                broker,
                                Topics.MODEL_PROMOTED,
                                PATIENCE,
                                record -> new String(record.value(), StandardCharsets.UTF_8).contains(candidateId)),
                        ModelPromoted.class)
                .event();
        assertThat(promoted.previousModelId()).contains(WeakModel.ID);
        assertThat(promoted.reason()).contains("SI-SDR +3.00 dB on 3 test tracks");
        assertThat(text("select outcome from retraining_request where request_id = ?", requestId))
                .startsWith("PROMOTED: better beyond doubt");
        JsonNode figures = new ObjectMapper()
                .readTree(text("select figures::text from trial where candidate_id = ?", candidateId));
        assertThat(figures.path("byStem").path("vocals").asDouble()).isEqualTo(3);
    }

    @Test
    void aCandidateThatIsWorseIsKeptAndRefusedAndTheActiveModelStays() throws Exception {
        // Given
        String requestId = ask();
        awaitRun(requestId, "TRAINED");
        String candidateId = text("select candidate_id from training_run where request_id = ?", requestId);
        awaitTrial(candidateId);

        // When
        score(candidateId, 4);
        score(WeakModel.ID, 5);

        // Then
        await().atMost(PATIENCE)
                .until(() ->
                        count("select count(*) from model where state = 'REFUSED' and model_id = ?", candidateId) == 1);
        assertThat(number("select count(*) from slot")).isZero();
        assertThat(text("select outcome from retraining_request where request_id = ?", requestId))
                .startsWith("REFUSED: not better beyond doubt: SI-SDR -1.00 dB");
        assertThat(new ModelPackages(store).exists(candidateId)).isTrue();
    }

    @Test
    void aCandidateThatIsPromotedByHandHasNoTrialOpenAndTheGateLeavesItAlone() throws Exception {
        // Given
        String requestId = ask();
        awaitRun(requestId, "TRAINED");
        String candidateId = text("select candidate_id from training_run where request_id = ?", requestId);
        awaitTrial(candidateId);

        // When
        database.<Exception>useTransaction(transaction -> new Promotions(outbox)
                .promote(
                        transaction,
                        Slots.DEFAULT,
                        candidateId,
                        Optional.of(WeakModel.ID),
                        DecidedBy.PERSON,
                        "I heard it"));
        score(candidateId, 4);
        score(WeakModel.ID, 5);

        // Then: also when the gate has looked at it
        await().during(Duration.ofSeconds(3))
                .atMost(PATIENCE)
                .until(() -> text("select state || ': ' || reason from trial where candidate_id = ?", candidateId)
                        .equals("PROMOTED: by hand, before the trial ended: I heard it"));
        assertThat(text("select outcome from retraining_request where request_id = ?", requestId))
                .isEqualTo("PROMOTED: by hand, before the trial ended: I heard it");
    }

    @Test
    void aParentWhoseSettingsAreNotKnownIsNotGoneOnFromAndTheRunSaysSo() throws Exception {
        // Given
        card("\"kind\" : \"trained\"", "\"kind\" : \"imported\"");

        // When
        String requestId = ask();
        await().atMost(PATIENCE)
                .until(() -> count("select count(*) from training_run where request_id = ?", requestId) == 1);

        // Then
        assertThat(text("select configuration ->> 'fromScratch' from training_run where request_id = ?", requestId))
                .isEqualTo("weak-1 does not hold the settings it was trained with, or those of another version");
    }

    @Test
    void tooFewTracksAreSaidAndEndTheRequest() throws Exception {
        // Given
        database.useHandle(handle -> handle.execute("update track set split = 'SET_ASIDE' where split = 'TEST'"));

        // When
        String requestId = ask();

        // Then
        awaitRun(requestId, "FAILED");
        assertThat(text("select outcome from retraining_request where request_id = ?", requestId))
                .contains(
                        "too few tracks to judge a candidate by: 0 of the test split have references for vocals, other,"
                                + " and 3 are needed");
    }

    @Test
    void aFileThatChangedAfterItWasAddedIsNamedAndTheRunRefused() throws Exception {
        // Given
        String object = text(
                "select r.object from reference_stem r join track t using (track_id)"
                        + " where t.split = 'TRAIN' and r.stem = 'vocals' and t.name = ?",
                "song 2");
        store.put(object, new ByteArrayInputStream("other bytes".getBytes(StandardCharsets.UTF_8)));

        // When
        String requestId = ask();

        // Then
        awaitRun(requestId, "FAILED");
        assertThat(text("select reason from training_run where request_id = ?", requestId))
                .startsWith(object + " (reference 'vocals' of 'song 2'): changed since it was added");
        assertThat(text("select outcome from retraining_request where request_id = ?", requestId))
                .startsWith("FAILED: " + object);
        assertThat(number("select count(*) from model")).isOne();
    }

    @Test
    void aTrainingProcessThatIsKilledGoesOnFromItsCheckpoint() throws Exception {
        // Given
        steps(150);
        String requestId = ask();
        await().atMost(PATIENCE).until(() -> number("select count(*) from training_run_point where step > 20") > 0);

        // When: in the middle of the steps
        ProcessHandle first = trainingProcess();
        first.destroyForcibly();

        // Then
        awaitRun(requestId, "TRAINED");
        assertThat(number("select max(step) from training_run_point")).isEqualTo(150);
        String candidateId = text("select candidate_id from training_run where request_id = ?", requestId);
        assertThat(new ModelPackages(store)
                        .fetch(candidateId, folder.resolve("candidate"))
                        .id())
                .isEqualTo(candidateId);
    }

    @Test
    void aTrainingProcessThatIsKilledWhileItExportsExportsAgain() throws Exception {
        // Given
        String requestId = ask();
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(2)).until(this::isExporting);

        // When
        trainingProcess().destroyForcibly();

        // Then
        awaitRun(requestId, "TRAINED");
        String candidateId = text("select candidate_id from training_run where request_id = ?", requestId);
        assertThat(new ModelPackages(store)
                        .fetch(candidateId, folder.resolve("candidate"))
                        .id())
                .isEqualTo(candidateId);
        assertThat(count("select count(*) from model where run_id is not null and model_id = ?", candidateId))
                .isOne();
    }

    @Test
    void aProcessThatDiesAgainAndAgainEndsTheRunWithTheEndOfItsLog() throws Exception {
        // Given
        String requestId = ask();

        // When
        for (int death = 0; death < 4; death++) {
            await().atMost(PATIENCE).until(() -> trainingProcesses().findAny().isPresent());
            ProcessHandle process = trainingProcess();
            process.destroyForcibly();
            process.onExit().join();
        }

        // Then
        awaitRun(requestId, "FAILED");
        assertThat(text("select reason from training_run where request_id = ?", requestId))
                .contains("the training process ended 4 times without getting further, at last with code 137");
    }

    @Test
    void aRequestThatIsDeliveredTwiceIsTrainedOnce() throws Exception {
        // Given
        String requestId = ask();
        var again = new RetrainingRequested(requestId, WeakModel.ID, "person", "again", List.of());

        // When
        publisher
                .publish(new OutgoingEvent(again, ContentIds.event(EventType.RETRAINING_REQUESTED, requestId)))
                .join();
        publisher.publish(new OutgoingEvent(again, "under another id")).join();
        awaitRun(requestId, "TRAINED");
        awaitTrial(text("select candidate_id from training_run where request_id = ?", requestId));

        // Then
        assertThat(number("select count(*) from training_run")).isOne();
        assertThat(number("select count(*) from model")).isEqualTo(2);
        assertThat(number("select count(*) from trial")).isOne();
    }

    @Test
    void twoTrainersDoNotTrainTheSameRunAndOneTakesOverFromAnotherThatIsDead() throws Exception {
        // Given: another trainer has planned the run and tells of itself
        String requestId;
        try (Connection turn = holdOutbox()) {
            requestId = ask();
            var planned = database.withHandle(handle -> handle.execute(
                    "insert into training_run (run_id, request_id, candidate_id, parent_model_id, configuration,"
                            + " dataset_sha256, code_version, seed, state, worker, steps)"
                            + " values (?, ?, 'weak-1-20260101-aaaaaa', 'weak-1', '{}', repeat('0', 64), 'x', 1,"
                            + " 'TRAINING', 'another', 40)",
                    ContentIds.trainingRun(requestId),
                    requestId));
            assertThat(planned).isOne();
            turn.rollback();
        }
        relay.nudge();

        // When: this one has the request, and the other is alive
        await().during(Duration.ofSeconds(4)).atMost(Duration.ofSeconds(8)).until(() -> {
            database.useHandle(handle -> handle.execute("update training_run set changed_at = now()"));
            return trainingProcesses().findAny().isEmpty()
                    && text("select worker from training_run where request_id = ?", requestId)
                            .equals("another");
        });
        database.useHandle(
                handle -> handle.execute("update training_run set changed_at = now() - interval '1 minute'"));

        // Then: it takes over, and finds that the other's plan is not there
        awaitRun(requestId, "FAILED");
        assertThat(text("select worker from training_run where request_id = ?", requestId))
                .isNotEqualTo("another");
    }

    @Test
    void trainingGoesOnWhileTheDatabaseIsAwayForAMinuteAndItsRowsFollow() throws Exception {
        // Given
        steps(400);
        String requestId = ask();
        await().atMost(PATIENCE).until(() -> number("select count(*) from training_run_point where step > 10") > 0);
        String checkpoint = "runs/%s/checkpoint.bin".formatted(ContentIds.trainingRun(requestId));
        ProcessHandle process = trainingProcess();
        String worker = text("select worker from training_run where request_id = ?", requestId);

        // When: whoever asks for a connection gets no answer
        byte[] before;
        byte[] after;
        try (AutoCloseable away = freezeDatabase()) {
            assertThat(away).isNotNull();
            before = read(checkpoint);
            await().pollDelay(A_MINUTE).atMost(PATIENCE).until(() -> true);
            after = read(checkpoint);
        }

        // Then: the same process has gone on and kept its checkpoints, and its rows are all there
        assertThat(after).isNotEqualTo(before);
        assertThat(trainingProcesses()).allMatch(process::equals);
        awaitRun(requestId, "TRAINED");
        assertThat(number("select count(*) from training_run_point")).isEqualTo(41);
        assertThat(number("select count(*) from training_run")).isOne();
        assertThat(text("select worker from training_run where request_id = ?", requestId))
                .isEqualTo(worker);
    }

    @Test
    void aRunThatEndsWhileTheDatabaseIsAwayForAMinuteIsRegisteredWhenItIsBack() throws Exception {
        // Given
        steps(60);
        String requestId = ask();
        await().atMost(PATIENCE).until(() -> number("select count(*) from training_run_point where step > 10") > 0);
        String candidateId = text("select candidate_id from training_run where request_id = ?", requestId);
        var packages = new ModelPackages(store);

        // When: whoever asks for a connection is refused
        try (AutoCloseable away = closeDatabase()) {
            assertThat(away).isNotNull();
            await().pollDelay(A_MINUTE).atMost(PATIENCE).until(() -> packages.exists(candidateId));
            assertThat(trainingProcesses()).isEmpty();
        }

        // Then: nothing is trained again
        awaitRun(requestId, "TRAINED");
        awaitTrial(candidateId);
        assertThat(number("select count(*) from training_run_point")).isEqualTo(7);
        assertThat(number("select count(*) from training_run")).isOne();
        assertThat(number("select count(*) from model")).isEqualTo(2);
    }

    @Test
    void aDecisionWhoseEventHasNotLeftIsNotLost() throws Exception {
        // Given
        String requestId = ask();
        awaitRun(requestId, "TRAINED");
        String candidateId = text("select candidate_id from training_run where request_id = ?", requestId);
        awaitTrial(candidateId);
        awaitOutbox();

        // When: whoever decides can publish nothing any more
        try (Connection turn = holdOutbox()) {
            score(candidateId, 8);
            score(WeakModel.ID, 5);
            await().atMost(PATIENCE)
                    .until(() -> count("select count(*) from slot where model_id = ?", candidateId) == 1);

            // Then: the event waits beside its decision, committed with it
            assertThat(number("select count(*) from outbox where topic = '" + Topics.MODEL_PROMOTED + "'"))
                    .isOne();
            turn.rollback();
        }

        // Then: whoever publishes next publishes it
        relay.nudge();
        Topic.await(
                broker,
                Topics.MODEL_PROMOTED,
                PATIENCE,
                record -> new String(record.value(), StandardCharsets.UTF_8).contains(candidateId));
        awaitOutbox();
    }

    private String ask() throws SQLException {
        Answer answer = database.inTransaction(transaction -> new RetrainingRequests(outbox)
                .ask(
                        transaction,
                        new Asking(Slots.DEFAULT, WeakModel.ID, "person", "somebody asked", List.of()),
                        Duration.ZERO));
        relay.nudge();
        return ((Answer.Opened) answer).requestId();
    }

    /** The steps that the parent's package says runs are to have. */
    private void steps(int steps) throws Exception {
        card("\"steps\" : \\d+", "\"steps\" : " + steps);
    }

    /** Changes the card of the parent's package. */
    private void card(String pattern, String replacement) throws IOException {
        Path models = folder.resolve("models");
        Path card = models.resolve(WeakModel.ID).resolve("model.json");
        String before = Files.readString(card);
        String changed = before.replaceAll(pattern, replacement);
        assertThat(changed).isNotEqualTo(before);
        store.put("models/%s/model.json".formatted(WeakModel.ID), Files.writeString(card, changed));
    }

    private void awaitRun(String requestId, String state) {
        await().atMost(PATIENCE)
                .until(
                        () -> database.withHandle(handle -> handle.select(
                                        "select state || coalesce(': ' || reason, '') from training_run where request_id = ?",
                                        requestId)
                                .mapTo(String.class)
                                .findOne()
                                .orElse("")),
                        found -> found.startsWith(state) || (found.startsWith("FAILED") && fail(found)));
    }

    private static boolean fail(String found) {
        throw new AssertionError(found);
    }

    private void awaitTrial(String candidateId) {
        await().atMost(PATIENCE)
                .until(() -> count(
                                "select count(*) from batch_item where state = 'QUEUED' and batch_id = ?",
                                "trial-" + candidateId)
                        == 2 * TEST_TRACKS);
    }

    private void awaitOutbox() {
        await().atMost(PATIENCE).until(() -> number("select count(*) from outbox") == 0);
    }

    /** What separator and evaluator write: the same score for every stem of every track. */
    private void score(String modelId, double siSdrDb) {
        database.useTransaction(transaction -> {
            List<Map<String, Object>> entries = transaction
                    .select("select item_id, track_id from batch_item where model_id = ? and state = 'QUEUED'", modelId)
                    .mapToMap()
                    .list();
            entries.forEach(entry -> score(transaction, entry, modelId, siSdrDb));
        });
    }

    private static void score(Handle transaction, Map<String, Object> entry, String modelId, double siSdrDb) {
        String separationId = ContentIds.separation((String) entry.get("track_id"), modelId, "x");
        String evaluationId = ContentIds.evaluation(separationId, "x", List.of());
        transaction.execute(
                "insert into separation (separation_id, track_id, model_id, encoding, manifest, seconds, worker)"
                        + " values (?, ?, ?, 'wav-float', 'x', 0, 'w')",
                separationId,
                entry.get("track_id"),
                modelId);
        transaction.execute(
                "insert into evaluation (evaluation_id, separation_id, protocol, checks, seconds) values (?, ?, 'x', '[]', 0)",
                evaluationId,
                separationId);
        for (String stem : List.of("vocals", "other")) {
            transaction.execute(
                    "insert into evaluation_score (evaluation_id, stem, metric, value) values (?, ?, 'SI-SDR', ?)",
                    evaluationId,
                    stem,
                    siSdrDb);
        }
        transaction.execute(
                "update batch_item set state = 'DONE', separation_id = ?, evaluation_id = ? where item_id = ?",
                separationId,
                evaluationId,
                entry.get("item_id"));
    }

    /** Keeps every relay from publishing, as long as the transaction of the connection is open. */
    private Connection holdOutbox() throws SQLException {
        Connection connection = DriverManager.getConnection(databaseUrl, "postgres", "postgres");
        connection.setAutoCommit(false);
        try (var statement = connection.createStatement()) {
            statement.execute("select pg_advisory_xact_lock(x'6f7574626f78'::bigint)");
        }
        return connection;
    }

    /** Cuts all connections and lets none in, until it is closed. */
    private AutoCloseable closeDatabase() throws SQLException {
        String name = databaseUrl.replaceFirst(".*/([^/?]+).*", "$1");
        String elsewhere = databaseUrl.replaceFirst("/[^/?]+(\\?.*)?$", "/template1");
        execute(elsewhere, "alter database \"%s\" with allow_connections false".formatted(name));
        execute(
                elsewhere,
                "select pg_terminate_backend(pid) from pg_stat_activity where datname = '%s'".formatted(name));
        return () -> execute(elsewhere, "alter database \"%s\" with allow_connections true".formatted(name));
    }

    /** Cuts all connections, and answers none, until it is closed. */
    private AutoCloseable freezeDatabase() throws SQLException, IOException, InterruptedException {
        assumeFalse(
                Containers.areWanted(),
                "NOT TESTED IN CONTAINERS: a server's process in a container cannot be stopped");
        long own = number("select pg_backend_pid()");
        ProcessHandle server =
                ProcessHandle.of(own).flatMap(ProcessHandle::parent).orElseThrow();
        String elsewhere = databaseUrl.replaceFirst("/[^/?]+(\\?.*)?$", "/template1");
        try (Connection connection = DriverManager.getConnection(elsewhere, "postgres", "postgres");
                var statement = connection.createStatement()) {
            signal("STOP", server);
            statement.execute(
                    "select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and datname is not null");
        }
        return () -> signal("CONT", server);
    }

    private static void signal(String name, ProcessHandle process) throws IOException, InterruptedException {
        int status = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
        assertThat(status).isZero();
    }

    private byte[] read(String key) throws IOException {
        try (InputStream content = store.get(key)) {
            return content.readAllBytes();
        }
    }

    private static void execute(String url, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, "postgres", "postgres");
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static ProcessHandle trainingProcess() {
        return trainingProcesses().findFirst().orElseThrow();
    }

    /** The only other JVM that this one starts. */
    private static Stream<ProcessHandle> trainingProcesses() {
        return ProcessHandle.current()
                .descendants()
                .filter(process -> process.info().command().orElse("").endsWith("/java"));
    }

    private boolean isExporting() throws Exception {
        Path scratch = Path.of("target/scratch");
        if (!Files.isDirectory(scratch)) {
            return false;
        }
        Callable<Boolean> look = () -> {
            try (Stream<Path> files = Files.walk(scratch, 4)) {
                return files.anyMatch(file -> file.endsWith(".next"));
            }
        };
        try {
            return look.call();
        } catch (java.io.UncheckedIOException e) {
            // Files come and go while it is walked.
            return false;
        }
    }

    private String text(String sql, Object argument) {
        return database.withHandle(
                handle -> handle.select(sql, argument).mapTo(String.class).one());
    }

    private int count(String sql, Object argument) {
        return database.withHandle(
                handle -> handle.select(sql, argument).mapTo(Integer.class).one());
    }

    private long number(String sql) {
        return database.withHandle(
                handle -> handle.select(sql).mapTo(Long.class).one());
    }

    private double decimal(String sql) {
        return database.withHandle(
                handle -> handle.select(sql).mapTo(Double.class).one());
    }
}
