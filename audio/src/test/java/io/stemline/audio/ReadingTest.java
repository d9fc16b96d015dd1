package io.stemline.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Blocks, conversions, threads and memory. */
class ReadingTest {

    @TempDir
    Path folder;

    private Path written(AudioBuffer signal, Encoding encoding) {
        Path file = folder.resolve("signal." + encoding.extension());
        AudioFiles.write(file, signal, encoding);
        return file;
    }

    @Test
    void blocksAreFullUntilTheEnd() {
        // Given
        AudioBuffer signal = Signals.noise(44100, 2, 10_000, 0.5, 1);
        Path file = written(signal, Encoding.WAV_FLOAT);
        float[][] block = new float[2][1005];

        // When, Then
        try (AudioSource source = AudioFiles.open(file)) {
            for (int n = 0; n < 9; n++) {
                assertThat(source.read(block, 5, 1000)).isEqualTo(1000);
                assertThat(block[1][5]).isEqualTo(signal.channel(1)[1000 * n]);
                assertThat(block[0][1004]).isEqualTo(signal.channel(0)[1000 * n + 999]);
            }
            assertThat(source.read(block, 0, 1005)).isEqualTo(1000);
            assertThat(source.read(block, 0, 1005)).isEqualTo(-1);
            assertThat(source.read(block, 0, 1005)).isEqualTo(-1);
            assertThat(source.warnings()).isEmpty();
        }
    }

    @Test
    void monoIsCopiedToBothSides() {
        // Given
        AudioBuffer signal = Signals.noise(44100, 1, 1000, 0.9, 1);

        // When
        AudioBuffer stereo = AudioFiles.readAll(
                written(signal, Encoding.WAV_FLOAT), ReadOptions.asIs().withChannels(2));

        // Then
        assertThat(stereo.channel(0)).containsExactly(signal.channel(0));
        assertThat(stereo.channel(1)).containsExactly(signal.channel(0));
    }

    @Test
    void stereoIsAveragedToMono() {
        // Given
        AudioBuffer signal = Signals.noise(44100, 2, 1000, 0.9, 1);

        // When
        AudioBuffer mono = AudioFiles.readAll(
                written(signal, Encoding.WAV_FLOAT), ReadOptions.asIs().withChannels(1));

        // Then
        for (int n = 0; n < 1000; n++) {
            assertThat(mono.channel(0)[n]).isEqualTo(0.5f * signal.channel(0)[n] + 0.5f * signal.channel(1)[n]);
        }
    }

    @ParameterizedTest
    @CsvSource({"44100, 48000, 2", "48000, 44100, 1", "8000, 44100, 1", "96000, 44100, 2"})
    void ratesAreConvertedWhileReading(int fromHz, int toHz, int channels) {
        // Given
        AudioBuffer signal = Signals.sines(fromHz, channels, fromHz + 17, 0.5);

        // When
        AudioBuffer read = AudioFiles.readAll(
                written(signal, Encoding.WAV_FLOAT), ReadOptions.asIs().atSampleRate(toHz));

        // Then
        assertThat(read.format()).isEqualTo(new AudioFormat(toHz, channels));
        assertThat(read.samples())
                .isDeepEqualTo(Resampler.resample(signal, toHz).samples());
    }

    @Test
    void layoutsNobodyKnowsCannotBeMixed() {
        // Given
        Path file = written(Signals.noise(44100, 11, 100, 0.5, 1), Encoding.WAV_16);

        // When, Then
        assertThatThrownBy(() -> AudioFiles.open(file, ReadOptions.asIs().withChannels(2)))
                .isInstanceOf(UnsupportedAudioException.class)
                .hasMessageStartingWith("signal.wav: 11 channels");
    }

    @Test
    void closedSourcesAndSinksSaySo() {
        // Given
        Path file = written(Signals.noise(44100, 1, 100, 0.5, 1), Encoding.WAV_16);
        AudioSource source = AudioFiles.open(file);
        source.close();
        source.close();
        AudioSink sink = AudioFiles.create(file, new AudioFormat(8000, 1), Encoding.WAV_16);
        sink.close();
        sink.close();

        // When, Then
        assertThatThrownBy(() -> source.read(new float[1][10], 0, 10)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> sink.write(new float[1][10], 0, 10)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void manyThreadsReadManyFiles() throws Exception {
        // Given
        AudioBuffer signal = Signals.quantized(Signals.noise(44100, 2, 50_000, 0.5, 1), 16);
        Path file = written(signal, Encoding.FLAC_16);
        List<Future<AudioBuffer>> reads = new ArrayList<>();

        // When
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (int n = 0; n < 64; n++) {
                reads.add(threads.submit(() -> AudioFiles.readAll(file)));
            }
        }

        // Then
        for (Future<AudioBuffer> read : reads) {
            assertThat(read.get().samples()).isDeepEqualTo(signal.samples());
        }
    }

    @Test
    void thousandsOfFilesLeaveNoMemoryAndNoDescriptorsBehind() throws IOException {
        // Given
        Path processStatus = Path.of("/proc/self/status");
        if (!Files.exists(processStatus)) {
            System.err.println("SKIPPED: there is no /proc here, memory of the process cannot be measured");
            Assumptions.abort("There is no /proc");
        }
        AudioBuffer signal = Signals.noise(44100, 2, 20_000, 0.5, 1);
        Path notAudio = Files.writeString(folder.resolve("text.mp3"), "not sound ".repeat(100));
        workOnFiles(signal, notAudio, 300);
        long bytesBefore = residentBytes(processStatus);
        long descriptorsBefore = openDescriptors();

        // When
        workOnFiles(signal, notAudio, 1500);

        // Then
        assertThat(openDescriptors()).isLessThanOrEqualTo(descriptorsBefore + 2);
        assertThat(residentBytes(processStatus) - bytesBefore).isLessThan(60L << 20);
    }

    private void workOnFiles(AudioBuffer signal, Path notAudio, int times) {
        for (int n = 0; n < times; n++) {
            Path file = written(signal, n % 10 == 0 ? Encoding.MP3 : Encoding.FLAC_16);
            AudioFiles.readAll(file, ReadOptions.asIs().atSampleRate(48000).withChannels(1));
            assertThatThrownBy(() -> AudioFiles.probe(notAudio)).isInstanceOf(NotAudioException.class);
        }
        System.gc();
    }

    private static long residentBytes(Path processStatus) throws IOException {
        return Files.readAllLines(processStatus).stream()
                .filter(line -> line.startsWith("RssAnon:"))
                .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
                .sum();
    }

    private static long openDescriptors() throws IOException {
        try (var descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return descriptors.count();
        }
    }
}
