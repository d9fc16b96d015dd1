package io.stemline.audio;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SoundHashTest {
    private static final int SAMPLE_RATE_HZ = 44_100;
    private static final int LENGTH_FRAMES = 70_001;

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(names = {"WAV_16", "WAV_24", "WAV_FLOAT", "FLAC_16", "FLAC_24"})
    void everyLosslessCopyOfASixteenBitRecordingHasTheSameHash(Encoding encoding) {
        // Given
        AudioBuffer recording = Signals.quantized(noise(2), 16);
        Optional<String> original = hash("original.wav", recording, Encoding.WAV_16);

        // When
        Optional<String> copy = hash("copy." + encoding.extension(), recording, encoding);

        // Then
        assertThat(copy).isPresent().isEqualTo(original);
    }

    @Test
    void theHashIsThatOfTheSumsOfTheChannels() throws Exception {
        // Given
        float step = 1f / (1 << 15);
        float[][] samples = {{0, 3 * step, 0, -4 * step, 0}, {0, 5 * step, 0, 2 * step, 0}};

        // When
        Optional<String> hash = hash("two.wav", buffer(samples), Encoding.WAV_16);

        // Then: silence within counts, silence before and after does not
        ByteBuffer expected =
                ByteBuffer.allocate(12).putInt(840 * 8 / 2).putInt(0).putInt(840 * -2 / 2);
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(expected.array());
        assertThat(hash).contains(HexFormat.of().formatHex(digest));
    }

    @Test
    void neitherSilenceAroundNorAnEqualSecondChannelIsHeard() {
        // Given
        float[] mono = noise(1).samples()[0];
        float[] padded = new float[mono.length + 3000];
        System.arraycopy(mono, 0, padded, 1000, mono.length);

        // When
        Optional<String> once = hash("mono.wav", buffer(mono), Encoding.WAV_24);
        Optional<String> twice = hash("padded.wav", buffer(padded, padded), Encoding.WAV_24);

        // Then
        assertThat(once).isPresent().isEqualTo(twice);
    }

    @Test
    void oneSampleThatDiffersMakesAnotherSound() {
        // Given
        AudioBuffer recording = noise(2);
        Optional<String> before = hash("before.wav", recording, Encoding.WAV_16);

        // When
        recording.samples()[1][LENGTH_FRAMES / 2] += 0.001f;

        // Then
        assertThat(hash("after.wav", recording, Encoding.WAV_16)).isPresent().isNotEqualTo(before);
    }

    @Test
    void silenceHasNoHash() {
        // When
        Optional<String> hash = hash("silence.wav", buffer(new float[LENGTH_FRAMES]), Encoding.WAV_16);

        // Then
        assertThat(hash).isEmpty();
    }

    private Optional<String> hash(String name, AudioBuffer sound, Encoding encoding) {
        Path file = folder.resolve(name);
        AudioFiles.write(file, sound, encoding);
        return SoundHash.of(file, ReadOptions.asIs());
    }

    private static AudioBuffer noise(int channels) {
        return Signals.noise(SAMPLE_RATE_HZ, channels, LENGTH_FRAMES, 0.5, 3);
    }

    private static AudioBuffer buffer(float[]... samples) {
        return new AudioBuffer(new AudioFormat(SAMPLE_RATE_HZ, samples.length), samples);
    }
}
