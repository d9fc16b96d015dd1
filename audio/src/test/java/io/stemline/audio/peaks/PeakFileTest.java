package io.stemline.audio.peaks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stemline.audio.AudioFormat;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PeakFileTest {
    private static final int RATE_HZ = 44_100;

    @Test
    void everyColumnHasTheExtremesOfItsFrames() throws IOException {
        // Given
        float[][] samples = noise(40_960);
        byte[] file = recorded(samples, 1000);

        // When
        PeakFile peaks = PeakFile.open(new ByteArrayInputStream(file));
        byte[] part = peaks.part(5120, 15_360, 10);

        // Then
        assertThat(peaks.sampleRateHz()).isEqualTo(RATE_HZ);
        assertThat(peaks.lengthFrames()).isEqualTo(40_960);
        for (int column = 0; column < 10; column++) {
            assertThat(part[2 * column]).isEqualTo(extreme(samples, 5120 + 1024 * column, 1024, false));
            assertThat(part[2 * column + 1]).isEqualTo(extreme(samples, 5120 + 1024 * column, 1024, true));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 511, 512, 513, 512 * 4096, 512 * 4096 + 1, 512 * 16_384 + 77})
    void theWholeInOneColumnHasTheExtremesOfAll(int lengthFrames) throws IOException {
        // Given
        float[][] samples = noise(lengthFrames);
        byte[] file = recorded(samples, 65_536);

        // When
        byte[] whole = PeakFile.open(new ByteArrayInputStream(file)).part(0, lengthFrames, 1);
        byte[] end = PeakFile.open(new ByteArrayInputStream(file)).part(lengthFrames - 1, lengthFrames, 1);

        // Then
        assertThat(whole[0]).isEqualTo(extreme(samples, 0, lengthFrames, false));
        assertThat(whole[1]).isEqualTo(extreme(samples, 0, lengthFrames, true));
        int lastColumn = (lengthFrames - 1) / 512 * 512;
        assertThat(end[1]).isEqualTo(extreme(samples, lastColumn, lengthFrames - lastColumn, true));
    }

    @Test
    void whatLiesBeyondTheEndIsSilent() throws IOException {
        // Given
        byte[] file = recorded(noise(1024), 1024);

        // When
        byte[] part = PeakFile.open(new ByteArrayInputStream(file)).part(0, 4096, 4);

        // Then
        assertThat(part[1]).isPositive();
        assertThat(part).endsWith(0, 0, 0, 0, 0, 0);
    }

    @Test
    void somethingElseIsNotTakenForPeaks() {
        // Given
        var text =
                new ByteArrayInputStream("RIFF is something else".getBytes(java.nio.charset.StandardCharsets.US_ASCII));

        // When, Then
        assertThatThrownBy(() -> PeakFile.open(text)).hasMessage("these are no peaks of a waveform");
    }

    private static byte extreme(float[][] samples, int from, int length, boolean highest) {
        float extreme = highest ? -1 : 1;
        for (float[] channel : samples) {
            for (int n = from; n < from + length; n++) {
                extreme = highest ? Math.max(extreme, channel[n]) : Math.min(extreme, channel[n]);
            }
        }
        return (byte) Math.round(extreme * 127);
    }

    private static byte[] recorded(float[][] samples, int blockFrames) throws IOException {
        var recorder = new PeakRecorder(new AudioFormat(RATE_HZ, samples.length));
        for (int n = 0; n < samples[0].length; n += blockFrames) {
            recorder.add(samples, n, Math.min(blockFrames, samples[0].length - n));
        }
        var file = new ByteArrayOutputStream();
        recorder.writeTo(file);
        return file.toByteArray();
    }

    private static float[][] noise(int lengthFrames) {
        var random = new Random(lengthFrames);
        var samples = new float[2][lengthFrames];
        for (float[] channel : samples) {
            for (int n = 0; n < lengthFrames; n++) {
                channel[n] = 2 * random.nextFloat() - 1;
            }
        }
        return samples;
    }
}
