package io.stemline.training.datasets;

import io.stemline.audio.AudioFormat;
import io.stemline.training.songs.SongGenerator;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How a data set is opened. Start from {@link #standard()} and say what should be different.
 *
 * @param format what everything is converted to, mono or stereo
 * @param stems the stems that are wanted, in the order they get in batches
 * @param validationShare share of the training tracks that validate, where the data set has no split for it; the number that
 *     a track's name stands for decides, see {@link Draws#number}
 * @param audioRoot the folder that a table's paths start from; the table's own folder if it is not given
 * @param index a file that remembers what was found in audio files between scans, if wanted
 * @param cache decoded stems, if wanted
 * @param songs how generated songs are made
 */
public record DatasetSettings(
        AudioFormat format,
        List<StemChoice> stems,
        double validationShare,
        Optional<Path> audioRoot,
        Optional<Path> index,
        Optional<StemCache> cache,
        Songs songs) {

    /**
     * How generated songs are made.
     *
     * @param length of every song
     */
    public record Songs(SongGenerator generator, Duration length, GeneratedSongs.Seeds seeds) {}

    public DatasetSettings {
        stems = List.copyOf(stems);
        if (format.channels() > 2) {
            throw new IllegalArgumentException(
                    "Data sets are read in mono or stereo, not with " + format.channels() + " channels");
        }
        if (!(validationShare >= 0 && validationShare < 1)) {
            throw new IllegalArgumentException(
                    "The validation share is at least 0 and below 1, not " + validationShare);
        }
    }

    /** Vocals, drums, bass and other in stereo at 44.1 kHz, an eighth to validate; songs of twelve seconds. */
    public static DatasetSettings standard() {
        return new DatasetSettings(
                new AudioFormat(SongGenerator.SAMPLE_RATE_HZ, 2),
                StemChoice.standard(),
                0.125,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                new Songs(new SongGenerator(), Duration.ofSeconds(12), GeneratedSongs.Seeds.standard()));
    }

    public DatasetSettings withFormat(AudioFormat other) {
        return new DatasetSettings(other, stems, validationShare, audioRoot, index, cache, songs);
    }

    public DatasetSettings withStems(List<StemChoice> others) {
        return new DatasetSettings(format, others, validationShare, audioRoot, index, cache, songs);
    }

    public DatasetSettings withValidationShare(double other) {
        return new DatasetSettings(format, stems, other, audioRoot, index, cache, songs);
    }

    public DatasetSettings withAudioRoot(Path folder) {
        return new DatasetSettings(format, stems, validationShare, Optional.of(folder), index, cache, songs);
    }

    public DatasetSettings withIndex(Path file) {
        return new DatasetSettings(format, stems, validationShare, audioRoot, Optional.of(file), cache, songs);
    }

    public DatasetSettings withCache(StemCache other) {
        return new DatasetSettings(format, stems, validationShare, audioRoot, index, Optional.of(other), songs);
    }

    public DatasetSettings withSongs(Songs others) {
        return new DatasetSettings(format, stems, validationShare, audioRoot, index, cache, others);
    }
}
