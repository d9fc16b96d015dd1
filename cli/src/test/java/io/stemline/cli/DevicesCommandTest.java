package io.stemline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DevicesCommandTest {

    @TempDir
    private Path folder;

    @AfterEach
    void noInstallation() {
        System.clearProperty("stemline.home");
    }

    @Test
    void theProcessorIsListedAndCanBeUsed() throws Exception {
        // When
        Cli words = Cli.run("devices");
        Cli json = Cli.run("devices", "--json");

        // Then
        assertThat(words.exitCode()).isZero();
        assertThat(words.out().lines().findFirst().orElseThrow()).contains("device", "name", "memory", "driver");
        JsonNode processor = new ObjectMapper().readTree(json.out()).at("/devices/0");
        assertThat(processor.path("device").asText()).isEqualTo("cpu");
        assertThat(processor.path("cores").asInt())
                .isEqualTo(Runtime.getRuntime().availableProcessors());
        assertThat(processor.path("memoryBytes").asLong()).isPositive();
        assertThat(processor.path("usable").asBoolean()).isTrue();
        assertThat(new ObjectMapper().readTree(json.out()).path("note").asText())
                .isNotEmpty();
    }

    @Test
    void aStackIsNotStartedForADeviceThatIsNotThere() throws Exception {
        // Given
        System.setProperty("stemline.home", folder.toString());
        Path song = Files.writeString(folder.resolve("song.mp3"), "");

        // When
        Cli run = Cli.run("run", song, "--model", "null", "--device", "gpu:99", "--data", folder.resolve("data"));
        Cli up = Cli.run(
                "up", "--model", "null", "--device", "cpu", "--device", "graphics", "--data", folder.resolve("data"));

        // Then
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).startsWith("stemline run: no device 'gpu:99' to run networks on; there is: cpu");
        assertThat(up.exitCode()).isEqualTo(1);
        assertThat(up.err()).startsWith("stemline up: no device 'graphics'; a device is named cpu, gpu:0");
        assertThat(folder.resolve("data")).doesNotExist();
    }
}
