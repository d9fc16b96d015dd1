package io.stemline.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that others made. */
class ForeignFilesTest {

    @TempDir
    Path folder;

    private Path wav(AudioBuffer signal) {
        Path file = folder.resolve("original.wav");
        AudioFiles.write(file, signal, Encoding.WAV_FLOAT);
        return file;
    }

    @Test
    void theReferenceMp3HasTheLengthThatItsEncoderNoted() {
        // Given
        Path file = Path.of(System.getProperty("stemline.reference-data"), "audio", "audio_example.mp3");
        if (!Files.exists(file)) {
            System.err.println("SKIPPED: no reference data at " + file);
            Assumptions.abort("No reference data at " + file);
        }

        // When
        AudioBuffer sound = AudioFiles.readAll(file);

        // Then
        assertThat(sound.format()).isEqualTo(new AudioFormat(44100, 2));
        assertThat(sound.lengthFrames()).isEqualTo(479_832);
        assertThat(AudioFiles.probe(file).lengthFrames()).isEqualTo(479_832);
    }

    @ParameterizedTest
    @CsvSource({
        "aiff, pcm_s16be, aiff, 16, false, 44100", "aiff, pcm_s24be, aiff, 24, false, 96000",
        "wav, pcm_s32le, wav, 32, false, 44100", "wav, pcm_f64le, wav, 64, true, 44100",
        "wav, pcm_u8, wav, 8, false, 8000", "caf, pcm_s16le, caf, 16, false, 44100",
        "m4a, alac, mp4, 16, false, 44100", "wv, wavpack, wv, 16, false, 44100",
    })
    void losslessFilesOfAnyKindAreReadExactly(
            String extension, String codec, String container, int bits, boolean floatingPoint, int sampleRateHz)
            throws Exception {
        // Given
        AudioBuffer signal = Signals.quantized(Signals.noise(sampleRateHz, 2, 50_001, 0.9, 4), Math.min(bits, 16));
        Path file = folder.resolve("foreign." + extension);
        String sampleFormat = codec.equals("wavpack") || codec.equals("alac") ? "s16p" : "";
        if (sampleFormat.isEmpty()) {
            FfmpegProgram.run("-i", wav(signal), "-c:a", codec, file);
        } else {
            FfmpegProgram.run("-i", wav(signal), "-c:a", codec, "-sample_fmt", sampleFormat, file);
        }

        // When
        AudioBuffer read = AudioFiles.readAll(file);
        AudioProbe probe = AudioFiles.probe(file);

        // Then
        assertThat(read.format()).isEqualTo(signal.format());
        assertThat(read.samples()).isDeepEqualTo(signal.samples());
        assertThat(probe.lengthFrames()).isEqualTo(50_001);
        assertThat(probe.container()).isEqualTo(container);
        assertThat(probe.codec()).isEqualTo(codec);
        assertThat(probe.bitsPerSample()).isEqualTo(bits);
        assertThat(probe.floatingPoint()).isEqualTo(floatingPoint);
        assertThat(probe.warnings()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"ogg, libvorbis, ogg", "opus, libopus, ogg", "webm, libopus, matroska", "mp3, libmp3lame, mp3"})
    void lossyFilesKeepTheirLength(String extension, String codec, String container) throws Exception {
        // Given
        AudioBuffer signal = Signals.sines(48000, 2, 100_001, 0.3);
        Path file = folder.resolve("foreign." + extension);
        FfmpegProgram.run("-i", wav(signal), "-c:a", codec, "-b:a", "192k", file);

        // When
        AudioBuffer read = AudioFiles.readAll(file);
        AudioProbe probe = AudioFiles.probe(file);

        // Then
        assertThat(read.lengthFrames()).isEqualTo(100_001);
        assertThat(probe.lengthFrames()).isEqualTo(100_001);
        assertThat(probe.container()).isEqualTo(container);
        assertThat(probe.bitsPerSample()).isZero();
        assertThat(probe.floatingPoint()).isFalse();
        assertThat(Signals.errorDb(read.channel(1), signal.channel(1), 10_000, 90_000))
                .isLessThan(-20);
    }

