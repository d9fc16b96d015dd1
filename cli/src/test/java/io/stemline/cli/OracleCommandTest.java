package io.stemline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stemline.audio.AudioBuffer;
import io.stemline.audio.AudioFiles;
import io.stemline.audio.AudioFormat;
import io.stemline.audio.Encoding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OracleCommandTest {

    private static final AudioFormat FORMAT = new AudioFormat(8_000, 2);

    @TempDir
    private Path folder;

    @Test
    void whatOraclesMakeOfACollectionCanBeEvaluated() throws IOException {
        // Given
        Path songs = folder.resolve("songs");
        song(songs.resolve("test/first song"), 0);
        song(songs.resolve("test/second"), 50);
        Path bounds = folder.resolve("bounds");

        // When
        Cli oracle = Cli.run("oracle", songs, "-o", bounds, "--kind", "ibm,mwf");
        Cli evaluation = Cli.run("evaluate", songs, bounds.resolve("mwf"), "-o", folder.resolve("scores"), "--json");

        // Then
        assertThat(oracle.err()).isEmpty();
        assertThat(oracle.exitCode()).isZero();
        assertThat(oracle.out()).contains("test/first song", "mwf   in " + bounds.resolve("mwf"));
        assertThat(Sounds.count(bounds.resolve("ibm/test/first song"), "wav")).isEqualTo(2);
        assertThat(bounds.resolve("irm1")).doesNotExist();
        assertThat(evaluation.exitCode()).isZero();
        JsonNode scores = new ObjectMapper().readTree(evaluation.out());
        assertThat(scores.toString()).contains("second", "vocals", "drums");
    }

    @Test
    void aFolderOfStemsIsOneTrackAndAllOraclesAreAskedWhereNoneIsNamed() throws IOException {
        // Given
        Path song = folder.resolve("song");
        song(song, 0);

        // When
        Cli cli = Cli.run("oracle", song, "-o", folder.resolve("bounds"), "--format", "flac", "--json");

        // Then
        assertThat(cli.exitCode()).isZero();
        for (String kind : new String[] {"ibm", "irm1", "irm2", "mwf"}) {
            assertThat(folder.resolve("bounds").resolve(kind).resolve("song/vocals.flac"))
                    .isRegularFile();
        }
        JsonNode report = new ObjectMapper().readTree(cli.out());
        assertThat(report.at("/folders/irm2").asText())
                .isEqualTo(folder.resolve("bounds/irm2").toString());
        assertThat(report.at("/tracks/0/lengthSeconds").asDouble()).isEqualTo(2);
    }

    @Test
    void aTrackThatCannotBeSeparatedIsNamedAndTheOthersGoOn() throws IOException {
        // Given
        Path songs = folder.resolve("songs");
        song(songs.resolve("good"), 0);
        Files.createDirectories(songs.resolve("lonely"));
        AudioFiles.write(songs.resolve("lonely/vocals.wav"), tone(440, 16_000), Encoding.WAV_16);
        Files.createDirectories(songs.resolve("broken"));
        AudioFiles.write(songs.resolve("broken/vocals.wav"), tone(440, 16_000), Encoding.WAV_16);
        Files.writeString(songs.resolve("broken/drums.wav"), "no music");

        // When
        Cli cli = Cli.run("oracle", songs, "-o", folder.resolve("bounds"), "--kind", "irm2");

        // Then
        assertThat(cli.exitCode()).isEqualTo(1);
        assertThat(cli.out())
                .contains("failed  lonely: an oracle needs at least two true stems, and there is only vocals.wav")
                .contains("failed  broken: ", "drums.wav");
        assertThat(folder.resolve("bounds/irm2/good/vocals.wav")).isRegularFile();
        assertThat(folder.resolve("bounds/irm2/broken/vocals.wav")).doesNotExist();
    }

    @Test
    void referencesThatAreNotThereAndOraclesThatNobodyKnowsAreWrongUse() throws IOException {
        // Given
        Path empty = Files.createDirectories(folder.resolve("empty"));

        // When
        Cli nowhere = Cli.run("oracle", folder.resolve("nowhere"), "-o", folder.resolve("bounds"));
        Cli nothing = Cli.run("oracle", empty, "-o", folder.resolve("bounds"));
        Cli unknown = Cli.run("oracle", empty, "-o", folder.resolve("bounds"), "--kind", "delphi");

        // Then
        assertThat(nowhere.exitCode()).isEqualTo(2);
        assertThat(nowhere.err()).contains("nowhere: there is no such file or folder");
        assertThat(nothing.exitCode()).isEqualTo(2);
        assertThat(nothing.err()).contains("empty: there is no audio in it");
        assertThat(unknown.exitCode()).isEqualTo(2);
        assertThat(unknown.err()).contains("there is no oracle 'delphi'; there are: ibm, irm1, irm2, mwf");
    }

    private static void song(Path folder, double detuneHz) throws IOException {
        Files.createDirectories(folder);
        AudioFiles.write(folder.resolve("vocals.wav"), tone(1_000 + detuneHz, 16_000), Encoding.WAV_16);
        AudioFiles.write(folder.resolve("drums.wav"), Sounds.noise(FORMAT, 16_000), Encoding.WAV_16);
    }

    private static AudioBuffer tone(double frequencyHz, int lengthFrames) {
        var samples = new float[2][lengthFrames];
        for (int n = 0; n < lengthFrames; n++) {
            samples[0][n] = (float) (0.3 * Math.sin(2 * Math.PI * frequencyHz * n / FORMAT.sampleRateHz()));
            samples[1][n] = 0.5f * samples[0][n];
        }
        return new AudioBuffer(FORMAT, samples);
    }
}
