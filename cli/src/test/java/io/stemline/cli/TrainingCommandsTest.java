package io.stemline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stemline.audio.AudioBuffer;
import io.stemline.audio.AudioFiles;
import io.stemline.audio.AudioFormat;
import io.stemline.audio.Encoding;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model from its settings to stems, through the commands. */
final class TrainingCommandsTest {
    private static final List<String> TINY = List.of(
            "--window-length", "1024",
            "--hop-length", "256",
            "--fft-length", "1024",
            "--bins", "64",
            "--frames", "16",
            "--stage-channels", "6,8,12",
            "--across-bins", "0",
            "--passage-seconds", "2",
            "--at-start", "2",
            "--at-once", "3",
            "--validation-chunks", "4",
            "--validation-every", "3");

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

    private Path tiny(String... more) {
        Path model = folder.resolve("my_model");
        Cli made = Cli.run(Stream.of(List.of("config", model, "UNet"), TINY, List.of(more))
                .flatMap(List::stream)
                .toArray());
        assertThat(made.err()).isEmpty();
        return model;
    }

    @Test
    void aModelIsConfiguredTrainedTestedAndSeparatesWithAResidual() throws Exception {
        // Given
        Path model = tiny("--steps", "6");
        Path song = folder.resolve("song.wav");
        AudioBuffer mixture = Sounds.noise(new AudioFormat(44_100, 2), 60_000);
        AudioFiles.write(song, mixture, Encoding.WAV_FLOAT);

        // When
        Cli trained = Cli.run("train", model, "songs", "--song-seconds", "2", "--json");
        Cli tested = Cli.run("test", model, "songs", "--song-seconds", "2", "--tracks", "2");
        Cli separated = Cli.run(
                "separate",
                "--model",
                model,
                song,
                "--residual",
                "--duration",
                "1",
                "-o",
                folder.resolve("out"),
                "--json");

        // Then
        assertThat(trained.exitCode()).as(trained.err()).isZero();
        JsonNode result = new ObjectMapper().readTree(trained.out());
        assertThat(result.path("finished").asBoolean()).isTrue();
        assertThat(result.path("steps").asInt()).isEqualTo(6);
        assertThat(model.resolve("checkpoint/checkpoint.bin")).isRegularFile();
        assertThat(model.resolve("exported/my_model/model.json")).isRegularFile();
        assertThat(model.resolve("curves.svg")).isRegularFile();
        assertThat(model.resolve("images/validation-1")).isNotEmptyDirectory();
        assertThat(model.resolve("audio/validation-1/mixture.wav")).isRegularFile();
        assertThat(model.resolve("runs/history.csv")).isRegularFile();
        assertThat(model.resolve("runs")).isDirectoryContaining("glob:**/events.out.tfevents*");
        assertThat(tested.exitCode()).as(tested.err()).isZero();
        assertThat(tested.out()).contains("vocals", "drums", "bass", "other");
        assertThat(Files.readAllLines(model.resolve("evaluation.csv"))).hasSize(1 + 2 * 4 + 4);
        assertThat(separated.exitCode()).as(separated.err()).isZero();
        // The model's stems add up, so that there is no residual.
        assertThat(Sounds.count(folder.resolve("out/song"), "wav")).isEqualTo(4);
        assertThat(AudioFiles.readAll(folder.resolve("out/song/vocals.wav")).lengthFrames())
                .isEqualTo(44_100);
    }

    @Test
    void aTrainedModelIsNeitherTrainedAnewByMistakeNorWithOtherSettings() {
        // Given
        Path model = tiny("--steps", "2");
        Cli.run("train", model, "songs", "--song-seconds", "2", "--quiet");

        // When
        Cli again = Cli.run("train", model, "songs", "--song-seconds", "2");
        Cli resumed = Cli.run("train", model, "songs", "--song-seconds", "2", "--resume", "--json");
        Cli.run("config", model, "--seed", "2");
        Cli otherSettings = Cli.run("train", model, "songs", "--song-seconds", "2", "--resume");

        // Then
        assertThat(again.exitCode()).isEqualTo(1);
        assertThat(again.err()).contains("has been trained already", "--resume");
        assertThat(resumed.exitCode()).as(resumed.err()).isZero();
        assertThat(resumed.out()).contains("\"steps\" : 2");
        assertThat(otherSettings.exitCode()).isEqualTo(1);
        assertThat(otherSettings.err()).contains("another configuration");
    }