    @Test
    void everyStreamOfAStemFileCanBeRead() throws Exception {
        // Given
        Path file = folder.resolve("song.stem.mp4");
        FfmpegProgram.run(
                "-f",
                "lavfi",
                "-i",
                "sine=frequency=300:sample_rate=44100:duration=1",
                "-f",
                "lavfi",
                "-i",
                "sine=frequency=600:sample_rate=44100:duration=1",
                "-f",
                "lavfi",
                "-i",
                "sine=frequency=900:sample_rate=44100:duration=1",
                "-f",
                "lavfi",
                "-i",
                "sine=frequency=1200:sample_rate=44100:duration=1",
                "-f",
                "lavfi",
                "-i",
                "sine=frequency=1500:sample_rate=44100:duration=1",
                "-f",
                "lavfi",
                "-i",
                "color=size=16x16:duration=1",
                "-map",
                "5",
                "-map",
                "0",
                "-map",
                "1",
                "-map",
                "2",
                "-map",
                "3",
                "-map",
                "4",
                "-c:a",
                "aac",
                "-ac",
                "2",
                "-metadata",
                "title=A song",
                "-metadata",
                "artist=Someone",
                file);

        // When
        AudioProbe probe = AudioFiles.probe(file);

        // Then
        assertThat(probe.audioStreams()).isEqualTo(5);
        assertThat(probe.container()).isEqualTo("mp4");
        assertThat(probe.tags()).containsEntry("title", "A song").containsEntry("artist", "Someone");
        for (int stream = 0; stream < 5; stream++) {
            AudioBuffer sound = AudioFiles.readAll(file, ReadOptions.asIs().ofStream(stream));
            assertThat(sound.lengthFrames()).isEqualTo((int) probe.lengthFrames());
            assertThat(pitchHz(sound)).isBetween(300 * (stream + 1) - 5.0, 300 * (stream + 1) + 5.0);
        }
        assertThatThrownBy(() -> AudioFiles.open(file, ReadOptions.asIs().ofStream(5)))
                .isInstanceOf(NoSuchStreamException.class)
                .hasMessage("song.stem.mp4: there is no audio stream 5, the file has 5 counted from 0");
    }

    private static double pitchHz(AudioBuffer sound) {
        float[] samples = sound.channel(0);
        int rising = 0;
        for (int n = 10_001; n <= 32_050; n++) {
            rising += samples[n - 1] < 0 && samples[n] >= 0 ? 1 : 0;
        }
        return rising * 2.0;
    }

    @Test
    void tagsOfAllKindsOfFilesHaveLowerCaseNames() throws Exception {
        // Given
        Path original = wav(Signals.sines(44100, 2, 44100, 0.3));

        for (String extension : new String[] {"flac", "mp3", "m4a", "ogg"}) {
            Path file = folder.resolve("tagged." + extension);
            FfmpegProgram.run(
                    "-i",
                    original,
                    "-metadata",
                    "TITLE=Grüße ♫",
                    "-metadata",
                    "Artist=Someone",
                    "-metadata",
                    "album=Some",
                    file);

            // When
            AudioProbe probe = AudioFiles.probe(file);

            // Then
            assertThat(probe.tags())
                    .as(extension)
                    .containsEntry("title", "Grüße ♫")
                    .containsEntry("artist", "Someone")
                    .containsEntry("album", "Some");
        }
    }

    @Test
    void aVideoWithoutSoundIsRefused() throws Exception {
        // Given
        Path file = folder.resolve("silent.mp4");
        FfmpegProgram.run("-f", "lavfi", "-i", "color=size=16x16:duration=1", file);

        // When, Then
        assertThatThrownBy(() -> AudioFiles.open(file))
                .isInstanceOf(NotAudioException.class)
                .hasMessage("silent.mp4: there is no sound in this file, only pictures or other data");
    }

    @Test
    void aStreamThatChangesItsRateIsReadAtItsFirstRate() throws Exception {
        // Given
        Path first = folder.resolve("first.ogg");
        Path second = folder.resolve("second.ogg");
        FfmpegProgram.run("-i", wav(Signals.sines(44100, 2, 44100, 0.3)), "-c:a", "libvorbis", first);
        FfmpegProgram.run("-i", wav(Signals.sines(22050, 1, 22050, 0.3)), "-c:a", "libvorbis", second);
        Path chained = folder.resolve("chained.ogg");
        Files.write(chained, Files.readAllBytes(first));
        Files.write(chained, Files.readAllBytes(second), StandardOpenOption.APPEND);

        // When
        AudioBuffer read = AudioFiles.readAll(chained);

        // Then
        assertThat(read.format()).isEqualTo(new AudioFormat(44100, 2));
        assertThat(read.lengthFrames()).isBetween(88_200, 90_500);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\noriginal.wav\n#EXT-X-ENDLIST\n",
                "ffconcat version 1.0\nfile original.wav\n"
            })
    void playlistsDoNotLeadToOtherFiles(String playlist) throws IOException {
        // Given
        wav(Signals.sines(44100, 2, 44100, 0.3));
        Path file = folder.resolve("playlist.m3u8");
        Files.writeString(file, playlist);

        // When, Then
        assertThatThrownBy(() -> AudioFiles.open(file)).isInstanceOf(NotAudioException.class);
    }

    @Test
    void surroundIsMixedByTheRulesOfItsLayout() throws Exception {
        // Given
        AudioBuffer signal = AudioBuffer.silence(new AudioFormat(44100, 6), 4410);
        Arrays.fill(signal.channel(2), 0.5f);
        Path file = wav(signal);

        // When
        AudioBuffer stereo = AudioFiles.readAll(file, ReadOptions.asIs().withChannels(2));

        // Then: the centre is in both sides
        assertThat(stereo.channels()).isEqualTo(2);
        assertThat(stereo.channel(0)[2000]).isPositive().isEqualTo(stereo.channel(1)[2000]);
    }
}
