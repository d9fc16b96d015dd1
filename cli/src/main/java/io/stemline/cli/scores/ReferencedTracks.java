package io.stemline.cli.scores;

import io.stemline.audio.ReadOptions;
import io.stemline.evaluation.StemFile;
import io.stemline.evaluation.TrackScorer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Finds which references and estimates belong together. References are
 *
 * <ul>
 *   <li>a folder of {@code <stem>.<extension>}, or one {@code .stem.mp4}: one track, whose estimates lie in the other folder;
 *   <li>a collection of such folders and files, in subsets or not, as MUSDB is: many tracks, whose estimates lie in
 *       {@code [<subset>/]<track>/<stem>.<extension>}.
 * </ul>
 *
 * @param tracks in the order of their names
 * @param collection whether it is a collection or a {@code .stem.mp4}, which museval reads in 16 bit
 * @param withoutEstimates titles of tracks that have references only
 */
public record ReferencedTracks(List<ReferencedTrack> tracks, boolean collection, List<String> withoutEstimates) {

    private static final String STEM_FILE_END = ".stem.mp4";

    /** The streams of a MUSDB stem file. */
    private static final List<String> STREAMS = List.of(TrackScorer.MIXTURE, "drums", "bass", "other", "vocals");

    private static final Set<String> EXTENSIONS = Set.of(
            "wav", "w64", "rf64", "flac", "mp3", "m4a", "mp4", "aac", "ogg", "oga", "opus", "aif", "aiff", "aifc",
            "caf", "wma", "wv", "ape", "au");

    public ReferencedTracks {
        tracks = List.copyOf(tracks);
        withoutEstimates = List.copyOf(withoutEstimates);
    }

    /** @throws ScoresException if there is nothing to score */
    public static ReferencedTracks find(Path references, Path estimates) {
        requirePresent(references);
        requirePresent(estimates);
        if (!Files.isDirectory(estimates)) {
            throw new ScoresException(estimates + ": it must be a folder of estimated stems");
        }
        try {
            return new Search(references, Optional.of(estimates)).run();
        } catch (IOException e) {
            throw new ScoresException("%s: it cannot be read (%s)".formatted(references, e.getMessage()), e);
        }
    }

    /**
     * Finds references alone; the tracks have no estimates.
     *
     * @throws ScoresException if there are none
     */
    public static ReferencedTracks of(Path references) {
        requirePresent(references);
        try {
            return new Search(references, Optional.empty()).run();
        } catch (IOException e) {
            throw new ScoresException("%s: it cannot be read (%s)".formatted(references, e.getMessage()), e);
        }
    }

    private static void requirePresent(Path path) {
        if (Files.notExists(path)) {
            throw new ScoresException(path + ": there is no such file or folder");
        }
    }

    private static final class Search {
        private final Path references;
        private final Optional<Path> estimates;
        private final List<ReferencedTrack> tracks = new ArrayList<>();
        private final List<String> withoutEstimates = new ArrayList<>();
        private int found;

        Search(Path references, Optional<Path> estimates) {
            this.references = references;
            this.estimates = estimates;
        }

        ReferencedTracks run() throws IOException {
            boolean collection = true;
            if (isStemFile(references)) {
                addSingle(nameOfStemFile(references), streamsOf(references));
            } else if (!Files.isDirectory(references)) {
                throw new ScoresException(
                        "%s: references are a folder of stems or a %s file".formatted(references, STEM_FILE_END));
            } else if (!stemsIn(references).isEmpty()) {
                collection = false;
                addSingle(references.getFileName().toString(), stemsIn(references));
            } else {
                addTracksOf("", references);
                addSubsets();
            }
            requireSome();
            return new ReferencedTracks(tracks, collection, withoutEstimates);
        }

        private void addSingle(String name, List<StemFile> stems) throws IOException {
            found++;
            add(new ReferencedTrack("", name, stems, estimatesIn(Path.of(""), Path.of(name))));
        }

