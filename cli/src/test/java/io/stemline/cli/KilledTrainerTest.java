package io.stemline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stemline.local.StackState.StackProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * One request, two trainer-services as processes, and whichever of them is at work is killed as {@code kill -9} does: in an epoch, in the
 * export, and between the promotion and its event. What comes of it is what would have come without.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class KilledTrainerTest {
    private static final int SONGS = 16;
    private static final int STEPS = 300;
    private static final int STEPS_BETWEEN_VALIDATIONS = 20;
    private static final String OUTBOX_TURN = "select pg_advisory_xact_lock(x'6f7574626f78'::bigint)";
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Map<String, String> SETTINGS = Map.of(
            "STEMLINE_POLICIES_NONE_KIND", "never",
            "STEMLINE_TRAINER_LEAST_TRAINING_TRACKS", "6",
            "STEMLINE_TRAINER_LEASE", "10s",
            "STEMLINE_TRAINER_HEAP", "512m");

    @TempDir
    private static Path folder;

    private RunningStack stack;
    private Process second;

    @BeforeAll
    void startTwoTrainers() throws IOException {
        RunningStack.assumeBuilt("killed trainers");
        SmallSongs.writeWeakModel(RunningStack.dataIn(folder).resolve("models"), STEPS, STEPS_BETWEEN_VALIDATIONS);
        stack = RunningStack.start(folder, SmallSongs.WEAK, SETTINGS);
        second = startSecondTrainer();
    }

    @AfterAll
    void stop() {
        if (second != null) {
            second.destroyForcibly().onExit().join();
        }
        if (stack != null) {
            stack.close();
        }
    }

    @Test
    void trainersThatAreKilledAtEveryStepMakeOneModelAndPromoteItOnce() throws Exception {
        // Given
        Path music = folder.resolve("music");
        SmallSongs.write(music, SONGS, 0);
        stack.separate(music, SONGS);
        String requestId = stack.post(
                        "/api/retraining/requests", JSON.createObjectNode().put("reason", "it is weak"))
                .path("request")
                .path("requestId")
                .asText();

        // When: in the middle of an epoch
        await().atMost(PATIENCE).until(() -> points().keySet().stream().anyMatch(step -> step >= 40));
        Map<Long, Double> before = points();
        String firstWorker = run().path("worker").asText();
        ProcessHandle training = killTrainerAtWork();

        // Then: its training process ends with it, and another trainer goes on from the checkpoint in the store
        await().atMost(PATIENCE).until(() -> !training.isAlive());
        await().atMost(PATIENCE).until(() -> points().size() > before.size() + 1);
        assertThat(run().path("worker").asText()).isNotEqualTo(firstWorker);
        assertThat(points()).containsAllEntriesOf(before);

        // When: in the middle of the export
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(2)).until(this::isExporting);
        killTrainerAtWork();

        // Then
        await().atMost(PATIENCE).until(() -> run().path("state").asText().equals("TRAINED"));
        assertThat(points()).containsAllEntriesOf(before);
        assertThat(points().keySet()).contains(0L, (long) STEPS).hasSize(STEPS / STEPS_BETWEEN_VALIDATIONS + 1);
        String candidateId = run().path("candidateId").asText();

        // When: between the promotion and its event, which nobody may publish just then
        try (Connection turn = decideWithoutPublishing(candidateId)) {
            killAllTrainers();
            assertThat(text("select count(*) from outbox where topic = 'stemline.model.promoted'"))
                    .isEqualTo("1");
            turn.rollback();
        }

        // Then
        Path next = folder.resolve("next");
        SmallSongs.write(next, 1, 5000);
        await().atMost(PATIENCE)
                .until(() -> stack.separate(next, 1)
                        .getFirst()
                        .path("modelId")
                        .asText()
                        .equals(candidateId));
        assertThat(outcome(requestId)).startsWith("PROMOTED: better beyond doubt: SI-SDR +");
        assertThat(text("select count(*) from training_run")).isEqualTo("1");
        assertThat(text("select count(*) from model")).isEqualTo("2");
        assertThat(text("select count(*) from promotion")).isEqualTo("1");
        assertThat(text("select count(*) from dead_letter")).isEqualTo("0");
        assertThat(text("select count(*) from batch_item where state <> 'DONE'"))
                .isEqualTo("0");
    }

    /**
     * Lets the gate decide at a moment when no service may publish.
     *
     * @return what keeps them from publishing
     */
    private Connection decideWithoutPublishing(String candidateId) throws SQLException {
        Connection turn = stack.connect();
        turn.setAutoCommit(false);
        try (Connection trial = stack.connect()) {
            trial.setAutoCommit(false);
            await().atMost(PATIENCE).until(() -> isLocked(trial));
            await().atMost(PATIENCE)
                    .until(
                            () -> text("""
                            select count(*) from batch_item join batch using (batch_id)
                            where purpose = 'TRIAL' and state = 'DONE'
                            """)
                                    .equals(
                                            text(
                                                    "select count(*) from batch_item join batch using (batch_id) where purpose = 'TRIAL'")));
            await().atMost(PATIENCE)
                    .until(() -> text("select count(*) from outbox").equals("0"));
            turn.createStatement().execute(OUTBOX_TURN);
            trial.rollback();
        }
        await().atMost(PATIENCE)
                .until(() ->
                        text("select coalesce(max(model_id), '') from slot").equals(candidateId));
        return turn;
    }

    /** Whether there is a trial, which nobody else can decide on from now on. */
    private static boolean isLocked(Connection connection) throws SQLException {
        try (ResultSet rows = connection.createStatement().executeQuery("select * from trial for update")) {
            return rows.next();
        }
    }

    private Process startSecondTrainer() throws IOException {
        Path data = RunningStack.dataIn(folder);
        var builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0",
                        "-jar",
                        RunningStack.jar("trainer-service").toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("second-trainer.log").toFile());
        Map<String, String> environment = builder.environment();
        environment.putAll(SETTINGS);
        environment.putAll(Map.of(
                "QUARKUS_HTTP_PORT",
                "0",
                "QUARKUS_DATASOURCE_JDBC_URL",
                "jdbc:postgresql://127.0.0.1:%d/stemline"
                        .formatted(stack.process("postgresql").port()),
                "QUARKUS_DATASOURCE_USERNAME",
                "postgres",
                "QUARKUS_DATASOURCE_PASSWORD",
                "postgres",
                "STEMLINE_KAFKA_BOOTSTRAP_SERVERS",
                "127.0.0.1:" + stack.process("kafka").port(),
                "STEMLINE_STORE_FOLDER",
                data.resolve("store").toString(),
                "STEMLINE_MODELS_ACTIVE",
                SmallSongs.WEAK,
                "STEMLINE_TRAINER_SCRATCH",
                folder.resolve("training-of-the-second").toString(),
                "STEMLINE_QUEUE_LOCK",
                "15s"));
        return builder.start();
    }

    /** Kills the trainer whose training process runs, of which there is one; that process. */
    private ProcessHandle killTrainerAtWork() {
        List<ProcessHandle> training = trainers().stream()
                .flatMap(ProcessHandle::descendants)
                .filter(process -> process.info().command().orElse("").endsWith("/java"))
                .toList();
        assertThat(training).hasSize(1);
        ProcessHandle trainer = training.getFirst().parent().orElseThrow();
        assertThat(trainers()).contains(trainer);
        trainer.destroyForcibly();
        return training.getFirst();
    }

    private void killAllTrainers() {
        List<ProcessHandle> trainers = trainers();
        assertThat(trainers).isNotEmpty();
        trainers.forEach(ProcessHandle::destroyForcibly);
        await().atMost(PATIENCE).until(() -> trainers.stream().noneMatch(ProcessHandle::isAlive));
    }

    /** The trainers that run: that of the stack, which starts it again when it dies, and the other. */
    private List<ProcessHandle> trainers() {
        StackProcess first = stack.process("trainer-service");
        return Stream.of(ProcessHandle.of(first.pid()), Optional.of(second.toHandle()))
                .flatMap(Optional::stream)
                .filter(ProcessHandle::isAlive)
                .toList();
    }

    private boolean isExporting() {
        return Stream.of(RunningStack.dataIn(folder).resolve("training"), folder.resolve("training-of-the-second"))
                .anyMatch(KilledTrainerTest::isWrittenBelow);
    }

    private static boolean isWrittenBelow(Path scratch) {
        if (!Files.isDirectory(scratch)) {
            return false;
        }
        try (Stream<Path> files = Files.walk(scratch, 4)) {
            return files.anyMatch(file -> file.endsWith(".next"));
        } catch (IOException | UncheckedIOException e) {
            // Files come and go while it is walked.
            return false;
        }
    }

    private JsonNode run() throws IOException, InterruptedException {
        return stack.get("/api/retraining/runs").path(0);
    }

    /** Time of training at each validation: another one where a step was validated again. */
    private Map<Long, Double> points() throws IOException, InterruptedException {
        JsonNode runs = stack.get("/api/retraining/runs");
        Map<Long, Double> points = new LinkedHashMap<>();
        if (!runs.isEmpty()) {
            JsonNode whole = stack.get(
                    "/api/retraining/runs/" + runs.path(0).path("runId").asText());
            whole.path("points")
                    .forEach(point -> points.put(
                            point.path("step").asLong(), point.path("seconds").asDouble()));
        }
        return points;
    }

    private String outcome(String requestId) throws IOException, InterruptedException {
        return stack.get("/api/retraining/requests/" + requestId)
                .path("outcome")
                .asText();
    }

    private String text(String sql) throws SQLException {
        try (Connection connection = stack.connect();
                ResultSet row = connection.createStatement().executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }
}
