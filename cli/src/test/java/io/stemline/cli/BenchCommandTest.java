package io.stemline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stemline.audio.AudioFiles;
import io.stemline.audio.AudioFormat;
import io.stemline.audio.Encoding;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BenchCommandTest {

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
    void everyModelIsMeasuredInAProcessOfItsOwn() throws Exception {
        // Given
        Path song = folder.resolve("song.wav");
        AudioFiles.write(song, Sounds.noise(new AudioFormat(44_100, 2), 88_200), Encoding.WAV_16);

        // When
        Cli cli = Cli.run("bench", "separate", song, "--model", "null,mid-side", "--tracks", "2", "--json");

        // Then
        assertThat(cli.err()).isEmpty();
        assertThat(cli.exitCode()).isZero();
        JsonNode measurements = new ObjectMapper().readTree(cli.out());
        assertThat(measurements).extracting(each -> each.path("name").asText()).containsExactly("null", "mid-side");
        for (JsonNode each : measurements) {
            assertThat(each.path("lengthSeconds").asDouble()).isEqualTo(4);
            assertThat(each.path("seconds").asDouble()).isPositive();
            assertThat(each.path("networkSeconds").asDouble())
                    .isPositive()
                    .isLessThan(each.path("seconds").asDouble());
            assertThat(each.path("peakBytes").asLong()).isBetween(30_000_000L, 2_000_000_000L);
        }
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        // When
        Cli cli = Cli.run("bench", "separate", folder.resolve("nothing.wav"), "--model", "null");

        // Then
        assertThat(cli.exitCode()).isEqualTo(2);
        assertThat(cli.err()).contains("nothing.wav");
    }

    @Test
    void whatAProcessFailsOfIsSaid() throws Exception {
        // Given
        Path noSong = folder.resolve("song.wav");
        Files.writeString(noSong, "not music");

        // When
        Cli cli = Cli.run("bench", "separate", noSong, "--model", "null");

        // Then
        assertThat(cli.exitCode()).isEqualTo(1);
        assertThat(cli.err()).contains("song.wav");
    }
}
