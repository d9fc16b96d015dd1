package io.stemline.audio;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AudioFilesTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "WAV_16, 44100, 2, 44100", "WAV_16, 8000, 1, 1600", "WAV_24, 96000, 2, 19201", "WAV_24, 44100, 6, 8820",
        "FLAC_16, 44100, 2, 100001", "FLAC_16, 8000, 1, 1600", "FLAC_24, 96000, 2, 19201", "FLAC_24, 48000, 8, 4097",
        "WAV_16, 44100, 64, 441", "WAV_24, 44100, 11, 441", "WAV_16, 44100, 1, 1", "FLAC_16, 44100, 1, 1",
    })
    void integerFormatsGiveBackEverySampleRoundedToTheirSteps(
            Encoding encoding, int sampleRateHz, int channels, int lengthFrames) {
        // Given
        AudioBuffer signal = Signals.noise(sampleRateHz, channels, lengthFrames, 1.1, 7);
        Path file = folder.resolve("noise." + encoding.extension());

        // When
        AudioFiles.write(file, signal, encoding);

        // Then
        AudioBuffer read = AudioFiles.readAll(file);
        assertThat(read.format()).isEqualTo(signal.format());
        assertThat(read.samples())
                .isDeepEqualTo(
                        Signals.quantized(signal, encoding.bitsPerSample()).samples());
        assertThat(AudioFiles.probe(file).lengthFrames()).isEqualTo(lengthFrames);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 64})
    void floatingPointFilesGiveBackEveryBit(int channels) {
        // Given
        AudioBuffer signal = Signals.noise(44100, channels, 5000, 3.7, 8);
        Path file = folder.resolve("noise.wav");

        // When
        AudioFiles.write(file, signal, Encoding.WAV_FLOAT);

        // Then
        assertThat(AudioFiles.readAll(file).samples()).isDeepEqualTo(signal.samples());
    }

    @ParameterizedTest
    @CsvSource({
        "44100, 2, 100000",
        "8000, 1, 1600",
        "48000, 1, 9600",
        "22050, 2, 1153",
        "44100, 2, 1152",
        "44100, 2, 2305",
        "44100, 1, 2350"
    })
    void mp3KeepsLengthAndPlace(int sampleRateHz, int channels, int lengthFrames) {
        // Given
        AudioBuffer signal = Signals.sines(sampleRateHz, channels, lengthFrames, 0.3);
        Path file = folder.resolve("sines.mp3");

        // When
        AudioFiles.write(file, signal, Encoding.MP3);

        // Then
        AudioBuffer read = AudioFiles.readAll(file);
        assertThat(read.format()).isEqualTo(signal.format());
        assertThat(read.lengthFrames()).isEqualTo(lengthFrames);
        assertThat(AudioFiles.probe(file).lengthFrames()).isEqualTo(lengthFrames);
        assertThat(Signals.errorDb(read.channel(0), signal.channel(0), lengthFrames / 4, lengthFrames * 3 / 4))
                .isLessThan(-18);
    }

    @ParameterizedTest
    @CsvSource({"44100, 2, 100000", "96000, 2, 19200", "48000, 6, 48000", "8000, 1, 1600"})
    void aacKeepsPlaceAndFillsUpItsLastPacket(int sampleRateHz, int channels, int lengthFrames) {
        // Given
        AudioBuffer signal = Signals.sines(sampleRateHz, channels, lengthFrames, 0.3);
        Path file = folder.resolve("sines.m4a");

        // When
        AudioFiles.write(file, signal, Encoding.AAC);

        // Then
        AudioBuffer read = AudioFiles.readAll(file);
        int wholePackets = Math.ceilDiv(lengthFrames, 1024) * 1024;
        assertThat(read.format()).isEqualTo(signal.format());
        assertThat(read.lengthFrames()).isEqualTo(wholePackets);
        assertThat(AudioFiles.probe(file).lengthFrames()).isEqualTo(wholePackets);
        assertThat(Signals.errorDb(read.channel(0), signal.channel(0), lengthFrames / 4, lengthFrames * 3 / 4))
                .isLessThan(-18);
    }

    @ParameterizedTest
    @CsvSource({"MP3, 96000, 48000", "MP3, 44056, 44100", "AAC, 192000, 96000", "AAC, 5000, 7350"})
    void lossyFormatsConvertRatesTheyDoNotKnow(Encoding encoding, int sampleRateHz, int storedHz) {
        // Given
        AudioBuffer signal = Signals.sines(sampleRateHz, 2, sampleRateHz, 0.3);
        Path file = folder.resolve("sines." + encoding.extension());

        // When
        AudioFiles.write(file, signal, encoding);

        // Then
        AudioBuffer read = AudioFiles.readAll(file);
        AudioBuffer expected = Signals.sines(storedHz, 2, storedHz, 0.3);
        assertThat(read.format().sampleRateHz()).isEqualTo(storedHz);
        assertThat(read.lengthFrames()).isBetween(storedHz, storedHz + 1023);
        assertThat(Signals.errorDb(read.channel(1), expected.channel(1), storedHz / 4, storedHz * 3 / 4))
                .isLessThan(-18);
    }

    @ParameterizedTest
    @EnumSource(Encoding.class)
    void theSameSamplesGiveTheSameBytes(Encoding encoding) throws IOException {
        // Given
        AudioBuffer signal = Signals.noise(44100, 2, 30000, 0.5, 3);
        Path first = folder.resolve("first");
        Path second = folder.resolve("second");

        // When
        AudioFiles.write(first, signal, encoding);
        AudioFiles.write(second, signal, encoding);

        // Then
        assertThat(second).hasSameBinaryContentAs(first);
        assertThat(new String(Files.readAllBytes(first), StandardCharsets.ISO_8859_1))
                .doesNotContainPattern("Lav[cf][0-9]+");
    }

    @ParameterizedTest
    @EnumSource(Encoding.class)
    void filesWithoutAFrameAreWrittenAndRefusedOrRead(Encoding encoding) {
        // Given
        Path file = folder.resolve("nothing");

        // When
        AudioFiles.write(file, AudioBuffer.silence(new AudioFormat(44100, 2), 0), encoding);

        // Then
        if (encoding.lossless()) {
            assertThat(AudioFiles.readAll(file).lengthFrames()).isZero();
        }
    }

    @Test
    void probesTellWhatIsStored() {
        // Given
        Path file = folder.resolve("x.bin");
        AudioFiles.write(file, Signals.noise(96000, 2, 96000, 0.5, 1), Encoding.FLAC_24);

        // When
        AudioProbe probe = AudioFiles.probe(file);

        // Then
        assertThat(probe)
                .isEqualTo(new AudioProbe(
                        "flac", "flac", 96000, 2, "stereo", 96000, 24, false, 1, probe.tags(), List.of()));
        assertThat(probe.duration()).hasSeconds(1);
    }
}
