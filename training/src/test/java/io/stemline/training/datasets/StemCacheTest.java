package io.stemline.training.datasets;

import static io.stemline.training.datasets.Recordings.RATE_HZ;
import static io.stemline.training.datasets.Recordings.sine;
import static io.stemline.training.datasets.Recordings.track;
import static io.stemline.training.datasets.Recordings.write;
import static org.assertj.core.api.Assertions.assertThat;

import io.stemline.audio.AudioFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StemCacheTest {
    private static final int FRAMES = 20_000;
    /** Of one decoded stem at 32 kHz. */
    private static final long STEM_BYTES = Math.round(FRAMES * 32.0 / 44.1) * 8;

    private static final DatasetSettings SETTINGS =
            DatasetSettings.standard().withValidationShare(0).withFormat(new AudioFormat(32_000, 2));

    @TempDir
    private Path folder;

    private Path songs;
    private Path cacheFolder;

    @BeforeEach
    void oneTrack() {
        songs = folder.resolve("songs");
        cacheFolder = folder.resolve("cache");
        track(songs.resolve("train/one"), FRAMES);
    }

    @Test
    void cachedStretchesAreTheDecodedOnes() {
        // Given
        LabelledTrack decoded = open(SETTINGS);
        LabelledTrack cached = open(SETTINGS.withCache(new StemCache(cacheFolder, 1 << 30)));
        LabelledTrack cachedBefore = open(SETTINGS.withCache(new StemCache(cacheFolder, 1 << 30)));

        // When
        for (String stem : Recordings.STEMS) {
            float[][] expected = decoded.read(stem, 3000, 9000);

            // Then
            assertThat(cached.read(stem, 3000, 9000)).isEqualTo(expected);
            assertThat(cached.read(stem, 3000, 9000)).isEqualTo(expected);
            assertThat(cachedBefore.read(stem, 3000, 9000)).isEqualTo(expected);
        }
        assertThat(cached.read("bass", 14_000, 2000)).isEqualTo(decoded.read("bass", 14_000, 2000));
    }

    @Test
    void whatWasNotReadForTheLongestTimeGoes() throws IOException {
        // Given: room for two stems
        StemCache cache = new StemCache(cacheFolder, 2 * STEM_BYTES + 100);
        LabelledTrack track = open(SETTINGS.withCache(cache));
        track.read("vocals", 0, 10);
        Path vocals = files().getFirst();
        track.read("drums", 0, 10);
        track.read("vocals", 0, 10);

        // When
        track.read("bass", 0, 10);

        // Then
        assertThat(files()).hasSize(2).contains(vocals);
        assertThat(cache.sizeBytes()).isEqualTo(2 * STEM_BYTES);
    }

    @Test
    void aSmallerLimitHoldsForFilesOfBefore() throws IOException {
        // Given
        LabelledTrack track = open(SETTINGS.withCache(new StemCache(cacheFolder, 1 << 30)));
        for (String stem : Recordings.STEMS) {
            track.read(stem, 0, 10);
        }

        // When
        StemCache smaller = new StemCache(cacheFolder, STEM_BYTES);

        // Then
        assertThat(files()).hasSize(1);
        assertThat(smaller.sizeBytes()).isEqualTo(STEM_BYTES);
    }

    @Test
    void aStemLargerThanTheLimitIsDecodedEachTime() throws IOException {
        // Given
        LabelledTrack track = open(SETTINGS.withCache(new StemCache(cacheFolder, 1000)));

        // When
        float[][] samples = track.read("vocals", 100, 100);

        // Then
        assertThat(samples).isEqualTo(open(SETTINGS).read("vocals", 100, 100));
        assertThat(files()).isEmpty();
    }

    @Test
    void aChangedFileIsDecodedAnew() throws IOException {
        // Given
        StemCache cache = new StemCache(cacheFolder, 1 << 30);
        Path file = songs.resolve("train/one/vocals.wav");
        float[][] before = open(SETTINGS.withCache(cache)).read("vocals", 0, 1000);

        // When
        FileTime time = Files.getLastModifiedTime(file);
        write(file, RATE_HZ, sine(777, FRAMES));
        Files.setLastModifiedTime(file, FileTime.fromMillis(time.toMillis() + 5000));
        float[][] after = open(SETTINGS.withCache(cache)).read("vocals", 0, 1000);

        // Then
        assertThat(after).isNotEqualTo(before).isEqualTo(open(SETTINGS).read("vocals", 0, 1000));
    }

    @Test
    void aFolderThatTakesNoFilesIsNotTheEnd() throws IOException {
        // Given
        LabelledTrack track = open(SETTINGS.withCache(new StemCache(cacheFolder, 1 << 30)));
        Files.delete(cacheFolder);

        // When
        float[][] samples = track.read("vocals", 100, 100);

        // Then
        assertThat(samples).isEqualTo(open(SETTINGS).read("vocals", 100, 100));
        assertThat(track.read("bass", 100, 100)).isEqualTo(open(SETTINGS).read("bass", 100, 100));
    }

    @Test
    void aFileThatSomebodyTookAwayIsDecodedAnew() throws IOException {
        // Given
        LabelledTrack track = open(SETTINGS.withCache(new StemCache(cacheFolder, 1 << 30)));
        float[][] before = track.read("vocals", 100, 100);
        Files.delete(files().getFirst());

        // When
        float[][] after = track.read("vocals", 100, 100);

        // Then
        assertThat(after).isEqualTo(before);
        assertThat(files()).hasSize(1);
    }

    private LabelledTrack open(DatasetSettings settings) {
        return Datasets.open(songs.toString(), settings).tracks(Split.TRAIN).getFirst();
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(cacheFolder)) {
            return files.toList();
        }
    }
}
