package io.stemline.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DecoderProcessTest {
    private static final AudioFormat FORMAT = new AudioFormat(44_100, 2);
    private static final int LENGTH_FRAMES = 10 * 44_100 + 17;

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(names = {"WAV_24", "FLAC_16", "MP3", "WAV_FLOAT"})
    void givesTheSameSamplesAndTheSameProbe(Encoding encoding) {
        // Given
        Path file = noise(folder.resolve("noise ä." + encoding.extension()), encoding);

        // When
        AudioBuffer apart = AudioFiles.readAll(file, ReadOptions.asIs().within(ownProcess(Duration.ofMinutes(1))));
        AudioProbe probe = AudioFiles.probe(file, ownProcess(Duration.ofMinutes(1)));

        // Then
        AudioBuffer here = AudioFiles.readAll(file);
        assertThat(apart.format()).isEqualTo(here.format());
        assertThat(Arrays.deepEquals(apart.samples(), here.samples())).isTrue();
        assertThat(probe).isEqualTo(AudioFiles.probe(file));
    }

    @Test
    void convertsAndStartsWhereItIsAsked() {
        // Given
        Path file = noise(folder.resolve("noise.flac"), Encoding.FLAC_16);
        ReadOptions options =
                ReadOptions.asIs().atSampleRate(22_050).withChannels(1).from(4711);

        // When
        AudioBuffer apart = AudioFiles.readAll(file, options.within(ownProcess(Duration.ofMinutes(1))));

        // Then
        assertThat(Arrays.deepEquals(
                        apart.samples(), AudioFiles.readAll(file, options).samples()))
                .isTrue();
    }

    @Test
    void tellsWhatIsWrongWithACutFile() throws IOException {
        // Given
        Path whole = noise(folder.resolve("whole.flac"), Encoding.FLAC_16);
        byte[] bytes = Files.readAllBytes(whole);
        Path cut = Files.write(folder.resolve("cut.flac"), Arrays.copyOf(bytes, bytes.length / 2));

        // When
        List<String> warnings = warningsOf(cut, ReadOptions.asIs().within(ownProcess(Duration.ofMinutes(1))));

        // Then
        assertThat(warnings).isNotEmpty().isEqualTo(warningsOf(cut, ReadOptions.asIs()));
    }

    @Test
    void refusesWithTheSameSentence() throws IOException {
        // Given
        Path text = Files.writeString(folder.resolve("notes.wav"), "These are no samples.");
        Path missing = folder.resolve("missing.wav");
        Path sound = noise(folder.resolve("noise.wav"), Encoding.WAV_16);

        // When, Then
        for (Path file : List.of(text, missing)) {
            AudioException here = catchThrowableOfType(AudioException.class, () -> AudioFiles.probe(file));
            assertThatThrownBy(() -> AudioFiles.probe(file, ownProcess(Duration.ofMinutes(1))))
                    .isExactlyInstanceOf(here.getClass())
                    .hasMessage(here.getMessage());
        }
        assertThatThrownBy(() -> AudioFiles.open(
                        sound, ReadOptions.asIs().ofStream(3).within(ownProcess(Duration.ofMinutes(1)))))
                .isExactlyInstanceOf(NoSuchStreamException.class);
    }

    @Test
    void aCrashInNativeCodeIsARefusal() throws Exception {
        // Given
        Path file = noise(folder.resolve("noise.wav"), Encoding.WAV_16);
        try (AudioSource source = AudioFiles.open(file, ReadOptions.asIs().within(ownProcess(Duration.ofMinutes(1))))) {
            // When
            signal("SEGV");

            // Then
            assertThatThrownBy(() -> readToTheEnd(source))
                    .isInstanceOf(NotAudioException.class)
                    .hasMessage(
                            "noise.wav: its decoder crashed (status 1): the file is damaged, or made to do harm; a copy made by"
                                    + " another program may be read");
        }
    }

    @Test
    void aDecoderThatIsKilledMayBeTriedAgain() throws Exception {
        // Given
        Path file = noise(folder.resolve("noise.wav"), Encoding.WAV_16);
        try (AudioSource source = AudioFiles.open(file, ReadOptions.asIs().within(ownProcess(Duration.ofMinutes(1))))) {
            // When
            signal("KILL");

            // Then
            assertThatThrownBy(() -> readToTheEnd(source))
                    .isInstanceOf(AudioFileAccessException.class)
                    .hasMessage("noise.wav: the process that decodes it was ended from outside (status 137)");
        }
    }

    @Test
    void aDecoderThatGivesNothingIsEnded() throws Exception {
        // Given
        Path file = noise(folder.resolve("noise.wav"), Encoding.WAV_16);
        try (AudioSource source = AudioFiles.open(file, ReadOptions.asIs().within(ownProcess(Duration.ofSeconds(1))))) {
            // When
            signal("STOP");

            // Then
            assertThatThrownBy(() -> readToTheEnd(source))
                    .isInstanceOf(DecodingLimitException.class)
                    .hasMessageContaining("its decoder gave nothing for 21 s");
        }
        assertThat(ProcessHandle.current().children()).noneMatch(ProcessHandle::isAlive);
    }

    private static void signal(String name) throws IOException, InterruptedException {
        ProcessHandle decoder = ProcessHandle.current().children().findFirst().orElseThrow();
        new ProcessBuilder("kill", "-" + name, Long.toString(decoder.pid()))
                .start()
                .waitFor();
    }

    private static void readToTheEnd(AudioSource source) {
        var block = new float[2][4096];
        while (source.read(block, 0, 4096) > 0) {
            assertThat(source.format()).isEqualTo(FORMAT);
        }
    }

    private static List<String> warningsOf(Path file, ReadOptions options) {
        try (AudioSource source = AudioFiles.open(file, options)) {
            readToTheEnd(source);
            return source.warnings();
        }
    }

    private static DecodingLimits ownProcess(Duration patience) {
        return new DecodingLimits(Duration.ofHours(1), 64, 1_000, 768_000, patience, 1L << 30, true);
    }

    private static Path noise(Path file, Encoding encoding) {
        var random = new SplittableRandom(7);
        var samples = new float[2][LENGTH_FRAMES];
        for (float[] channel : samples) {
            for (int i = 0; i < channel.length; i++) {
                channel[i] = (float) random.nextDouble(-0.5, 0.5);
            }
        }
        AudioFiles.write(file, new AudioBuffer(FORMAT, samples), encoding);
        return file;
    }
}