        /** Tracks that lie right in a folder. */
        private void addTracksOf(String subset, Path folder) throws IOException {
            for (Path child : children(folder, path -> true)) {
                if (isStemFile(child)) {
                    addTrack(subset, nameOfStemFile(child), streamsOf(child));
                } else if (Files.isDirectory(child)) {
                    List<StemFile> stems = stemsIn(child);
                    if (!stems.isEmpty()) {
                        addTrack(subset, child.getFileName().toString(), stems);
                    }
                }
            }
        }

        private void addSubsets() throws IOException {
            for (Path child : children(references, Files::isDirectory)) {
                if (stemsIn(child).isEmpty()) {
                    addTracksOf(child.getFileName().toString(), child);
                }
            }
        }

        private void addTrack(String subset, String name, List<StemFile> stems) throws IOException {
            found++;
            add(new ReferencedTrack(
                    subset, name, stems, estimatesIn(Path.of(subset).resolve(name), Path.of(name))));
        }

        /** What lies in the first of two folders below that of the estimates, or, if that is nothing, in the second. */
        private List<StemFile> estimatesIn(Path first, Path second) throws IOException {
            if (estimates.isEmpty()) {
                return List.of();
            }
            Path folder = estimates.get();
            List<StemFile> stems = stemsIn(folder.resolve(first));
            return stems.isEmpty() ? stemsIn(folder.resolve(second)) : stems;
        }

        private void add(ReferencedTrack track) {
            if (estimates.isPresent() && track.estimates().isEmpty()) {
                withoutEstimates.add(track.title());
            } else {
                tracks.add(track);
            }
        }

        private void requireSome() {
            if (found == 0) {
                throw new ScoresException(references + ": there is no audio in it");
            }
            if (tracks.isEmpty()) {
                throw new ScoresException("%s: there are no estimates of %s in it"
                                .formatted(estimates.orElseThrow(), withoutEstimates.getFirst())
                        + (found == 1 ? "" : ", nor of the %d other tracks".formatted(found - 1)));
            }
        }

        private static List<StemFile> streamsOf(Path file) {
            var stems = new ArrayList<StemFile>();
            for (int stream = 0; stream < STREAMS.size(); stream++) {
                stems.add(new StemFile(
                        STREAMS.get(stream), file, ReadOptions.asIs().ofStream(stream)));
            }
            return stems;
        }

        private static List<StemFile> stemsIn(Path folder) throws IOException {
            if (!Files.isDirectory(folder)) {
                return List.of();
            }
            return children(folder, Search::isStem).stream()
                    .map(file -> new StemFile(baseName(file), file))
                    .sorted(Comparator.comparing(StemFile::stem, StemOrder.MUSDB))
                    .toList();
        }

        private static boolean isStem(Path file) {
            return Files.isRegularFile(file)
                    && !isStemFile(file)
                    && extension(file).filter(EXTENSIONS::contains).isPresent();
        }

        private static boolean isStemFile(Path file) {
            return lowerName(file).endsWith(STEM_FILE_END) && Files.isRegularFile(file);
        }

        private static String nameOfStemFile(Path file) {
            String name = file.getFileName().toString();
            return name.substring(0, name.length() - STEM_FILE_END.length());
        }

        private static Optional<String> extension(Path file) {
            String name = lowerName(file);
            int dot = name.lastIndexOf('.');
            return dot > 0 ? Optional.of(name.substring(dot + 1)) : Optional.empty();
        }

        private static String baseName(Path file) {
            String name = file.getFileName().toString();
            return name.substring(0, name.lastIndexOf('.'));
        }

        private static String lowerName(Path file) {
            return file.getFileName().toString().toLowerCase(Locale.ROOT);
        }

        /** What lies in a folder, sorted by name, without hidden files. */
        private static List<Path> children(Path folder, Predicate<Path> kept) throws IOException {
            try (var paths = Files.list(folder)) {
                return paths.filter(path -> !path.getFileName().toString().startsWith("."))
                        .filter(kept)
                        .sorted(Comparator.comparing(path -> path.getFileName().toString()))
                        .toList();
            }
        }
    }
}
