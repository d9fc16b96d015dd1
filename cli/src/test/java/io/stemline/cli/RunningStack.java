package io.stemline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stemline.local.StackState;
import io.stemline.local.StackState.StackProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A stack that {@code stemline up} holds in a process of its own, with settings in its environment, until it is closed. */
final class RunningStack implements AutoCloseable {
    static final Path PROJECT = Path.of(System.getProperty("stemline.project-root"));

    private static final Duration START = Duration.ofMinutes(4);
    private static final Duration SEPARATION = Duration.ofMinutes(4);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final Path folder;
    private final Process process;

    private RunningStack(Path folder, Process process) {
        this.folder = folder;
        this.process = process;
    }

    /** The data folder of a stack in a folder. */
    static Path dataIn(Path folder) {
        return folder.resolve("data");
    }

    /** Ends the test as not made where the services are not built. */
    static void assumeBuilt(String what) {
        for (String service : List.of("ingest-service", "separator-service", "evaluator-service", "trainer-service")) {
            assumeTrue(
                    Files.exists(jar(service)),
                    "NOT TESTED: %s, %s is not built; 'mvn verify' builds it".formatted(what, service));
        }
    }

    static Path jar(String service) {
        return PROJECT.resolve(Path.of(service, "target", "quarkus-app", "quarkus-run.jar"));
    }

    /** Starts a stack, and returns once it is up. */
    static RunningStack start(Path folder, String model, Map<String, String> environment) throws IOException {
        var builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dstemline.home=" + PROJECT,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Stemline.class.getName(),
                        "up",
                        "--data",
                        dataIn(folder).toString(),
                        "--model",
                        model)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("stack.log").toFile());
        builder.environment().putAll(environment);
        var stack = new RunningStack(folder, builder.start());
        await().atMost(START).until(() -> {
            assertThat(stack.process.isAlive()).as(stack::log).isTrue();
            return StackState.find(dataIn(folder)).filter(StackState::ready).isPresent();
        });
        return stack;
    }

    StackState state() {
        return StackState.find(dataIn(folder)).orElseThrow();
    }

    StackProcess process(String name) {
        return state().process(name).orElseThrow();
    }

    /** A connection to the stack's database. */
    Connection connect() throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:%d/stemline"
                        .formatted(process("postgresql").port()),
                "postgres",
                "postgres");
    }

    /** Has what lies in a folder separated; the entries when all are done. */
    List<JsonNode> separate(Path music, int entries) throws IOException {
        Cli submitted = Cli.run("submit", music, "--data", dataIn(folder), "--json");
        assertThat(submitted.exitCode()).as(submitted.err()).isZero();
        String batchId = JSON.readTree(submitted.out()).path("batchId").asText();
        List<JsonNode> items = new ArrayList<>();
        await().atMost(SEPARATION).until(() -> {
            items.clear();
            get("/api/batches/%s/items".formatted(batchId)).forEach(items::add);
            return items.size() == entries
                    && items.stream()
                            .allMatch(item -> item.path("state").asText().equals("DONE"));
        });
        return items;
    }

    JsonNode get(String path) throws IOException, InterruptedException {
        return answer(HttpRequest.newBuilder(address(path)).build());
    }

    JsonNode post(String path, JsonNode body) throws IOException, InterruptedException {
        return answer(HttpRequest.newBuilder(address(path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                .build());
    }

    private JsonNode answer(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isBetween(200, 299);
        return JSON.readTree(response.body());
    }

    private URI address(String path) {
        return state().catalogue().resolve(path);
    }

    private String log() {
        try {
            return Files.readString(folder.resolve("stack.log"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
        http.close();
    }
}
