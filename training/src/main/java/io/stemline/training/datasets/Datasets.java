package io.stemline.training.datasets;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The door to data sets. */
public final class Datasets {
    private static final String SONGS = "songs";

    private Datasets() {}

    /**
     * Opens a data set and looks through it. The location says which kind it is:
     *
     * <ul>
     *   <li>a folder with {@code train}, {@code test} and perhaps {@code valid} or {@code val}, which hold a folder for each
     *       track (MUSDB18-HQ, Auralflow) or {@code .stem.mp4} files (MUSDB18);
     *   <li>a table {@code .csv} with a column {@code mix_path} and one for each stem (Spleeter);
     *   <li>the word {@code songs}: generated ones.
     * </ul>
     *
     * @throws DatasetException if it is none of these, or no track is left that can be used
     */
    public static Dataset open(String location, DatasetSettings settings) {
        if (location.equals(SONGS)) {
            DatasetSettings.Songs songs = settings.songs();
            return new GeneratedSongs(
                    songs.generator(), songs.length(), songs.seeds(), settings.format(), settings.stems());
        }
        return StoredDataset.open(list(Path.of(location), settings), settings);
    }

    /**
     * Opens tracks that are listed one by one. None of them is moved to another split.
     *
     * @throws DatasetException if no track is left that can be used
     */
    public static Dataset open(TrackList tracks, DatasetSettings settings) {
        return StoredDataset.open(Listing.of(tracks), settings.withValidationShare(0));
    }

    private static Listing list(Path location, DatasetSettings settings) {
        if (Files.isDirectory(location) && FolderListing.recognises(location)) {
            List<String> wanted = settings.stems().stream()
                    .flatMap(choice -> choice.parts().stream())
                    .filter(part -> !part.equals(StemChoice.REST))
                    .toList();
            return FolderListing.of(location, wanted);
        }
        if (TableListing.recognises(location)) {
            Path root = settings.audioRoot()
                    .orElse(location.toAbsolutePath().normalize().getParent());
            return TableListing.of(location, root);
        }
        String there = Files.isDirectory(location)
                ? "a folder without train or test in it"
                : Files.exists(location) ? "a file of another kind" : "not there";
        throw new DatasetException(location + " is " + there
                + ". A data set is a folder with train, test and perhaps valid in it, which hold a folder for each track"
                + " (MUSDB18-HQ, Auralflow) or .stem.mp4 files (MUSDB18); a table .csv with a column mix_path (Spleeter);"
                + " or the word songs");
    }
}
