package io.stemline.audio;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReadingFromAFrameTest {
    private static final int RATE_HZ = 44_100;
    private static final int LENGTH_FRAMES = 20 * RATE_HZ;

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(Encoding.class)
    void whatIsReadFromAFrameIsWhatFollowsItWhenAllIsRead(Encoding encoding) {
        // Given
        Path file = sweep(encoding);
        float[] all = AudioFiles.readAll(file).samples()[1];

        for (int start : new int[] {1, 511, 4096, 44_100, 300_001, LENGTH_FRAMES - 700}) {
            // When
            AudioBuffer part = AudioFiles.readAll(file, ReadOptions.asIs().from(start));

            // Then
            assertThat(part.lengthFrames()).as("frames from %d", start).isEqualTo(all.length - start);
            double greatest = 0;
            for (int n = 0; n < part.lengthFrames(); n++) {
                greatest = Math.max(greatest, Math.abs(part.samples()[1][n] - all[start + n]));
            }
            assertThat(greatest).as("difference from %d", start).isLessThanOrEqualTo(encoding.lossless() ? 0 : 1e-2);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {LENGTH_FRAMES, LENGTH_FRAMES + 100_000})
    void beyondTheEndThereIsNothing(int start) {
        // Given
        Path file = sweep(Encoding.FLAC_16);

        // When
        AudioBuffer part = AudioFiles.readAll(file, ReadOptions.asIs().from(start));

        // Then
        assertThat(part.lengthFrames()).isZero();
    }

    @ParameterizedTest
    @EnumSource(names = {"WAV_FLOAT", "MP3"})
    void framesAreCountedAtTheRateThatIsRead(Encoding encoding) {
        // Given
        Path file = sweep(encoding);
        ReadOptions slower = ReadOptions.asIs().atSampleRate(22_050);
        float[] all = AudioFiles.readAll(file, slower).samples()[0];

        // When
        float[] part = AudioFiles.readAll(file, slower.from(100_000)).samples()[0];

        // Then
        assertThat(part).hasSize(all.length - 100_000).startsWith(all[100_000], all[100_001]);
    }

    /** No two places of it are alike. It is no noise, because AAC decoders make noise of their own, another one each time. */
    private Path sweep(Encoding encoding) {
        var samples = new float[2][LENGTH_FRAMES];
        for (float[] channel : samples) {
            for (int n = 0; n < LENGTH_FRAMES; n++) {
                double seconds = (double) n / RATE_HZ;
                channel[n] = (float) (0.5 * Math.sin(2 * Math.PI * (300 + 120 * seconds) * seconds));
            }
        }
        Path file = folder.resolve("sweep." + encoding.extension());
        AudioFiles.write(file, new AudioBuffer(new AudioFormat(RATE_HZ, 2), samples), encoding);
        return file;
    }
}
