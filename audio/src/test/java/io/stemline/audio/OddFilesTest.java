package io.stemline.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are broken, missing, lying or oddly named, and disks that are full. */
class OddFilesTest {

    @TempDir
    Path folder;

    private Path written(String name, AudioBuffer signal, Encoding encoding) {
        Path file = folder.resolve(name);
        AudioFiles.write(file, signal, encoding);
        return file;
    }

    /** A WAV file made by hand: 16 bit, 8 kHz, mono, whose header states so many bytes of samples. */
    private Path wav(long statedBytes, int actualFrames) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(44 + 2 * actualFrames).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt((int) (36 + statedBytes));
        bytes.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
        bytes.putShort((short) 1).putShort((short) 1).putInt(8000).putInt(16000).putShort((short) 2);
        bytes.putShort((short) 16)
                .put("data".getBytes(StandardCharsets.US_ASCII))
                .putInt((int) statedBytes);
        for (int n = 0; n < actualFrames; n++) {
            bytes.putShort((short) n);
        }
        return Files.write(folder.resolve("by-hand.wav"), bytes.array());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "with some spaces.wav",
                "it's \"quoted\".flac",
                "100% ♫ 🎶.mp3",
                "שיר יפה.wav",
                "a:b.wav",
                "http:x.wav",
                "-i.wav",
                "%d.wav",
                "noextension",
                "new\nline.wav",
                "back\\slash.wav",
                "日本語.m4a",
                "a#b?c=d.flac"
            })
    void namesDoNotMatter(String name) {
        // Given
        AudioBuffer signal = Signals.quantized(Signals.noise(44100, 1, 1000, 0.5, 1), 16);

        // When
        Path file = written(name, signal, Encoding.FLAC_16);

        // Then
        assertThat(AudioFiles.readAll(file).samples()).isDeepEqualTo(signal.samples());
        assertThat(Files.exists(file)).isTrue();
    }

    @ParameterizedTest
    @EnumSource(
            value = Encoding.class,
            names = {"WAV_16", "WAV_FLOAT", "FLAC_16", "FLAC_24", "MP3"})
    void aFileThatWasCutIsReadUpToTheCutWithAWarning(Encoding encoding) throws IOException {
        // Given
        AudioBuffer signal = Signals.noise(44100, 2, 441_000, 0.5, 1);
        Path whole = written("whole", signal, encoding);
        byte[] bytes = Files.readAllBytes(whole);
        Path cut = Files.write(folder.resolve("cut"), Arrays.copyOf(bytes, bytes.length / 2));

        // When
        AudioProbe probe = AudioFiles.probe(cut);

        // Then
        AudioBuffer beginning = AudioFiles.readAll(cut);
        assertThat(beginning.lengthFrames()).isBetween(215_000, 225_000);
        assertThat(probe.lengthFrames()).isEqualTo(beginning.lengthFrames());
        assertThat(probe.warnings())
                .anyMatch(warning -> warning.matches(
                        "the file was cut: its header states 44[12]\\d{3} frames, there are 2[12]\\d{4}"));
        assertThat(warningsAfterReading(cut)).isEqualTo(probe.warnings());
        int certain = beginning.lengthFrames() - 5000;
        assertThat(Arrays.copyOf(beginning.channel(1), certain))
                .containsExactly(Arrays.copyOf(AudioFiles.readAll(whole).channel(1), certain));
    }

    private static List<String> warningsAfterReading(Path file) {
        try (AudioSource source = AudioFiles.open(file)) {
            float[][] block = new float[source.format().channels()][4096];
            while (source.read(block, 0, 4096) >= 0) {
                assertThat(block).isNotNull();
            }
            return source.warnings();
        }
    }

    @Test
    void brokenPacketsAreSkippedAndCounted() throws IOException {
        // Given
        Path file = written("broken.flac", Signals.noise(44100, 2, 441_000, 0.5, 1), Encoding.FLAC_16);
        byte[] bytes = Files.readAllBytes(file);
        Arrays.fill(bytes, bytes.length / 2, bytes.length / 2 + 40_000, (byte) 0x55);
        Files.write(file, bytes);

        // When
        AudioProbe probe = AudioFiles.probe(file);

        // Then
        assertThat(probe.lengthFrames())
                .isLessThan(441_000)
                .isEqualTo(AudioFiles.readAll(file).lengthFrames());
        assertThat(probe.warnings()).anyMatch(warning -> warning.contains("broken packets were skipped"));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 0xFFFFFFFFL, 0x7FFFFFF0L, 20_000_000})
    void whatAHeaderStatesBeyondTheEndDoesNotCount(long statedBytes) throws IOException {
        // Given
        Path file = wav(statedBytes, 5000);

        // When
        AudioBuffer read = AudioFiles.readAll(file);

        // Then
        assertThat(read.lengthFrames()).isEqualTo(5000);
        assertThat(read.channel(0)[4999]).isEqualTo(4999 / 32768f);
        assertThat(AudioFiles.probe(file).lengthFrames()).isEqualTo(5000);
    }

    @Test
    void whatFollowsTheSamplesIsNotSound() throws IOException {
        // Given
        Path file = wav(2000, 5000);

        // When
        AudioBuffer read = AudioFiles.readAll(file);

        // Then
        assertThat(read.lengthFrames()).isEqualTo(1000);
        assertThat(AudioFiles.probe(file).lengthFrames()).isEqualTo(1000);
        assertThat(AudioFiles.probe(file).warnings()).isEmpty();
    }

    @Test
    void numbersThatAreNotFiniteBecomeSilenceAndAreCounted() throws IOException {
        // Given
        AudioBuffer signal = Signals.noise(44100, 1, 1000, 0.5, 1);
        Path file = written("nan.wav", signal, Encoding.WAV_FLOAT);
        byte[] bytes = Files.readAllBytes(file);
        ByteBuffer samples = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int first = bytes.length - 4 * 1000;
        samples.putFloat(first + 4 * 10, Float.NaN);
        samples.putFloat(first + 4 * 20, Float.POSITIVE_INFINITY);
        samples.putFloat(first + 4 * 30, Float.NEGATIVE_INFINITY);
        Files.write(file, bytes);

        // When
        AudioBuffer read = AudioFiles.readAll(file);
        AudioBuffer converted = AudioFiles.readAll(file, ReadOptions.asIs().atSampleRate(48000));

        // Then
        for (int n : new int[] {10, 20, 30}) {
            assertThat(read.channel(0)[n]).isZero();
            signal.channel(0)[n] = 0;
        }
        assertThat(read.samples()).isDeepEqualTo(signal.samples());
        for (float sample : converted.channel(0)) {
            assertThat(sample).isFinite();
        }
        assertThat(warningsAfterReading(file))
                .containsExactly("3 samples that are not finite numbers were replaced by silence");
    }

    @Test
    void numbersThatAreNotFiniteAreWrittenAsSilenceOrFullScale() {
        // Given
        float[][] samples = {{Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 2, -2}};

        // When
        Path file = written("x.wav", new AudioBuffer(new AudioFormat(8000, 1), samples), Encoding.WAV_16);

        // Then
        assertThat(AudioFiles.readAll(file).channel(0)).containsExactly(0, 32767 / 32768f, -1, 32767 / 32768f, -1);
    }

    @Test
    void filesThatAreNotSoundAreRefused() throws IOException {
        // Given
        Path text = Files.writeString(folder.resolve("text.mp3"), "This is not sound. ".repeat(1000));
        byte[] random = new byte[100_000];
        new SplittableRandom(1).nextBytes(random);
        Path noise = Files.write(folder.resolve("random.wav"), random);
        Path empty = Files.createFile(folder.resolve("empty.flac"));
        Path header = Files.write(folder.resolve("header.wav"), Arrays.copyOf(Files.readAllBytes(wav(0, 0)), 20));

        // When, Then
        for (Path file : List.of(text, noise, header)) {
            assertThatThrownBy(() -> AudioFiles.probe(file))
                    .isInstanceOf(NotAudioException.class)
                    .hasMessageStartingWith(file.getFileName() + ": not audio that can be decoded (");
        }
        assertThatThrownBy(() -> AudioFiles.open(empty))
                .isInstanceOf(NotAudioException.class)
                .hasMessage("empty.flac: the file is empty");
    }

    @Test
    void whatTheFileSystemRefusesIsSaidPlainly() throws IOException {
        // Given
        Path link = Files.createSymbolicLink(folder.resolve("link.wav"), folder.resolve("nowhere.wav"));

        // When, Then
        assertThatThrownBy(() -> AudioFiles.open(folder.resolve("missing.wav")))
                .isInstanceOf(AudioFileAccessException.class)
                .hasMessage("missing.wav: there is no such file");
        assertThatThrownBy(() -> AudioFiles.open(folder))
                .isInstanceOf(AudioFileAccessException.class)
                .hasMessageEndingWith(": this is a directory, not a file");
        assertThatThrownBy(() -> AudioFiles.probe(link))
                .isInstanceOf(AudioFileAccessException.class)
                .hasMessage("link.wav: this is a link to a file that does not exist");
        assertThatThrownBy(() -> AudioFiles.probe(Path.of("/dev/null")))
                .isInstanceOf(AudioFileAccessException.class)
                .hasMessage("null: this is a device or a pipe, not a file");
        AudioBuffer signal = AudioBuffer.silence(new AudioFormat(8000, 1), 10);
        assertThatThrownBy(() -> AudioFiles.write(folder.resolve("no/such/x.wav"), signal, Encoding.WAV_16))
                .isInstanceOf(AudioFileAccessException.class)
                .hasMessageStartingWith("x.wav: there is no directory ");
        assertThatThrownBy(() -> AudioFiles.write(folder, signal, Encoding.WAV_16))
                .isInstanceOf(AudioFileAccessException.class)
                .hasMessageContaining("this is a directory");
    }

    @Test
    void filesWithoutPermissionAreRefused() throws IOException {
        // Given
        Path file = written("secret.wav", AudioBuffer.silence(new AudioFormat(8000, 1), 10), Encoding.WAV_16);
        file.toFile().setReadable(false);
        file.toFile().setWritable(false);
        if (Files.isReadable(file)) {
            System.err.println("SKIPPED: this user may read everything, permissions cannot be tested");
            Assumptions.abort("This user may read everything");
        }

        // When, Then
        assertThatThrownBy(() -> AudioFiles.open(file)).hasMessage("secret.wav: no permission to read this file");
        assertThatThrownBy(() -> AudioFiles.create(file, new AudioFormat(8000, 1), Encoding.WAV_16))
                .hasMessage("secret.wav: no permission to write this file");
    }

    @ParameterizedTest
    @EnumSource(Encoding.class)
    void aFullDiskIsReportedAndFreesEverything(Encoding encoding) {
        // Given
        Path fullDisk = Path.of("/dev/full");
        if (!Files.exists(fullDisk)) {
            System.err.println("SKIPPED: there is no /dev/full here, full disks cannot be tested");
            Assumptions.abort("There is no /dev/full");
        }
        AudioBuffer signal = Signals.noise(44100, 2, 200_000, 0.5, 1);

        // When, Then
        assertThatThrownBy(() -> AudioFiles.write(fullDisk, signal, encoding))
                .isInstanceOf(AudioFileAccessException.class)
                .hasMessageStartingWith("full: the file cannot be written (No space left on device");
    }

    @Test
    void encodingsThatCannotHoldTheFormatAreRefusedBeforeTheFileIsTouched() throws IOException {
        // Given
        Path file = Files.writeString(folder.resolve("kept.mp3"), "kept");

        // When, Then
        assertThatThrownBy(() -> AudioFiles.create(file, new AudioFormat(44100, 6), Encoding.MP3))
                .isInstanceOf(UnsupportedAudioException.class)
                .hasMessage("kept.mp3: MP3 holds at most 2 channels, not 6");
        assertThatThrownBy(() -> AudioFiles.create(file, new AudioFormat(44100, 9), Encoding.FLAC_16))
                .isInstanceOf(UnsupportedAudioException.class);
        assertThat(file).hasContent("kept");
    }
}