    @Test
    void settingsAreShownWithWhatTheyMean() {
        // Given
        Path model = tiny();

        // When
        Cli shown = Cli.run("config", model, "--learning_rate", "0.005", "--loss", "l1", "--display");

        // Then
        assertThat(shown.exitCode()).as(shown.err()).isZero();
        assertThat(shown.out()).contains("--learning-rate", "0.005", "the highest learning rate", "--domain");
    }

    @Test
    void aSettingThatDoesNotExistOrDoesNotFitIsNamedAndNothingChanges() throws Exception {
        // Given
        Path model = tiny();
        String before = Files.readString(model.resolve("config.json"));

        // When
        Cli unknown = Cli.run("config", model, "--lerning-rate", "0.005");
        Cli misfit = Cli.run("config", model, "--bins", "65");
        Cli alone = Cli.run("config", model, "--bins");
        Cli noNetwork = Cli.run("config", folder.resolve("other"), "UNett");

        // Then
        assertThat(unknown.exitCode()).isEqualTo(1);
        assertThat(unknown.err()).contains("lerning-rate", "learning-rate");
        assertThat(misfit.err()).contains("bins", "multiples of 8");
        assertThat(alone.exitCode()).isEqualTo(2);
        assertThat(alone.err()).contains("--bins has no value");
        assertThat(noNetwork.exitCode()).isEqualTo(2);
        assertThat(noNetwork.err()).contains("UNett", "SpectrogramNetSimple");
        assertThat(Files.readString(model.resolve("config.json"))).isEqualTo(before);
    }

    @Test
    void whatIsNoModelFolderAndWhatIsNoDataSetIsNamed() {
        // Given
        Path model = tiny();

        // When
        Cli nowhere = Cli.run("train", folder.resolve("nothing"), "songs");
        Cli noData = Cli.run("train", model, folder.resolve("nothing"));
        Cli untrained = Cli.run("test", model, "songs");
        Cli unexported =
                Cli.run("separate", "--model", model, model.resolve("config.json"), "-o", folder.resolve("out"));

        // Then
        assertThat(nowhere.err()).contains("nothing", "stemline config");
        assertThat(noData.err()).contains("nothing is not there", "MUSDB18", "the word songs");
        assertThat(untrained.err()).contains("no exported model yet");
        assertThat(unexported.exitCode()).isNotZero();
        assertThat(unexported.err()).contains("no exported model yet");
    }

    @Test
    void soundsAreMixedIntoADataSetWithManifests() throws Exception {
        // Given
        for (String label : List.of("vocals", "drums", "bass", "other")) {
            for (int sound = 0; sound < 3; sound++) {
                Path file = Files.createDirectories(folder.resolve("sounds").resolve(label))
                        .resolve(sound + ".wav");
                AudioFiles.write(file, Sounds.noise(new AudioFormat(44_100, 2), 30_000 + sound), Encoding.WAV_FLOAT);
            }
        }

        // When
        Cli mixed = Cli.run(
                "mix", folder.resolve("sounds"), folder.resolve("data"), "--mixtures", "2", "--seconds", "2", "--json");
        Cli nothing = Cli.run("mix", folder.resolve("nowhere"), folder.resolve("other"));

        // Then
        assertThat(mixed.exitCode()).as(mixed.err()).isZero();
        assertThat(new ObjectMapper().readTree(mixed.out()).path("mixtures").asInt())
                .isEqualTo(4);
        try (Stream<Path> files = Files.walk(folder.resolve("data/train"))) {
            assertThat(files.filter(file -> file.endsWith("manifest.json"))).hasSize(2);
        }
        assertThat(nothing.exitCode()).isEqualTo(1);
        assertThat(nothing.err()).contains("nowhere");
    }
}
