package io.stemline.separation.engine;

import static io.stemline.separation.TestAudio.largestDifference;
import static io.stemline.separation.TestAudio.music;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.stemline.audio.AudioFiles;
import io.stemline.audio.AudioFormat;
import io.stemline.audio.Encoding;
import io.stemline.separation.SeparationCancelledException;
import io.stemline.separation.TestAudio.GeneratedSource;
import io.stemline.separation.streaming.Cancellation;
import io.stemline.separation.streaming.SeparationOptions;
import io.stemline.separation.streaming.SeparationResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StemFilesTest {

    @TempDir
    private Path folder;

    private final SeparationEngine engine = SeparationEngine.open(SeparationSettings.defaults());

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void aFileBecomesAFilePerStem() throws IOException {
        // Given
        var mixture = music(22_050, 2, 33_333);
        var file = folder.resolve("song.wav");
        AudioFiles.write(file, mixture, Encoding.WAV_FLOAT);
        var stems = folder.resolve("stems");

        // When
        SeparationResult result;
        try (var source = AudioFiles.open(file);
                var files = new StemFiles(stems, Encoding.WAV_FLOAT)) {
            result = engine.separate("null", source, files);
            files.publish();
        }

        // Then
        assertThat(names(stems)).containsExactly("bass.wav", "drums.wav", "other.wav", "vocals.wav");
        assertThat(result.lengthFrames()).isEqualTo(33_333);
        var sum = new float[2][33_333];
        for (var name : names(stems)) {
            var stem = AudioFiles.readAll(stems.resolve(name));
            assertThat(stem.format()).isEqualTo(mixture.format());
            for (int channel = 0; channel < 2; channel++) {
                for (int n = 0; n < sum[channel].length; n++) {
                    sum[channel][n] += stem.channel(channel)[n];
                }
            }
        }
        assertThat(largestDifference(sum, mixture.samples())).isLessThan(1e-6);
    }

    @Test
    void aSeparationThatFailsLeavesNoFile() throws IOException {
        // Given
        var cancellation = new Cancellation();
        var options = SeparationOptions.none()
                .withCancellation(cancellation)
                .withListener((done, total) -> cancellation.cancel());

        // When
        // Then
        assertThatThrownBy(() -> {
                    try (var files = new StemFiles(folder, Encoding.FLAC_16)) {
                        engine.separate(
                                "null",
                                new GeneratedSource(new AudioFormat(44_100, 2), Long.MAX_VALUE),
                                files,
                                options);
                    }
                })
                .isInstanceOf(SeparationCancelledException.class);
        assertThat(names(folder)).isEmpty();
    }

    @Test
    void aDiskThatFillsInTheMiddleOfAStemLeavesNoFile() throws IOException {
        // Given
        var fullDisk = Path.of("/dev/full");
        assumeTrue(Files.exists(fullDisk), "SKIPPED: there is no /dev/full here, full disks cannot be tested");
        var mixture = new GeneratedSource(new AudioFormat(44_100, 2), 500_000);
        var stems = folder.resolve("stems");

        // When
        // Then
        assertThatThrownBy(() -> {
                    try (var files = new StemFiles(stems, Encoding.WAV_16)) {
                        engine.separate("null", mixture, (stem, format) -> {
                            var sink = files.open(stem, format);
                            return stem.equals("drums") ? AudioFiles.create(fullDisk, format, Encoding.WAV_16) : sink;
                        });
                        files.publish();
                    }
                })
                .hasMessageContaining("No space left on device");
        assertThat(names(stems)).isEmpty();
    }

    @Test
    void stemsAppearOnlyWhenAllAreWholeAndReplaceOlderOnes() throws IOException {
        // Given
        Files.writeString(folder.resolve("vocals.wav"), "older");
        var mixture = new GeneratedSource(new AudioFormat(44_100, 1), 5_000);

        // When
        List<Path> published;
        try (var files = new StemFiles(folder, Encoding.WAV_16)) {
            engine.separate("null", mixture, files);
            assertThat(folder.resolve("vocals.wav")).hasContent("older");
            assertThat(folder.resolve("drums.wav")).doesNotExist();
            published = files.publish();
        }

        // Then
        assertThat(published)
                .extracting(path -> path.getFileName().toString())
                .containsExactly("vocals.wav", "drums.wav", "bass.wav", "other.wav");
        assertThat(names(folder)).containsExactly("bass.wav", "drums.wav", "other.wav", "vocals.wav");
        assertThat(AudioFiles.probe(folder.resolve("vocals.wav")).lengthFrames())
                .isEqualTo(5_000);
    }

    private static List<String> names(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
