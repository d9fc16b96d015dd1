package io.stemline.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExcerptTest {

    private static final int LENGTH = 20_000;

    @TempDir
    private Path folder;

    private final float[][] samples = new float[2][LENGTH];
    private Path file;

    @BeforeEach
    void writeARamp() {
        for (int n = 0; n < LENGTH; n++) {
            samples[0][n] = n / (float) LENGTH;
            samples[1][n] = -n / (float) LENGTH;
        }
        file = folder.resolve("ramp.wav");
        AudioFiles.write(file, new AudioBuffer(new AudioFormat(8_000, 2), samples), Encoding.WAV_FLOAT);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 20000, 0, 20000",
        "0, 5, 0, 5",
        "7, 9, 7, 16",
        "9000, 10000, 9000, 19000",
        "19990, 100, 19990, 20000",
        "20000, 5, 20000, 20000",
        "30000, 5, 20000, 20000",
        "5, 0, 5, 5"
    })
    void givesTheFramesOfThePart(long start, long length, int from, int to) {
        // Given
        float[][] block = new float[2][LENGTH];
        int read = 0;

        // When
        try (var excerpt = new Excerpt(AudioFiles.open(file), start, length)) {
            for (int frames = excerpt.read(block, 0, 3_000); frames >= 0; ) {
                read += frames;
                frames = excerpt.read(block, read, Math.min(3_000, Math.max(1, LENGTH - read)));
            }
        }

        // Then
        assertThat(read).isEqualTo(to - from);
        for (int channel = 0; channel < 2; channel++) {
            assertThat(Arrays.copyOf(block[channel], read)).isEqualTo(Arrays.copyOfRange(samples[channel], from, to));
        }
    }

    @Test
    void aPartBeforeTheBeginningIsRefused() {
        assertThatThrownBy(() -> new Excerpt(AudioFiles.open(file), -1, 5))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
