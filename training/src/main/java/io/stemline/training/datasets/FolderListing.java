package io.stemline.training.datasets;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Folders {@code train}, {@code test} and perhaps {@code valid} or {@code val}. In them either a folder for each track, with
 * a file for each stem and one called mixture (MUSDB18-HQ, Auralflow), or files {@code .stem.mp4} with five audio streams
 * (MUSDB18).
 */
final class FolderListing {
    private static final Map<String, Split> FOLDERS = Map.of(
            "train", Split.TRAIN,
            "valid", Split.VALIDATION,
            "val", Split.VALIDATION,
            "validation", Split.VALIDATION,
            "test", Split.TEST);

    private static final List<String> STANDARD_LABELS = List.of("vocals", "drums", "bass", "other");
    /** What the streams of a .stem.mp4 after the mixture are. */
    private static final List<String> STREAMS = List.of("drums", "bass", "other", "vocals");

    private static final String STEM_FILE = ".stem.mp4";
    /** Kinds of audio files, the preferred first. */
    private static final List<String> EXTENSIONS =
            List.of("wav", "flac", "aiff", "aif", "m4a", "mp4", "ogg", "opus", "mp3");

    private FolderListing() {}

    static boolean recognises(Path folder) {
        return FOLDERS.keySet().stream().anyMatch(name -> Files.isDirectory(folder.resolve(name)));
    }

    /** @param wanted labels that may be in the folders beside the standard ones */
    static Listing of(Path folder, List<String> wanted) {
        List<String> labels = Stream.concat(STANDARD_LABELS.stream(), wanted.stream())
                .distinct()
                .toList();
        List<Candidate> candidates = new ArrayList<>();
        for (Path splitFolder : entries(folder)) {
            Split split = FOLDERS.get(splitFolder.getFileName().toString());
            if (split != null && Files.isDirectory(splitFolder)) {
                for (Path entry : entries(splitFolder)) {
                    candidate(split, entry, labels).ifPresent(candidates::add);
                }
            }
        }
        return new Listing(folder.toAbsolutePath().normalize().getFileName().toString(), labels, candidates);
    }

    private static List<Path> entries(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(entry -> !entry.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new DatasetException(folder + ": the folder cannot be listed (" + e.getMessage() + ")", e);
        }
    }

    private static Optional<Candidate> candidate(Split split, Path entry, List<String> labels) {
        String name = entry.getFileName().toString();
        if (Files.isDirectory(entry)) {
            return Optional.of(ofFolder(split, name, entry, labels));
        }
        if (name.toLowerCase(Locale.ROOT).endsWith(STEM_FILE)) {
            return Optional.of(ofStemFile(split, name.substring(0, name.length() - STEM_FILE.length()), entry));
        }
        return Optional.empty();
    }

    private static Candidate ofFolder(Split split, String name, Path folder, List<String> labels) {
        Map<String, SourceStem> stems = new HashMap<>();
        List<Path> files = entries(folder);
        for (String label : labels) {
            file(files, label).ifPresent(file -> stems.put(label, SourceStem.of(file)));
        }
        return new Candidate(
                split, name, stems, file(files, LabelledTrack.MIXTURE).map(SourceStem::of));
    }

    private static Optional<Path> file(List<Path> files, String label) {
        return EXTENSIONS.stream()
                .map(extension -> label + "." + extension)
                .flatMap(wanted -> files.stream()
                        .filter(file -> file.getFileName().toString().equalsIgnoreCase(wanted)))
                .findFirst();
    }

    private static Candidate ofStemFile(Split split, String name, Path file) {
        Map<String, SourceStem> stems = new HashMap<>();
        for (int stream = 0; stream < STREAMS.size(); stream++) {
            stems.put(STREAMS.get(stream), new SourceStem(file, stream + 1));
        }
        return new Candidate(split, name, stems, Optional.of(SourceStem.of(file)));
    }
}
