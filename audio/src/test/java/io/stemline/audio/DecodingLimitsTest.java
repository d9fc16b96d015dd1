package io.stemline.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecodingLimitsTest {

    private static final int SILENT_BLOCK_FRAMES = 65_535;

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "7000, 1, 7000 Hz is less than the 8000 Hz that are read (stemline.decoding.lowest-sample-rate-hz)",
        "96000, 1, 96000 Hz is more than the 48000 Hz that are read (stemline.decoding.highest-sample-rate-hz)",
        "44100, 3, 3 channels are more than the 2 that are read (stemline.decoding.most-channels)"
    })
    void ratesAndChannelsOutsideOfTheLimitsAreRefused(int rateHz, int channels, String sentence) {
        // Given
        Path file = folder.resolve("song.wav");
        AudioFiles.write(file, AudioBuffer.silence(new AudioFormat(rateHz, channels), 100), Encoding.WAV_16);

        // When, Then
        for (var refused : List.<ThrowingCallable>of(
                () -> AudioFiles.probe(file, longest(Duration.ofHours(1))),
                () -> AudioFiles.open(
                        file,
                        ReadOptions.asIs().within(longest(Duration.ofHours(1))).atSampleRate(44_100)))) {
            assertThatThrownBy(refused)
                    .isInstanceOf(DecodingLimitException.class)
                    .hasMessage("song.wav: " + sentence);
        }
        assertThat(AudioFiles.probe(file).lengthFrames()).isEqualTo(100);
    }

    @Test
    void filesThatAreTooLargeAreNotEvenOpened() throws IOException {
        // Given
        Path file = Files.write(folder.resolve("large.wav"), new byte[(1 << 20) + 1]);

        // When, Then
        assertThatThrownBy(() -> AudioFiles.probe(file, longest(Duration.ofHours(1))))
                .isInstanceOf(DecodingLimitException.class)
                .hasMessage(
                        "large.wav: 1048577 bytes are more than the 1048576 that are read (stemline.decoding.largest-bytes)");
    }

    @Test
    void limitsThatMakeNoSenseAreNamed() {
        assertThatThrownBy(() -> new DecodingLimits(Duration.ofHours(1), 65, 1, 2, Duration.ofSeconds(1), 1, false))
                .hasMessage("stemline.decoding.most-channels is between 1 and 64, not 65");
        assertThatThrownBy(() -> new DecodingLimits(Duration.ZERO, 64, 1, 2, Duration.ofSeconds(1), 1, false))
                .hasMessage("stemline.decoding.longest in seconds is between 1 and 31622400, not 0");
    }

    @Test
    void soundThatGoesOnForTooLongIsRefusedHoweverSmallTheFile() throws IOException {
        // Given
        Path bomb = Files.write(folder.resolve("bomb.flac"), MadeUpFiles.silentFlac(3 * 3600));
        DecodingLimits twoHours = longest(Duration.ofHours(2));

        // When, Then
        assertThat(Files.size(bomb)).isLessThan(150_000);
        assertThatThrownBy(() -> AudioFiles.probe(bomb, twoHours))
                .isInstanceOf(DecodingLimitException.class)
                .hasMessage(
                        "bomb.flac: there is more sound in it than the 7200 s that are read (stemline.decoding.longest)");
        assertThatThrownBy(() -> AudioFiles.readAll(bomb, ReadOptions.asIs().within(longest(Duration.ofMinutes(1)))))
                .isInstanceOf(DecodingLimitException.class);
    }

    @Test
    void whatAHeaderStatesIsNotHeldAgainstTheSound() throws IOException {
        // Given
        Path boasting = Files.write(folder.resolve("boasting.flac"), MadeUpFiles.silentFlac(3));

        // When
        AudioProbe probe = AudioFiles.probe(boasting, longest(Duration.ofSeconds(10)));

        // Then
        assertThat(probe.lengthFrames()).isEqualTo(3L * SILENT_BLOCK_FRAMES);
        assertThat(probe.warnings())
                .containsExactly("the file was cut: its header states 68719476735 frames, there are 196605");
    }

    private static DecodingLimits longest(Duration longest) {
        return new DecodingLimits(longest, 2, 8_000, 48_000, Duration.ofSeconds(10), 1 << 20, false);
    }
}
