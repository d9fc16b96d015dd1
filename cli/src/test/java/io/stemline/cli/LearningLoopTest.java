package io.stemline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    private static final int SONGS = 16;
    private static final Duration LEARNING = Duration.ofMinutes(10);
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private static Path folder;

    private RunningStack stack;
    private double weakSiSdrDb;
    private String better;

    @BeforeAll
    void startWithAModelThatHasLearnedNothing() throws IOException {
        RunningStack.assumeBuilt("the learning loop");
        SmallSongs.writeWeakModel(RunningStack.dataIn(folder).resolve("models"), 250, 50);
        stack = RunningStack.start(
                folder,
                SmallSongs.WEAK,
                Map.of(
                        "STEMLINE_POLICIES_SONGS_KIND", "new-references",
                        "STEMLINE_POLICIES_SONGS_TRACKS", Integer.toString(SONGS),
                        "STEMLINE_TRAINER_LEAST_TRAINING_TRACKS", "6",
                        "STEMLINE_TRAINER_HEAP", "512m"));
    }

    @AfterAll
    void stop() {
        if (stack != null) {
            stack.close();
        }
    }

    @Test
    @Order(1)
    void songsWithTrueStemsMakeABetterModelThatSeparatesTheNextOnes() throws Exception {
        // Given
        weakSiSdrDb = siSdrOf(separate("first", SONGS, 0), SmallSongs.WEAK);

        // When: nobody touches anything
        better = awaitActiveModelOtherThan(SmallSongs.WEAK);

        // Then
        assertThat(siSdrOf(separate("next", 4, 1000), better)).isGreaterThan(weakSiSdrDb + 3);
        JsonNode request = stack.get("/api/retraining/requests").path(0);
        assertThat(request.path("policy").asText()).isEqualTo("songs");
        assertThat(request.path("outcome").asText()).startsWith("PROMOTED: better beyond doubt: SI-SDR +");
    }

    @Test
    @Order(2)
    void aCandidateThatLearnedFromSpoiltStemsIsRefusedAndTheActiveModelStays() throws Exception {
        // Given: in everything that is learned from, and chosen by, the stems have each other's names
        for (Map.Entry<String, String> track : learnedFrom().entrySet()) {
            Path song = folder.resolve("first").resolve(track.getValue());
            stack.post(
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
        String requestId = stack.post("/api/retraining/requests", wish)
                .path("request")
                .path("requestId")
                .asText();
        await().atMost(LEARNING)
                .until(() -> !stack.get("/api/retraining/requests/" + requestId)
                        .path("outcome")
                        .asText("")
                        .isEmpty());

        // Then
        assertThat(stack.get("/api/retraining/requests/" + requestId)
                        .path("outcome")
                        .asText())
                .startsWith("REFUSED: not better beyond doubt: SI-SDR -");
        assertThat(stack.get("/api/models").path("active").asText()).isEqualTo(better);
        assertThat(siSdrOf(separate("last", 2, 2000), better)).isGreaterThan(weakSiSdrDb + 3);
    }

    /** Writes songs and has them separated; the entries when all are done. */
    private List<JsonNode> separate(String name, int songs, long firstSeed) throws IOException {
        Path music = folder.resolve(name);
        SmallSongs.write(music, songs, firstSeed);
        return stack.separate(music, songs);
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
                            JsonNode outcome = stack.get("/api/retraining/requests")
                                    .path(0)
                                    .path("outcome");
                            assertThat(outcome.asText(""))
                                    .doesNotStartWith("FAILED")
                                    .doesNotStartWith("REFUSED");
                            return stack.get("/api/models").path("active").asText();
                        },
                        active -> !active.equals(modelId));
    }

    /** Names of the songs that training sees, by track. */
    private Map<String, String> learnedFrom() throws SQLException {
        Map<String, String> names = new LinkedHashMap<>();
        try (Connection connection = stack.connect();
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
}
