package io.stemline.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.stemline.local.StackSettings.Purpose;
import io.stemline.local.StackState.StackProcess;
import io.stemline.local.StackState.StackProcess.Condition;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

final class LocalStackTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    private Path home;

    @Test
    void whatIsNotBuiltIsNamed() throws Exception {
        // Given
        ToyService.install(home, "ingest-service", ToyService.class);

        // When
        var start = assertThatThrownBy(() -> LocalStack.start(settings(home), StackListener.NONE));

        // Then
        start.isInstanceOf(LocalStackException.class)
                .hasMessageContaining("not built: separator-service, evaluator-service, trainer-service");
        assertThat(StackState.find(settings(home).dataFolder())).isEmpty();
    }

    @Test
    void aServiceThatGivesUpEndsTheStartAndItsLogSaysWhy() throws Exception {
        // Given
        ToyService.installAll(home);
        ToyService.install(home, "separator-service", ToyService.Broken.class);

        // When
        var start = assertThatThrownBy(() -> LocalStack.start(settings(home), StackListener.NONE));

        // Then
        start.isInstanceOf(LocalStackException.class)
                .hasMessageContaining("separator-service ended with status 3 while starting")
                .hasMessageContaining("the table 'track' is missing");
        assertThat(StackState.find(settings(home).dataFolder())).isEmpty();
        assertThat(ProcessHandle.current().children().filter(LocalStackTest::isServer))
                .isEmpty();
    }

    @Test
    void nothingIsLeftOfAStackWhoseHolderIsKilledAndTheNextOneGoesOnWithItsRows() throws Exception {
        // Given
        ToyService.installAll(home);
        Path dataFolder = settings(home).dataFolder();
        Process holder = startHolder();
        StackState first = StackState.find(dataFolder).orElseThrow();
        ProcessHandle postgres = LifelineTest.postmaster(dataFolder.resolve("postgresql"));
        execute(first, "create table kept (word text)");
        var processes = handles(first);

        // When
        holder.destroyForcibly();

        // Then
        await().atMost(SOON).until(() -> processes.stream().noneMatch(ProcessHandle::isAlive) && !postgres.isAlive());
        assertThat(dataFolder.resolve("stack.json")).exists();
        assertThat(StackState.find(dataFolder)).isEmpty();
        try (var second = LocalStack.start(settings(home), StackListener.NONE)) {
            execute(second.state(), "insert into kept values ('yes')");
        }
    }

    @Test
    void aHolderThatIsAskedToEndStopsEverything() throws Exception {
        // Given
        ToyService.installAll(home);
        Process holder = startHolder();
        var processes = handles(StackState.find(settings(home).dataFolder()).orElseThrow());

        // When
        holder.destroy();

        // Then
        assertThat(holder.waitFor(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(processes).noneMatch(ProcessHandle::isAlive);
        assertThat(settings(home).dataFolder().resolve("stack.json")).doesNotExist();
    }

    @Test
    void whatIsKilledAgainAndAgainIsStartedAgainAtOnceEachTimeAsLongAsItComesUp() throws Exception {
        // Given
        ToyService.installAll(home);
        var pauses = new CopyOnWriteArrayList<Duration>();
        var recovered = new Semaphore(0);
        StackListener listener = new StackListener() {
            @Override
            public void died(String process, int status, Duration untilRestart, Path log) {
                pauses.add(untilRestart);
            }

            @Override
            public void recovered(String process) {
                recovered.release();
            }
        };

        // When
        try (var stack = LocalStack.start(settings(home), listener)) {
            for (int n = 0; n < 3; n++) {
                ProcessHandle.of(process(stack.state(), "evaluator-service").pid())
                        .orElseThrow()
                        .destroyForcibly();
                assertThat(recovered.tryAcquire(SOON.toSeconds(), TimeUnit.SECONDS))
                        .isTrue();
            }
        }

        // Then
        assertThat(pauses).hasSize(3).allMatch(Duration.ofMillis(500)::equals);
    }

    @Test
    void thereIsASeparatorForEachDevice() throws Exception {
        // Given
        ToyService.installAll(home);
        var settings = settings(home).withDevices(List.of("gpu:0", "gpu:1", "gpu:1,cpu"));

        // When
        try (var stack = LocalStack.start(settings, StackListener.NONE)) {
            // Then
            assertThat(stack.state().processes())
                    .filteredOn(process -> !process.device().isEmpty())
                    .extracting(StackProcess::name, StackProcess::device)
                    .containsExactly(
                            tuple("separator-service", "gpu:0"),
                            tuple("separator-service-2", "gpu:1"),
                            tuple("separator-service-3", "gpu:1,cpu"));
            assertThat(given(stack, "separator-service")).contains("STEMLINE_DEVICE=gpu:0,");
            assertThat(given(stack, "separator-service-3")).contains("STEMLINE_DEVICE=gpu:1,cpu,");
            assertThat(given(stack, "evaluator-service")).doesNotContain("STEMLINE_DEVICE");
            assertThat(settings.dataFolder().resolve("logs/separator-service-2.log"))
                    .exists();
        }
    }

    private static String given(LocalStack stack, String name) throws Exception {
        return get(URI.create("http://127.0.0.1:" + port(stack.state(), name) + "/settings"));
    }

    @Nested
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    final class OneThatRuns {

        private LocalStack stack;
        private StackSettings settings;

        @BeforeAll
        void start(@TempDir Path folder) throws IOException {
            ToyService.installAll(folder);
            settings = settings(folder);
            stack = LocalStack.start(settings, StackListener.NONE);
        }

        @AfterAll
        void stop() {
            stack.close();
        }

        @Test
        void isFoundByOtherPrograms() {
            // When
            StackState found = StackState.find(settings.dataFolder()).orElseThrow();

            // Then
            assertThat(found).isEqualTo(stack.state());
            assertThat(found.ready()).isTrue();
            assertThat(found.processes())
                    .extracting(StackProcess::name)
                    .containsExactly(
                            "kafka",
                            "postgresql",
                            "ingest-service",
                            "separator-service",
                            "evaluator-service",
                            "trainer-service");
            assertThat(found.processes()).extracting(StackProcess::condition).containsOnly(Condition.UP);
        }

        @Test
        void givesTheServicesTheirSettingsAndNothingElse() throws Exception {
            // When
            String given = get(stack.state().catalogue().resolve("/settings"));

            // Then
            StackState state = stack.state();
            assertThat(given)
                    .contains("QUARKUS_DATASOURCE_JDBC_URL=jdbc:postgresql://127.0.0.1:" + port(state, "postgresql"))
                    .contains("STEMLINE_KAFKA_BOOTSTRAP_SERVERS=127.0.0.1:" + port(state, "kafka"))
                    .contains("STEMLINE_STORE_FOLDER=" + settings.dataFolder().resolve("store"))
                    .contains("STEMLINE_MODELS_FOLDERS=" + settings.home().resolve("models") + ","
                            + settings.dataFolder().resolve("models"))
                    .contains("STEMLINE_MODELS_ACTIVE=null", "STEMLINE_QUEUE_DELIVERY_LIMIT=10");
        }

        @Test
        void refusesAnotherOneBesideIt() {
            // When
            var another = assertThatThrownBy(() -> LocalStack.start(settings, StackListener.NONE));

            // Then
            another.isInstanceOf(StackInUseException.class)
                    .hasMessageContaining("another Stemline is using this data folder (process "
                            + ProcessHandle.current().pid() + ")");
            assertThat(StackState.find(settings.dataFolder())).isPresent();
        }

        @Test
        void startsAgainWhatIsKilled() {
            // Given
            StackProcess before = process(stack.state(), "evaluator-service");

            // When
            ProcessHandle.of(before.pid()).orElseThrow().destroyForcibly();

            // Then
            await().atMost(SOON).untilAsserted(() -> {
                StackProcess after =
                        process(StackState.find(settings.dataFolder()).orElseThrow(), "evaluator-service");
                assertThat(after.condition()).isEqualTo(Condition.UP);
                assertThat(after.restarts()).isEqualTo(before.restarts() + 1);
                assertThat(after.pid()).isNotEqualTo(before.pid());
                assertThat(after.port()).isEqualTo(before.port());
            });
        }

        @Test
        void leavesItsProcessesDeafToControlC() throws Exception {
            // Given
            StackProcess service = process(stack.state(), "separator-service");

            // When
            new ProcessBuilder("kill", "-INT", Long.toString(service.pid()))
                    .start()
                    .waitFor();

            // Then
            String answered = get(URI.create("http://127.0.0.1:" + service.port() + "/settings"));
            assertThat(answered).contains("QUARKUS_HTTP_PORT=" + service.port());
            assertThat(process(stack.state(), "separator-service").restarts()).isEqualTo(service.restarts());
        }
    }

    private Process startHolder() throws IOException {
        Process holder = ChildJvm.start(List.of(), StackParent.class, home.toString());
        ChildJvm.awaitLine(holder.inputReader(), "ready");
        return holder;
    }

    private static StackSettings settings(Path home) {
        return new StackSettings(home, home.resolve("stack"), Purpose.UP, "null");
    }

    private static List<ProcessHandle> handles(StackState state) {
        return state.processes().stream()
                .map(process -> ProcessHandle.of(process.pid()).orElseThrow())
                .toList();
    }

    private static boolean isServer(ProcessHandle process) {
        return process.info().commandLine().orElse("").contains("lifeline.jar");
    }

    private static StackProcess process(StackState state, String name) {
        return state.process(name).orElseThrow();
    }

    private static int port(StackState state, String name) {
        return process(state, name).port();
    }

    private static void execute(StackState state, String sql) throws SQLException {
        String url = EmbeddedDatabase.jdbcUrl(port(state, "postgresql"));
        try (var connection = DriverManager.getConnection(url, EmbeddedDatabase.USER, EmbeddedDatabase.USER);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String get(URI address) throws IOException, InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            return http.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString())
                    .body();
        }
    }
}
