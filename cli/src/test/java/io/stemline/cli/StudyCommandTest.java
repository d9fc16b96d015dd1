package io.stemline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stemline.training.songs.DemoCatalogue;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StudyCommandTest {

    @TempDir
    private Path folder;

    @Test
    void aLongHopKeepsAClickAndASineFromBeingParted() throws Exception {
        // When
        Cli cli = Cli.run(
                "study", "stft", "--window", "8192", "--hop", "1024..8192", "-o", folder.resolve("s.html"), "--json");

        // Then
        assertThat(cli.exitCode()).as(cli.err()).isZero();
        Map<String, Double> figures = new HashMap<>();
        for (JsonNode figure : new ObjectMapper().readTree(cli.out())) {
            figures.put(
                    figure.path("stem").asText() + figure.path("hop").asInt(),
                    figure.path("siSdr").asDouble());
        }
        assertThat(figures).hasSize(8);
        for (String stem : new String[] {"sine", "click"}) {
            assertThat(figures.get(stem + 1024)).as(stem).isGreaterThan(figures.get(stem + 4096));
            assertThat(figures.get(stem + 4096)).as(stem).isGreaterThan(figures.get(stem + 8192) + 3);
        }
        assertThat(folder.resolve("s.html"))
                .content()
                .contains("<h1>Window and hop</h1>", "sine: best with a window of 8192");
    }

    @Test
    void tracksOfADataSetAreStudiedAsWell() throws Exception {
        // Given
        DemoCatalogue.write(folder.resolve("songs"), 1, Duration.ofSeconds(3), 7);

        // When
        Cli cli = Cli.run(
                "study",
                "stft",
                folder.resolve("songs"),
                "--window",
                "1024,2048",
                "--hop",
                "512",
                "-o",
                folder.resolve("s.html"));

        // Then
        assertThat(cli.exitCode()).as(cli.err()).isZero();
        assertThat(cli.out()).containsPattern("click and sine +1024 +512 ").containsPattern("songs +2048 +512 ");
        assertThat(folder.resolve("s.html")).content().contains("vocals, SI-SDR, dB", "1 of 1 tracks");
    }

    @Test
    void lengthsThatMakeNoSenseAreRefused() {
        assertRefused("--hop: 'x' is not a number of samples", "--hop", "x");
        assertRefused("'2048..1024' is not a range", "--hop", "2048..1024");
        assertRefused("--window: from 16 to 65536 samples, not 70000", "--window", "70000");
        assertRefused("--hop: every hop is longer than the longest window", "--window", "512", "--hop", "1024");
        assertRefused("there is no oracle 'best'", "--mask", "best");
        assertRefused("mwf is no mask", "--mask", "mwf");
        assertRefused(
                "there is no such file or folder", folder.resolve("nowhere").toString());
    }

    private void assertRefused(String sentence, String... arguments) {
        var all = new Object[arguments.length + 4];
        System.arraycopy(new Object[] {"study", "stft", "-o", folder.resolve("s.html")}, 0, all, 0, 4);
        System.arraycopy(arguments, 0, all, 4, arguments.length);
        Cli cli = Cli.run(all);
        assertThat(cli.exitCode()).as(cli.err()).isEqualTo(2);
        assertThat(cli.err()).contains(sentence);
    }
}
