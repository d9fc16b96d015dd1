package io.stemline.ingest.datasets;

import io.stemline.ingest.batches.FolderScan;
import io.stemline.ingest.batches.Submission.Entry;
import io.stemline.ingest.files.SubmittedFile;
import io.stemline.ingest.problems.ProblemException;
import io.stemline.registry.Split;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the tracks with true stems at a path: a folder with MUSDB's layout or {@code .stem.mp4} files at any depth, in which the
 * folders {@code train}, {@code valid} and {@code test} name splits; one {@code .stem.mp4}; or a table ({@link DatasetTable}).
 * Audio without true stems becomes an entry with its refusal.
 */
final class DatasetScan {
    private static final Map<String, Split> SPLIT_FOLDERS = Map.of(
            "train", Split.TRAIN,
            "valid", Split.VALIDATION,
            "val", Split.VALIDATION,
            "validation", Split.VALIDATION,
            "test", Split.TEST);

    private DatasetScan() {}

    static List<Entry> entriesAt(Path path, Optional<Path> audioRoot) {
        if (Files.isDirectory(path)) {
            return entriesBelow(path);
        }
        if (!Files.isRegularFile(path)) {
            throw ProblemException.unusable("nothing-to-learn", "%s: there is no such file or folder".formatted(path));
        }
        if (path.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".csv")) {
            return DatasetTable.entries(path, audioRoot.orElse(path.getParent()));
        }
        return List.of(withStems(FolderScan.track(path)));
    }

    private static List<Entry> entriesBelow(Path folder) {
        try {
            return FolderScan.tracksBelow(folder).stream()
                    .map(DatasetScan::withStems)
                    .map(entry ->
                            split(folder, Path.of(entry.path())).map(entry::in).orElse(entry))
                    .toList();
        } catch (IOException e) {
            throw ProblemException.unusable(
                    "nothing-to-learn", "%s: the folder cannot be read (%s)".formatted(folder, e.getMessage()));
        }
    }

    private static Entry withStems(Entry entry) {
        boolean stems = !entry.references().isEmpty() || new SubmittedFile(Path.of(entry.path())).isStemFile();
        if (stems || entry.refusal().isPresent()) {
            return entry;
        }
        return Entry.refused(
                entry.path(),
                entry.name(),
                "%s: there are no true stems beside it; a data set needs a folder with mixture.wav, vocals.wav and so on, or a .stem.mp4"
                        .formatted(entry.name()));
    }

    /** The folder nearest to the track that names a split; the last is the data set's own. */
    private static Optional<Split> split(Path root, Path track) {
        for (Path folder = track.getParent(); folder != null && folder.startsWith(root); folder = folder.getParent()) {
            Path name = folder.getFileName();
            Split split =
                    name == null ? null : SPLIT_FOLDERS.get(name.toString().toLowerCase(Locale.ROOT));
            if (split != null) {
                return Optional.of(split);
            }
        }
        return Optional.empty();
    }
}
