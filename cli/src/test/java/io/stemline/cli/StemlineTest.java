package io.stemline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

final class StemlineTest {

    @TempDir
    private Path folder;

    @BeforeEach
    void installation() {
        System.setProperty("stemline.home", folder.toString());
    }

    @AfterEach
    void noInstallation() {
        System.clearProperty("stemline.home");
    }

    @Test
    void withoutACommandItSaysWhatThereIs() {
        // When
        Cli cli = Cli.run();

        // Then
        assertThat(cli.exitCode()).isZero();
        assertThat(cli.out()).contains("run ", "separate ", "dead-letters ", "Exit codes: 0 all well");
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandHasHelpWithExamplesAndTheCommonOptions(List<String> command) {
        // When
        Cli cli = Cli.run(Stream.concat(command.stream(), Stream.of("--help")).toArray());

        // Then
        assertThat(cli.exitCode()).isZero();
        assertThat(cli.out())
                .contains("Usage: stemline " + String.join(" ", command))
                .containsPattern("Examples:\n  .*stemline ")
                .contains("--json", "--quiet");
    }

    static Stream<List<String>> commands() {
        return below(Stemline.commandLine(), List.of());
    }

    private static Stream<List<String>> below(CommandLine command, List<String> path) {
        var shown = command.getSubcommands().entrySet().stream()
                .filter(entry ->
                        !entry.getValue().getCommandSpec().usageMessage().hidden());
        return shown.flatMap(entry -> {
            var longer = Stream.concat(path.stream(), Stream.of(entry.getKey())).toList();
            return Stream.concat(Stream.of(longer), below(entry.getValue(), longer));
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense",
                "run",
                "run --format ogg x",
                "separate x.mp3",
                "separate -o out",
                "submit",
                "submit --manifest a.csv b.mp3",
                "dead-letters",
                "dead-letters retry",
                "models show",
                "run --threads 3 x"
            })
    void wrongUseIsOneSentenceAndExitCodeTwo(String arguments) {
        // When
        Cli cli = Cli.run((Object[]) arguments.split(" "));

        // Then
        assertThat(cli.exitCode()).isEqualTo(2);
        assertThat(cli.out()).isEmpty();
        assertThat(cli.err().lines()).hasSize(2);
        assertThat(cli.err()).startsWith("stemline").contains("--help");
    }

    @Test
    void aFileThatIsNotThereIsWrongUseBeforeAnythingStarts() {
        // When
        Cli cli = Cli.run("run", folder.resolve("nowhere.mp3"), "--data", folder.resolve("data"));

        // Then
        assertThat(cli.exitCode()).isEqualTo(2);
        assertThat(cli.err().lines())
                .containsExactly(
                        "stemline run: " + folder.resolve("nowhere.mp3") + ": there is no such file or folder");
        assertThat(folder.resolve("data")).doesNotExist();
    }

    @Test
    void aModelThatIsNotThereIsWrongUseAndThoseThatAreAreNamed() throws IOException {
        // Given
        Path song = Files.writeString(folder.resolve("song.mp3"), "");

        // When
        Cli cli = Cli.run("run", song, "--model", "nonsense", "--data", folder.resolve("data"));

        // Then
        assertThat(cli.exitCode()).isEqualTo(2);
        assertThat(cli.err().lines())
                .containsExactly(
                        "stemline run: there is no model 'nonsense'; there are: 2dft, hpss, mid-side, null, repet, repet-sim");
    }

    @Test
    void whatIsNotBuiltIsNamed() throws IOException {
        // Given
        Path song = Files.writeString(folder.resolve("song.mp3"), "");

        // When
        Cli cli = Cli.run("run", song, "--model", "null", "--data", folder.resolve("data"));

        // Then
        assertThat(cli.exitCode()).isEqualTo(1);
        assertThat(cli.err()).contains("stemline run: not built: ingest-service, separator-service, evaluator-service");
    }

    @Test
    void statusOfNothingIsNothing() throws IOException {
        // When
        Cli words = Cli.run("status", "--data", folder);
        Cli json = Cli.run("status", "--data", folder, "--json");

        // Then
        assertThat(words.out()).isEqualTo("Nothing is up on " + folder + ".\n");
        assertThat(new ObjectMapper().readTree(json.out()).path("up").asBoolean(true))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"submit song.mp3", "dead-letters list", "dead-letters show 1", "dead-letters retry --all"})
    void commandsThatNeedAStackSayHowToGetOne(String arguments) throws IOException {
        // Given
        Files.writeString(folder.resolve("song.mp3"), "");
        String command =
                arguments.replace("song.mp3", folder.resolve("song.mp3").toString());

        // When
        Cli cli = Cli.run((Object[]) (command + " --data " + folder).split(" "));

        // Then
        assertThat(cli.exitCode()).isEqualTo(1);
        assertThat(cli.err()).contains("no Stemline is up on " + folder + "; start one with 'stemline up --detach'");
    }

    @Test
    void stoppingNothingIsFine() {
        // When
        Cli cli = Cli.run("down", "--data", folder);

        // Then
        assertThat(cli.exitCode()).isZero();
        assertThat(cli.out()).isEqualTo("Nothing was up on " + folder + ".\n");
    }

    @Test
    void completionIsAScriptThatBashAccepts() throws Exception {
        // Given
        Path script = folder.resolve("completion");
        Files.writeString(script, Cli.run("completion").out());

        // When
        Process bash = new ProcessBuilder("bash", "-c", "source \"$1\" && complete -p stemline", "x", script.toString())
                .redirectErrorStream(true)
                .start();

        // Then
        assertThat(new String(bash.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8))
                .contains("-F _complete_stemline");
        assertThat(bash.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(bash.exitValue()).isZero();
    }
}
