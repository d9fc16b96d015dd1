package io.stemline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stemline.local.StackState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * References, data sets, requests and lineage on the command line, with the real services. Each test goes on where the one before it
 * ended, as starting everything takes its time.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class LearningEndToEndTest {

    private static final Path PROJECT = Path.of(System.getProperty("stemline.project-root"));
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    private static Path folder;

    private Path dataFolder;
    private Path song;

    @BeforeAll
    void startStack() throws IOException {
        for (String service : List.of("ingest-service", "separator-service", "evaluator-service", "trainer-service")) {
            assumeTrue(
                    Files.exists(PROJECT.resolve(Path.of(service, "target", "quarkus-app", "quarkus-run.jar"))),
                    "NOT TESTED END TO END: " + service + " is not built; 'mvn verify' builds it");
        }
        System.setProperty("stemline.home", PROJECT.toString());
        dataFolder = folder.resolve("data");
        assertThat(Cli.run("demo", folder.resolve("songs"), "--songs", 2, "--seconds", 3)
                        .exitCode())
                .isZero();
        song = folder.resolve("songs").resolve(folder.resolve("songs").toFile().list()[0]);
        Cli up = Cli.run("up", "--detach", "--data", dataFolder, "--model", "null");
        assertThat(up.exitCode()).as(up.err()).isZero();
    }

    @AfterAll
    void stopStack() {
        if (dataFolder != null) {
            Cli.run("down", "--data", dataFolder);
        }
        System.clearProperty("stemline.home");
    }

    @Test
    @Order(1)
    void aDataSetNamesWhatItDoesNotTake() throws IOException {
        // Given
        Files.createDirectories(folder.resolve("songs/Broken"));
        Files.writeString(folder.resolve("songs/Broken/mixture.wav"), "no audio");
        Files.writeString(folder.resolve("songs/Broken/vocals.wav"), "no audio");

        // When
        Cli add = stack("datasets", "add", "demo", folder.resolve("songs"));
        Cli list = stack("datasets", "list");
        Cli show = stack("datasets", "show", "demo");

        // Then
        assertThat(add.exitCode()).as(add.err()).isEqualTo(1);
        assertThat(add.out()).contains("demo  2 tracks, 0.00 hours: 1 train, 1 test", "Not taken\nmixture.wav: ");
        assertThat(list.out()).containsPattern("demo +2 +0\\.00 +1 train, 1 test +0 +1 ");
        assertThat(show.out()).contains("bass drums other vocals", "Not taken");
        assertThat(stack("datasets", "show", "none").err()).contains("there is no data set 'none'");
    }

    @Test
    @Order(2)
    void referencesThatComeLaterLeadToScores() throws IOException {
        // Given a mixture without its stems
        Path mixture = Files.createDirectories(folder.resolve("alone")).resolve("song.wav");
        Files.copy(song.resolve("mixture.wav"), mixture);
        Files.write(mixture, new byte[] {0, 0}, java.nio.file.StandardOpenOption.APPEND);
        Cli run = stack("run", mixture, "-o", folder.resolve("stems"), "--model", "null");
        assertThat(run.exitCode()).as(run.err()).isZero();

        // When
        Cli add = stack("references", "add", mixture, song);
        Cli again = stack("references", "add", mixture, song);
        Cli wrong = stack("references", "add", folder.resolve("none.wav"), song);

        // Then
        assertThat(add.exitCode()).as(add.err()).isZero();
        assertThat(add.out()).contains("what was separated of it is scored again");
        assertThat(again.out()).contains("Nothing is new.");
        assertThat(wrong.exitCode()).isEqualTo(2);
        assertThat(wrong.err()).contains("is neither a track's id nor an audio file");
        await().atMost(SOON).untilAsserted(() -> {
            Cli scored = stack("run", mixture, "-o", folder.resolve("stems"), "--model", "null", "--json");
            assertThat(scored.out()).contains("SI-SDR");
        });
    }

    @Test
    @Order(3)
    void aRequestIsOpenOnce() throws Exception {
        // Given a trainer that stands still, or the request would soon be closed for want of tracks
        signalTrainer("-STOP");

        // When
        Cli first = stack("retrain", "--reason", "it \u001b[31mhums", "--json");
        Cli second = stack("retrain");
        Cli requests = stack("requests");
        signalTrainer("-CONT");

        // Then
        JsonNode asked = json(first);
        assertThat(asked.path("joined").asBoolean()).isFalse();
        assertThat(second.out())
                .startsWith("A request was open already: "
                        + asked.path("request").path("requestId").asText());
        assertThat(requests.out()).containsPattern("person +1 +null +open +it \uFFFD\\[31mhums");
        assertThat(stack("runs").exitCode()).isZero();
    }

    @Test
    @Order(4)
    void lineageLeadsFromAStemToItsModel() throws IOException {
        // Given
        JsonNode report = separatedSong();
        String separationId = report.findValuesAsText("separationId").getFirst();

        // When
        Cli separation = stack("lineage", separationId);
        Cli stem = stack("lineage", "separations/" + separationId + "/vocals.wav");
        Cli nothing = stack("lineage", "'; drop table track; --");

        // Then
        assertThat(separation.out())
                .startsWith("separation " + separationId)
                .contains("song (", "model           null");
        assertThat(stem.out()).startsWith("stem separations/").contains("not registered", "1 tracks, the first ");
        assertThat(nothing.exitCode()).isEqualTo(1);
        assertThat(nothing.err())
                .contains("there is no stem, separation, evaluation, track, entry, model, run or request ''; drop");
    }

    @Test
    @Order(5)
    void decisionsAboutModelsAreRefusedWithASentence() {
        // When, Then
        assertThat(stack("models", "promote", "nothing").err())
                .contains("no model 'nothing' is registered; there are: ");
        assertThat(stack("models", "refuse", "nothing", "--reason", "x").err()).contains("no model 'nothing'");
        assertThat(stack("models", "refuse", "nothing").exitCode()).isEqualTo(2);
        assertThat(stack("models", "rollback").err())
                .contains("no model was ever promoted, so there is nothing to take back");
        assertThat(stack("models", "list").exitCode()).isZero();
        assertThat(Cli.run("runs", "--data", folder.resolve("elsewhere")).err())
                .contains("no Stemline is up on " + folder.resolve("elsewhere"));
    }

    @Test
    @Order(6)
    void aTrackIsSeparatedAgainByAnotherModel() throws IOException {
        // Given
        String trackId = separatedSong().findValuesAsText("trackId").getFirst();

        // When
        Cli again = stack("reseparate", trackId, "--model", "mid-side", "--json");
        Cli nothing = stack("reseparate", "nonsense");
        Cli both = stack("reseparate", trackId, "--older-than", "null");

        // Then
        assertThat(again.exitCode()).as(again.err()).isZero();
        JsonNode batch = json(again);
        assertThat(batch.path("entries").asInt()).isEqualTo(1);
        await().atMost(SOON).untilAsserted(() -> {
            JsonNode batches = json(stack("status", "--json")).path("batches");
            assertThat(batches)
                    .filteredOn(one -> one.path("batchId").equals(batch.path("batchId")))
                    .singleElement()
                    .satisfies(one -> assertThat(one.at("/states/DONE").asInt()).isEqualTo(1));
        });
        assertThat(nothing.exitCode()).isNotZero();
        assertThat(nothing.err()).contains("nonsense");
        assertThat(both.exitCode()).isEqualTo(2);
    }

    private void signalTrainer(String signal) throws IOException, InterruptedException {
        StackState state = StackState.find(dataFolder).orElseThrow();
        long pid = state.process("trainer-service").orElseThrow().pid();
        assertThat(new ProcessBuilder("kill", signal, Long.toString(pid))
                        .start()
                        .waitFor())
                .isZero();
    }

    /** The report of a run over the song that was separated before. */
    private JsonNode separatedSong() throws IOException {
        Path mixture = folder.resolve("alone/song.wav");
        return json(stack("run", mixture, "-o", folder.resolve("stems"), "--model", "null", "--json"));
    }

    private static JsonNode json(Cli cli) throws IOException {
        return new ObjectMapper().readTree(cli.out());
    }

    private Cli stack(Object... arguments) {
        var all = new java.util.ArrayList<>(List.of(arguments));
        all.addAll(List.of("--data", dataFolder));
        return Cli.run(all.toArray());
    }
}
