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
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SeparateCommandTest {

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
    void stemsLieInTheTracksFolderAndAddUpToIt() throws Exception {
        // Given
        AudioBuffer mixture = Sounds.noise(new AudioFormat(44_100, 2), 30_000);
        Path song = folder.resolve("it's \"one\" song.wav");
        AudioFiles.write(song, mixture, Encoding.WAV_FLOAT);

        // When
        Cli cli = Cli.run("separate", song, "-o", folder.resolve("out"), "--model", "null", "--json");

        // Then
        assertThat(cli.err()).isEmpty();
        assertThat(cli.exitCode()).isZero();
        Path stems = folder.resolve("out").resolve("it's \"one\" song");
        assertThat(Sounds.count(stems, "wav")).isEqualTo(4);
        assertThat(Sounds.distance(stems, "wav", mixture)).isLessThan(1e-4);
        JsonNode track = new ObjectMapper().readTree(cli.out()).path("tracks").path(0);
        assertThat(track.path("folder").asText()).isEqualTo(stems.toString());
        assertThat(track.path("lengthSeconds").asDouble()).isEqualTo(30_000 / 44_100.0);
    }

    @Test
    void aFileThatIsNoAudioIsNamedAndTheOthersGoOn() throws Exception {
        // Given
        Path noSong = Files.writeString(folder.resolve("letter.mp3"), "Dear reader, this is not music.");
        Path song = folder.resolve("song.wav");
        AudioFiles.write(song, Sounds.noise(new AudioFormat(8_000, 1), 1_600), Encoding.WAV_16);

        // When
        Cli cli = Cli.run("separate", noSong, song, "-o", folder.resolve("out"), "--model", "null", "--format", "flac");

        // Then
        assertThat(cli.exitCode()).isEqualTo(1);
        assertThat(cli.out().lines()).hasSize(3);
        assertThat(cli.out()).contains("song", "0:00.2", "failed  letter.mp3: ");
        assertThat(folder.resolve("out/song/vocals.flac")).isRegularFile();
        assertThat(folder.resolve("out/letter")).doesNotExist();
    }

    @Test
    void aPartOfAFileBecomesTwoStemsInTheFilesOwnFormat() {
        // Given
        AudioBuffer mixture = Sounds.noise(new AudioFormat(44_100, 2), 100_000);
        Path song = folder.resolve("song.flac");
        AudioFiles.write(song, mixture, Encoding.FLAC_16);

        // When
        Cli cli = Cli.run(
                "separate",
                song,
                "-o",
                folder.resolve("out"),
                "--model",
                "null",
                "--two-stems",
                "drums",
                "--as-input",
                "--start",
                "0.5",
                "--duration",
                "1",
                "--rate",
                "48000");

        // Then
        assertThat(cli.err()).isEmpty();
        assertThat(cli.exitCode()).isZero();
        Path stems = folder.resolve("out/song");
        assertThat(Sounds.count(stems, "flac")).isEqualTo(2);
        var rest = AudioFiles.probe(stems.resolve("no_drums.flac"));
        assertThat(rest.sampleRateHz()).isEqualTo(48_000);
        assertThat(rest.lengthFrames()).isEqualTo(48_000);
        assertThat(rest.bitsPerSample()).isEqualTo(16);
    }

    @ParameterizedTest
    @CsvSource({"hpss, mixture-phase, percussive", "mid-side, wiener, accompaniment", "repet, griffin-lim, vocals"})
    void methodsWithoutWeightsSeparateByTheirIdAndWithAnyFilter(String method, String filter, String stem)
            throws Exception {
        // Given
        AudioBuffer mixture = Sounds.noise(new AudioFormat(44_100, 2), 30_000);
        Path song = folder.resolve("song.wav");
        AudioFiles.write(song, mixture, Encoding.WAV_FLOAT);

        // When
        Cli cli = Cli.run("separate", song, "-o", folder.resolve("out"), "--model", method, "--filter", filter);

        // Then
        assertThat(cli.err()).isEmpty();
        assertThat(cli.exitCode()).isZero();
        assertThat(folder.resolve("out/song").resolve(stem + ".wav")).isRegularFile();
        assertThat(Sounds.distance(folder.resolve("out/song"), "wav", mixture)).isLessThan(1e-4);
    }

    @Test
    void aFilterOfAWaveformModelIsRefused() {
        // Given
        Path song = folder.resolve("song.wav");
        AudioFiles.write(song, Sounds.noise(new AudioFormat(44_100, 2), 3_000), Encoding.WAV_FLOAT);

        // When
        Cli cli = Cli.run("separate", song, "-o", folder.resolve("out"), "--model", "null", "--filter", "wiener");

        // Then
        assertThat(cli.exitCode()).isEqualTo(1);
        assertThat(cli.out()).contains("model 'null' works on waveforms and has no spectra to filter");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "--shifts    | 0    | 'shifts' must be between 1 and 20, and is 0",
                "--overlap   | 0.6  | 'overlap' must be between 0 and 0.5, and is 0.6",
                "--rate      | 7    | 'sampleRateHz' must be between 1000 and 768000, and is 7",
                "--filter    | loud | 'filter' must be one of mixture-phase, wiener, griffin-lim, and is 'loud'",
                "--iterations | 2   | --iterations needs --filter wiener or --filter griffin-lim",
                "--duration  | 0    | --start must be 0 or more seconds and --duration more than 0",
                "--clip      | loud | Invalid value for option '--clip'"
            })
    void optionsThatMakeNoSenseAreRefused(String option, String value, String reason) {
        // Given
        Path song = folder.resolve("song.wav");
        AudioFiles.write(song, Sounds.noise(new AudioFormat(8_000, 1), 1_600), Encoding.WAV_16);

        // When
        Cli cli = Cli.run("separate", song, "-o", folder.resolve("out"), "--model", "null", option, value);

        // Then
        assertThat(cli.exitCode()).isEqualTo(2);
        assertThat(cli.err()).contains(reason);
    }

    @Test
    void picturesOfMixtureAndStemsAreDrawnWhileSeparating() throws Exception {
        // Given
        Path song = folder.resolve("\u6b4c \u00e4.wav");
        AudioFiles.write(song, Sounds.noise(new AudioFormat(44_100, 2), 30_000), Encoding.WAV_16);

        // When
        Cli cli = Cli.run("separate", song, "-o", folder.resolve("out"), "--model", "null", "--images", "--json");

        // Then
        assertThat(cli.exitCode()).isZero();
        assertThat(new ObjectMapper().readTree(cli.out()).at("/tracks/0/warnings"))
                .isEmpty();
        Path images = folder.resolve("out").resolve("\u6b4c \u00e4").resolve("images");
        assertThat(images.toFile().list())
                .containsExactlyInAnyOrder(
                        "overview.png",
                        "mixture-mel.png",
                        "mixture-waveform.png",
                        "vocals-mel.png",
                        "vocals-waveform.png",
                        "drums-mel.png",
                        "drums-waveform.png",
                        "bass-mel.png",
                        "bass-waveform.png",
                        "other-mel.png",
                        "other-waveform.png");
        assertThat(ImageIO.read(images.resolve("overview.png").toFile()).getWidth())
                .isEqualTo(1600);
    }

    @Test
    void stemsAreThereEvenIfTheirPicturesCannotBeWritten() throws Exception {
        // Given
        Path song = folder.resolve("song.wav");
        AudioFiles.write(song, Sounds.noise(new AudioFormat(8_000, 1), 8_000), Encoding.WAV_16);
        Cli.run("separate", song, "-o", folder.resolve("out"), "--model", "null");
        Files.delete(folder.resolve("out/song/vocals.wav"));
        Files.writeString(folder.resolve("out/song/images"), "a file where the folder should be");

        // When
        Cli cli = Cli.run("separate", song, "-o", folder.resolve("out"), "--model", "null", "--images");

        // Then
        assertThat(cli.exitCode()).isZero();
        assertThat(cli.out()).contains("warning  song: ", "images: there are no pictures, or not all");
        assertThat(folder.resolve("out/song/vocals.wav")).isRegularFile();
    }

    @Test
    void quietlySaysWhatFailedAllTheSame() throws Exception {
        // Given
        Path noSong = Files.writeString(folder.resolve("letter.mp3"), "Dear reader, this is not music.");

        // When
        Cli cli = Cli.run("separate", noSong, "-o", folder.resolve("out"), "--model", "null", "--quiet");

        // Then
        assertThat(cli.exitCode()).isEqualTo(1);
        assertThat(cli.out()).isEmpty();
        assertThat(cli.err()).startsWith("letter.mp3: ").hasLineCount(1);
    }

    @Test
    void withoutADefaultModelItSaysSo() throws Exception {
        // Given
        Path song = Files.writeString(folder.resolve("song.wav"), "");

        // When
        Cli cli = Cli.run("separate", song, "-o", folder.resolve("out"));

        // Then
        assertThat(cli.exitCode()).isEqualTo(2);
        assertThat(cli.err())
                .contains(
                        "there is no default model",
                        "choose one with --model: 2dft, hpss, mid-side, null, repet, repet-sim");
    }

    @Test
    void songsOfTheDemoCatalogueAreTheSumOfTheirStems() {
        // When
        Cli cli = Cli.run("demo", folder.resolve("demo"), "--songs", "1", "--seconds", "2", "--quiet");

        // Then
        assertThat(cli.exitCode()).isZero();
        assertThat(folder.resolve("demo")).isDirectoryContaining(Files::isDirectory);
        Path song = folder.resolve("demo").toFile().listFiles()[0].toPath();
        AudioBuffer mixture = AudioFiles.readAll(song.resolve("mixture.wav"));
        assertThat(mixture.lengthFrames()).isEqualTo(88_200);
        assertThat(Sounds.distance(song, "wav", mixture)).isZero();
    }
}
