package io.stemline.training.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointTest {
    private static final TrainingConfiguration CONFIGURATION = TinyTraining.configuration(6);
    private static final int SETTINGS_AT = 2 * Integer.BYTES;

    @TempDir
    Path folder;

    private Path file;
    private byte[] whole;
    private int behindSettings;

    @BeforeEach
    void writeOne() throws IOException {
        file = folder.resolve("checkpoint.bin");
        new Checkpoint(
                        CONFIGURATION,
                        7,
                        Duration.ofMillis(1234),
                        List.of(-1.5, -2.5),
                        Map.of("down.1/kernel", new float[] {1, 2, 3}),
                        Map.of("größe", new float[] {0.25f}))
                .write(file);
        whole = Files.readAllBytes(file);
        behindSettings = SETTINGS_AT + Integer.BYTES + ByteBuffer.wrap(whole).getInt(SETTINGS_AT);
    }

    @Test
    void aCheckpointIsReadBackAsItWas() {
        // When
        Checkpoint read = Checkpoint.read(file, CONFIGURATION).orElseThrow();

        // Then
        assertThat(read.step()).isEqualTo(7);
        assertThat(read.elapsed()).isEqualTo(Duration.ofMillis(1234));
        assertThat(read.validations()).containsExactly(-1.5, -2.5);
        assertThat(read.state()).containsOnlyKeys("down.1/kernel");
        assertThat(read.state().get("down.1/kernel")).containsExactly(1, 2, 3);
        assertThat(read.best().get("größe")).containsExactly(0.25f);
    }

    @Test
    void aFileThatEndsAnywhereIsRefusedByName() throws IOException {
        for (int length = 0; length < whole.length; length++) {
            // Given
            Files.write(file, Arrays.copyOf(whole, length));

            // When, Then
            assertThatThrownBy(() -> Checkpoint.read(file, CONFIGURATION))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith(file + ": a damaged checkpoint (");
        }
    }

    @Test
    void lengthsThatTheFileDoesNotHaveAreNotBelieved() throws IOException {
        int validations = behindSettings + 2 * Long.BYTES;
        int variables = validations + Integer.BYTES + 2 * Double.BYTES;
        int numbers = variables + Integer.BYTES + Short.BYTES + "down.1/kernel".length();

        refused(SETTINGS_AT, Integer.MAX_VALUE, "2147483647 bytes of settings are announced, and ");
        refused(SETTINGS_AT, -1, "-1 bytes of settings are announced, and ");
        refused(validations, Integer.MAX_VALUE, "2147483647 validations are announced, and ");
        refused(variables, 1 << 30, "1073741824 variables are announced, and ");
        refused(variables, -2, "-2 variables are announced, and ");
        refused(numbers, Integer.MAX_VALUE / 4, "536870911 numbers of 'down.1/kernel' are announced, and ");
    }

    @Test
    void whatFollowsTheEndIsRefused() throws IOException {
        // Given
        Files.write(file, Arrays.copyOf(whole, whole.length + 5));

        // When, Then
        assertThatThrownBy(() -> Checkpoint.read(file, CONFIGURATION))
                .hasMessage(file + ": a damaged checkpoint (5 bytes follow its end); delete it");
    }

    private void refused(int at, int length, String sentence) throws IOException {
        Files.write(file, ByteBuffer.wrap(whole.clone()).putInt(at, length).array());
        assertThatThrownBy(() -> Checkpoint.read(file, CONFIGURATION))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(file + ": a damaged checkpoint (" + sentence);
    }
}
