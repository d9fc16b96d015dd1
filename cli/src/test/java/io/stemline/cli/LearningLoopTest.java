package io.stemline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stemline.audio.AudioBuffer;
import io.stemline.audio.AudioFiles;
import io.stemline.audio.AudioFormat;
import io.stemline.audio.Encoding;
import io.stemline.local.StackState;
import io.stemline.training.batches.Augmentation;
import io.stemline.training.batches.Curriculum;
import io.stemline.training.export.ModelExport;
import io.stemline.training.learning.Optimiser;
import io.stemline.training.learning.TrainingNetwork;
import io.stemline.training.loss.AbsoluteLoss;
import io.stemline.training.network.Masking;
import io.stemline.training.network.SpectrumInput;
import io.stemline.training.network.UNetConfiguration;
import io.stemline.training.trainer.Schedule;
import io.stemline.training.trainer.TrainingConfiguration;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * The loop with the real services: a model that has learned nothing is active, songs with true stems come in, a better model is
 * trained, judged and promoted, and the next songs are separated by it. Then the true stems of what is learned from are exchanged, and
 * the candidate that comes of it is refused.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class LearningLoopTest {
    private static final Path PROJECT = Path.of(System.getProperty("stemline.project-root"));
    private static final String WEAK = "weak-1";
    private static final int SAMPLE_RATE_HZ = 8000;
    private static final int SONG_SECONDS = 4;
    private static final int NOTES_A_SECOND = 4;
    private static final int SONGS = 16;
    private static final Duration START = Duration.ofMinutes(4);
    private static final Duration LEARNING = Duration.ofMinutes(10);
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private static Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private Path dataFolder;
    private Process stack;
    private double weakSiSdrDb;
    private String better;

    @BeforeAll
    void startWithAModelThatHasLearnedNothing() throws Exception {
        for (String service : List.of("ingest-service", "separator-service", "evaluator-service", "trainer-service")) {
            assumeTrue(
                    Files.exists(PROJECT.resolve(Path.of(service, "target", "quarkus-app", "quarkus-run.jar"))),
                    "NOT TESTED: the learning loop, " + service + " is not built; 'mvn verify' builds it");
        }
        dataFolder = folder.resolve("data");
        writeWeakModel(dataFolder.resolve("models"));
        stack = start();
        await().atMost(START).until(() -> {
            assertThat(stack.isAlive())
                    .as(() -> read(folder.resolve("stack.log")))
                    .isTrue();
            return StackState.find(dataFolder).filter(StackState::ready).isPresent();
        });
    }

    @AfterAll
    void stop() throws InterruptedException {
        if (stack != null) {
            stack.destroy();
            stack.waitFor();
        }
    }

    @Test
    @Order(1)
    void songsWithTrueStemsMakeABetterModelThatSeparatesTheNextOnes() throws Exception {
        // Given
        weakSiSdrDb = siSdrOf(submit("first", SONGS, 0), WEAK);

        // When: nobody touches anything
        better = awaitActiveModelOtherThan(WEAK);

        // Then
        assertThat(siSdrOf(submit("next", 4, 1000), better)).isGreaterThan(weakSiSdrDb + 3);
        JsonNode request = get("/api/retraining/requests").path(0);
        assertThat(request.path("policy").asText()).isEqualTo("songs");
        assertThat(request.path("outcome").asText()).startsWith("PROMOTED: better beyond doubt: SI-SDR +");
    }

    @Test
    @Order(2)
    void aCandidateThatLearnedFromSpoiltStemsIsRefusedAndTheActiveModelStays() throws Exception {
        // Given: in everything that is learned from, and chosen by, the stems have each other's names
        for (Map.Entry<String, String> track : learnedFrom().entrySet()) {
            Path song = folder.resolve("first").resolve(track.getValue());
            post(
                    "/api/tracks/%s/references".formatted(track.getKey()),
                    JSON.createObjectNode()
                            .set(
                                    "references",
                                    JSON.createArrayNode()
                                            .add(reference("vocals", song.resolve("other.wav")))
                                            .add(reference("other", song.resolve("vocals.wav")))));
        }

        // When
        ObjectNode wish =
                JSON.createObjectNode().put("reason", "new references").put("now", true);
        String requestId = post("/api/retraining/requests", wish)
                .path("request")
                .path("requestId")
                .asText();
        await().atMost(LEARNING)
                .until(() -> !get("/api/retraining/requests/" + requestId)
                        .path("outcome")
                        .asText("")
                        .isEmpty());

        // Then
        assertThat(get("/api/retraining/requests/" + requestId).path("outcome").asText())
                .startsWith("REFUSED: not better beyond doubt: SI-SDR -");
        assertThat(get("/api/models").path("active").asText()).isEqualTo(better);
        assertThat(siSdrOf(submit("last", 2, 2000), better)).isGreaterThan(weakSiSdrDb + 3);
    }

    private Process start() throws IOException {
        var builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dstemline.home=" + PROJECT,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Stemline.class.getName(),
                        "up",
                        "--data",
                        dataFolder.toString(),
                        "--model",
                        WEAK)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("stack.log").toFile());
        builder.environment()
                .putAll(Map.of(
                        "STEMLINE_POLICIES_SONGS_KIND", "new-references",
                        "STEMLINE_POLICIES_SONGS_TRACKS", Integer.toString(SONGS),
                        "STEMLINE_TRAINER_LEAST_TRAINING_TRACKS", "6",
                        "STEMLINE_TRAINER_HEAP", "512m"));
        return builder.start();
    }

    /** Writes songs and has them separated; the entries when all are done. */
    private List<JsonNode> submit(String name, int songs, long firstSeed) throws Exception {
        Path music = folder.resolve(name);
        for (int song = 0; song < songs; song++) {
            writeSong(music.resolve("song " + song), firstSeed + song);
        }
        Cli submitted = Cli.run("submit", music, "--data", dataFolder, "--json");
        assertThat(submitted.exitCode()).as(submitted.err()).isZero();
        String batchId = JSON.readTree(submitted.out()).path("batchId").asText();
        List<JsonNode> items = new ArrayList<>();
        await().atMost(Duration.ofMinutes(4)).until(() -> {
            items.clear();
            get("/api/batches/%s/items".formatted(batchId)).forEach(items::add);
            return items.size() == songs
                    && items.stream()
                            .allMatch(item -> item.path("state").asText().equals("DONE"));
        });
        return items;
    }

    /** The mean over songs and stems; all must have been separated by this model. */
    private static double siSdrOf(List<JsonNode> items, String modelId) {
        assertThat(items).allMatch(item -> item.path("modelId").asText().equals(modelId));
        return items.stream()
                .flatMap(item -> item.path("scores").valueStream())
                .filter(score -> score.path("metric").asText().equals("SI-SDR"))
                .filter(score -> !score.path("stem").asText().equals("accompaniment"))
                .mapToDouble(score -> score.path("value").asDouble())
                .average()
                .orElseThrow();
    }

    private String awaitActiveModelOtherThan(String modelId) {
        return await().atMost(LEARNING)
                .until(
                        () -> {
                            JsonNode outcome =
                                    get("/api/retraining/requests").path(0).path("outcome");
                            assertThat(outcome.asText(""))
                                    .doesNotStartWith("FAILED")
                                    .doesNotStartWith("REFUSED");
                            return get("/api/models").path("active").asText();
                        },
                        active -> !active.equals(modelId));
    }

    /** Names of the songs that training sees, by track. */
    private Map<String, String> learnedFrom() throws SQLException {
        int port = StackState.find(dataFolder).orElseThrow().processes().stream()
                .filter(process -> process.name().equals("postgresql"))
                .findFirst()
                .orElseThrow()
                .port();
        Map<String, String> names = new LinkedHashMap<>();
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:postgresql://127.0.0.1:%d/stemline".formatted(port), "postgres", "postgres");
                ResultSet row = connection.createStatement().executeQuery("""
                                select t.track_id, i.name from track t join batch_item i using (track_id)
                                     join batch b using (batch_id)
                                where t.split in ('TRAIN', 'VALIDATION') and b.name = 'first'
                                """)) {
            while (row.next()) {
                names.put(row.getString("track_id"), row.getString("name"));
            }
        }
        assertThat(names).isNotEmpty();
        return names;
    }

    private static ObjectNode reference(String stem, Path file) {
        return JSON.createObjectNode().put("stem", stem).put("path", file.toString());
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        return answer(HttpRequest.newBuilder(address(path)).build());
    }

    private JsonNode post(String path, JsonNode body) throws IOException, InterruptedException {
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
        return StackState.find(dataFolder).orElseThrow().catalogue().resolve(path);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static void writeWeakModel(Path models) {
        var network = new UNetConfiguration(
                new SpectrumInput(SAMPLE_RATE_HZ, 1, 256, 64, 256, 128, 16),
                List.of("vocals", "other"),
                List.of(6, 8, 12),
                3,
                0.3,
                0,
                Masking.SOFTMAX);
        var configuration = new TrainingConfiguration(
                network,
                new AbsoluteLoss(),
                Optimiser.adam(),
                new Schedule.Cosine(5e-3, 3, 0.01),
                new Curriculum(3, 4, 8, 0.2),
                Augmentation.none(),
                8,
                1,
                250,
                1,
                0.9,
                8,
                50,
                0,
                0,
                1);
        var settings = new TrainingNetwork.Settings(Optimiser.adam(), 1, 1, 0.9, 4, 1);
        try (var untrained = new TrainingNetwork(network, configuration.loss(), settings)) {
            var details = new ModelExport.Details(
                    WEAK, "Weak", "", Map.of(), "nothing", "a test", Optional.empty(), List.of(), "# Weak\n");
            ModelExport.write(models, configuration, untrained.inferenceWeights(untrained.state()), details);
        }
    }

    /** A high voice over low notes. */
    private static void writeSong(Path song, long seed) throws IOException {
        Files.createDirectories(song);
        float[] vocals = notes(seed, 1200, 3000);
        float[] other = notes(seed + 1_000_000, 90, 500);
        float[] mixture = new float[vocals.length];
        for (int i = 0; i < mixture.length; i++) {
            mixture[i] = vocals[i] + other[i];
        }
        write(song.resolve("vocals.wav"), vocals);
        write(song.resolve("other.wav"), other);
        write(song.resolve("mixture.wav"), mixture);
    }

    private static float[] notes(long seed, double lowestHz, double highestHz) {
        var random = new Random(seed);
        float[] samples = new float[SONG_SECONDS * SAMPLE_RATE_HZ];
        int noteFrames = SAMPLE_RATE_HZ / NOTES_A_SECOND;
        for (int note = 0; note < samples.length / noteFrames; note++) {
            double frequencyHz = lowestHz * Math.pow(highestHz / lowestHz, random.nextDouble());
            for (int i = 0; i < noteFrames; i++) {
                double fade = Math.sin(Math.PI * i / noteFrames);
                samples[note * noteFrames + i] =
                        (float) (0.2 * fade * Math.sin(2 * Math.PI * frequencyHz * i / SAMPLE_RATE_HZ));
            }
        }
        return samples;
    }

    private static void write(Path file, float[] samples) {
        AudioFiles.write(
                file, new AudioBuffer(new AudioFormat(SAMPLE_RATE_HZ, 1), new float[][] {samples}), Encoding.WAV_FLOAT);
    }
}
