package io.stemline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stemline.audio.AudioBuffer;
import io.stemline.audio.AudioFiles;
import io.stemline.audio.AudioFormat;
import io.stemline.audio.Encoding;
import io.stemline.local.StackState;
import io.stemline.training.songs.DemoCatalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole way, with the real services: a folder of music, good and bad, through Kafka to stems. Each test goes on where
 * the one before it ended, as starting everything takes its time.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class RunEndToEndTest {

    private static final Path PROJECT = Path.of(System.getProperty("stemline.project-root"));
    private static final Path REAL_MUSIC =
            Path.of(System.getProperty("stemline.reference-data")).resolve(Path.of("audio", "audio_example.mp3"));
    private static final String ODD_NAME = "it's \"quoted\" 🎧 שיר";
    private static final Duration SOON = Duration.ofSeconds(40);

    @TempDir
    private static Path folder;

    private Path music;
    private Path dataFolder;

    @BeforeAll
    void layOutMusic() throws IOException {
        for (String service : List.of("ingest-service", "separator-service", "evaluator-service", "trainer-service")) {
            assumeTrue(
                    Files.exists(PROJECT.resolve(Path.of(service, "target", "quarkus-app", "quarkus-run.jar"))),
                    "NOT TESTED END TO END: " + service + " is not built; 'mvn verify' builds it");
        }
        System.setProperty("stemline.home", PROJECT.toString());
        music = Files.createDirectory(folder.resolve("music"));
        dataFolder = folder.resolve("data");
        layOutGoodMusic();
        layOutBadMusic();
    }

    private void layOutGoodMusic() throws IOException {
        DemoCatalogue.write(music.resolve("demo"), 1, Duration.ofSeconds(4), 7);
        write(ODD_NAME + ".wav", new AudioFormat(44_100, 2), 44_100, Encoding.WAV_16);
        write("telephone.wav", new AudioFormat(8_000, 1), 1_600, Encoding.WAV_16);
        write("studio.wav", new AudioFormat(96_000, 2), 96_000, Encoding.WAV_24);
        Files.copy(music.resolve("studio.wav"), music.resolve("studio again.wav"));
        Files.createDirectory(music.resolve("sub"));
        write("sub/telephone.wav", new AudioFormat(8_000, 1), 4_000, Encoding.WAV_16);
        if (Files.exists(REAL_MUSIC)) {
            Files.copy(REAL_MUSIC, music.resolve("real music.mp3"));
        }
    }

    private void layOutBadMusic() throws IOException {
        Files.writeString(music.resolve("letter.mp3"), "Dear reader, this is not music.");
        Files.writeString(music.resolve("empty.wav"), "");
        Files.createSymbolicLink(music.resolve("gone.wav"), folder.resolve("nowhere.wav"));
        Files.writeString(music.resolve("cover.txt"), "a file that does not look like audio");
    }

    private void write(String name, AudioFormat format, int lengthFrames, Encoding encoding) {
        AudioFiles.write(music.resolve(name), Sounds.noise(format, lengthFrames), encoding);
    }

    @AfterAll
    void stopWhatIsUp() {
        if (dataFolder != null) {
            Cli.run("down", "--data", dataFolder);
        }
        System.clearProperty("stemline.home");
    }

    @Test
    @Order(1)
    void aFolderBecomesStemsAndWhatIsBadIsNamed() throws Exception {
        // When
        Cli cli = run("--json");

        // Then
        assertThat(cli.exitCode()).as(cli.err()).isEqualTo(1);
        JsonNode report = new ObjectMapper().readTree(cli.out());
        assertThat(report.has("tracks")).as(cli.err()).isTrue();
        assertThat(report.path("failed").asInt()).isEqualTo(3);
        assertThat(failuresOf(report))
                .anyMatch(failure -> failure.contains("letter.mp3"))
                .anyMatch(failure -> failure.contains("empty.wav"))
                .anyMatch(failure -> failure.contains("gone"));
        assertThat(report.path("separated").asInt()).isEqualTo(Files.exists(REAL_MUSIC) ? 7 : 6);
        assertThat(StackState.find(dataFolder)).isEmpty();
    }

    @Test
    @Order(2)
    void stemsAddUpToTheMixtureAndHaveItsLengthRateAndChannels() {
        for (Path song : goodSongs()) {
            // Given
            AudioBuffer mixture = AudioFiles.readAll(song);
            String name = music.relativize(song).toString().replaceFirst("\\.[^.]*$", "");

            // When
            Path stems = folder.resolve("stems").resolve(name.endsWith("/mixture") ? demoName() : name);

            // Then
            assertThat(Sounds.count(stems, "wav")).as(name).isEqualTo(4);
            assertThat(Sounds.distance(stems, "wav", mixture)).as(name).isLessThan(1e-4);
        }
    }

    @Test
    @Order(3)
    void aStackInTheBackgroundSaysHowItIs() throws Exception {
        // When
        Cli up = Cli.run("up", "--detach", "--data", dataFolder, "--model", "null");
        Cli status = Cli.run("status", "--data", dataFolder, "--json");
        Cli again = Cli.run("up", "--data", dataFolder, "--model", "null");

        // Then
        assertThat(up.exitCode()).as(up.err()).isZero();
        assertThat(up.out()).contains("kafka", "postgresql", "ingest-service", "API    http://127.0.0.1:");
        JsonNode found = new ObjectMapper().readTree(status.out());
        assertThat(found.path("up").asBoolean()).isTrue();
        assertThat(found.at("/batches/0/states/FAILED").asInt()).isEqualTo(3);
        assertThat(again.exitCode()).isEqualTo(1);
        assertThat(again.err()).contains("Stemline is up on " + dataFolder + " already (process ");
    }

    @Test
    @Order(4)
    void runAgainItDoesOnlyWhatIsMissing() throws Exception {
        // Given
        Path lost = folder.resolve(Path.of("stems", "studio", "bass.wav"));
        Files.delete(lost);
        var before = timesOfStems();

        // When
        Cli cli = run("--json");

        // Then
        JsonNode report = new ObjectMapper().readTree(cli.out());
        assertThat(cli.exitCode()).as(cli.err()).isEqualTo(1);
        assertThat(report.path("tracks").findValues("fetched").stream()
                        .mapToInt(JsonNode::asInt)
                        .sum())
                .isEqualTo(1);
        var after = timesOfStems();
        assertThat(after.remove(lost)).isNotNull();
        assertThat(after).isEqualTo(before);
    }

    @Test
    @Order(5)
    void theTableSaysWhatBecameOfEachTrack() {
        // When
        Cli cli = run();

        // Then
        assertThat(cli.out()).containsPattern("track +length +time +stems +(vocals +)?drums +bass +other");
        assertThat(cli.out()).containsPattern("studio again +0:01\\.0 +\\S+ s +4, were there");
        assertThat(cli.out()).containsPattern(demoName() + " +0:04\\.0 .* -?\\d+\\.\\d +-?\\d+\\.\\d");
        assertThat(cli.out())
                .contains("Failed\n", "SI-SDR in dB", "3 failed", "Stems are in " + folder.resolve("stems"));
        int entries = goodSongs().size() + 3;
        assertThat(cli.err()).contains("[%d/%d] ".formatted(entries, entries));
    }

    @Test
    @Order(6)
    void aManifestIsTakenFromItsOwnFolder() throws IOException {
        // Given
        Path manifest = Files.writeString(music.resolve("list.csv"), "path,title\ntelephone.wav,Ring\nmissing.wav,\n");

        // When
        Cli cli = Cli.run("submit", "--manifest", manifest, "--data", dataFolder, "--json");

        // Then
        assertThat(cli.exitCode()).as(cli.err()).isZero();
        String batchId = new ObjectMapper().readTree(cli.out()).path("batchId").asText();
        await().atMost(SOON).untilAsserted(() -> {
            JsonNode status = new ObjectMapper()
                    .readTree(Cli.run("status", "--data", dataFolder, "--json").out());
            JsonNode newest = status.path("batches").path(0);
            assertThat(newest.path("batchId").asText()).isEqualTo(batchId);
            assertThat(newest.path("states").toString()).isEqualTo("{\"DONE\":1,\"FAILED\":1}");
        });
    }

    @Test
    @Order(7)
    void aFolderWithoutAudioIsRefused() throws IOException {
        // Given
        Path empty = Files.createDirectory(folder.resolve("no music"));

        // When
        Cli cli = Cli.run("run", empty, "--data", dataFolder, "--model", "null", "-o", folder.resolve("stems"));

        // Then
        assertThat(cli.exitCode()).isEqualTo(1);
        assertThat(cli.err()).contains("there is no audio in it");
    }

    @Test
    @Order(8)
    void downEndsEverything() throws IOException {
        // Given
        List<ProcessHandle> processes = StackState.find(dataFolder).orElseThrow().processes().stream()
                .map(process -> ProcessHandle.of(process.pid()).orElseThrow())
                .toList();

        // When
        Cli cli = Cli.run("down", "--data", dataFolder);

        // Then
        assertThat(cli.exitCode())
                .as(cli.err() + Files.readString(dataFolder.resolve("logs/stack.log")))
                .isZero();
        assertThat(cli.out()).isEqualTo("Stopped.\n");
        assertThat(processes).noneMatch(ProcessHandle::isAlive);
        assertThat(StackState.find(dataFolder)).isEmpty();
    }

    @Test
    @Order(9)
    void aRunThatIsKilledLeavesNothingBehindAndTheNextOneEndsItsWork() throws Exception {
        // Given
        write("late.wav", new AudioFormat(44_100, 2), 44_100 * 60, Encoding.WAV_16);
        Process killed = startRun();
        await().atMost(Duration.ofSeconds(90))
                .until(() ->
                        StackState.find(dataFolder).filter(StackState::ready).isPresent());
        Cli beside = run();
        List<ProcessHandle> processes = StackState.find(dataFolder).orElseThrow().processes().stream()
                .flatMap(process -> ProcessHandle.of(process.pid()).stream())
                .toList();

        // When
        killed.destroyForcibly();

        // Then
        assertThat(beside.exitCode()).isEqualTo(1);
        assertThat(beside.err())
                .contains("a 'stemline run' is using " + dataFolder + " (process " + killed.pid() + ")");
        await().atMost(SOON).until(() -> processes.stream().noneMatch(ProcessHandle::isAlive));
        Cli next = run("--json");
        assertThat(next.exitCode()).as(next.err()).isEqualTo(1);
        AudioBuffer mixture = AudioFiles.readAll(music.resolve("late.wav"));
        assertThat(Sounds.distance(folder.resolve("stems/late"), "wav", mixture))
                .isLessThan(1e-4);
    }

    private Cli run(String... more) {
        var arguments = new ArrayList<Object>(List.of("run", music, "--data", dataFolder, "--model", "null"));
        arguments.addAll(List.of("-o", folder.resolve("stems")));
        arguments.addAll(List.of(more));
        return Cli.run(arguments.toArray());
    }

    private Process startRun() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dstemline.home=" + PROJECT,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Stemline.class.getName(),
                        "run",
                        music.toString(),
                        "--data",
                        dataFolder.toString(),
                        "--model",
                        "null",
                        "-o",
                        folder.resolve("stems").toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("killed.log").toFile())
                .start();
    }

    private List<Path> goodSongs() {
        var songs = new ArrayList<Path>();
        for (String name :
                List.of(ODD_NAME + ".wav", "telephone.wav", "studio.wav", "studio again.wav", "sub/telephone.wav")) {
            songs.add(music.resolve(name));
        }
        songs.add(music.resolve("demo").resolve(demoTitle()).resolve("mixture.wav"));
        if (Files.exists(REAL_MUSIC)) {
            songs.add(music.resolve("real music.mp3"));
        }
        return songs;
    }

    private String demoName() {
        return "demo/" + demoTitle();
    }

    private String demoTitle() {
        return music.resolve("demo").toFile().list()[0];
    }

    private static List<String> failuresOf(JsonNode report) {
        return report.path("tracks").findValues("failure").stream()
                .filter(JsonNode::isTextual)
                .map(JsonNode::asText)
                .toList();
    }

    private TreeMap<Path, Long> timesOfStems() throws IOException {
        var times = new TreeMap<Path, Long>();
        try (Stream<Path> files = Files.walk(folder.resolve("stems"))) {
            for (Path file :
                    files.filter(file -> file.toString().endsWith(".wav")).toList()) {
                times.put(file, Files.getLastModifiedTime(file).toMillis());
            }
        }
        return times;
    }
}
