package io.stemline.reports.museval;

import io.stemline.reports.Remark;
import io.stemline.reports.Remark.Kind;
import io.stemline.reports.ReportException;
import io.stemline.reports.museval.MusevalFile.UnusableException;
import io.stemline.reports.scores.Method;
import io.stemline.reports.scores.ScoreTableBuilder;
import io.stemline.reports.scores.ScoredTrack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Reads folders of museval's files into a table:
 *
 * <ol>
 *   <li>a folder with JSON files right in it, or with a folder {@code test} or {@code train}, is a method; else every folder in it
 *       is one. There is none: refused;
 *   <li>every JSON file below a method's folder is read, several at a time. One that is cut off, or is not museval's, is passed
 *       over whole and remarked on; the others go on;
 *   <li>metrics that are missing, and windows that are not alike, are remarked on; what is there counts.
 * </ol>
 */
public final class MusevalFolders {
    private static final List<String> METRICS = List.of("SDR", "SIR", "SAR", "ISR");
    private static final Set<String> SUBSETS = Set.of("test", "train");
    private static final Set<String> OTHER_FILES = Set.of("settings.json", "scores.json");
    private static final String EXTENSION = ".json";

    private final ScoreTableBuilder table;
    private final List<Remark> remarks = new ArrayList<>();
    private final Map<String, Integer> windowsOfTracks = new HashMap<>();
    private final Set<String> methodIds = new TreeSet<>();
    private final Set<Path> foldersRead = new HashSet<>();
    private int files;

    public MusevalFolders(ScoreTableBuilder table) {
        this.table = table;
    }

    /** What was noticed, in the order of the files. */
    public List<Remark> remarks() {
        return List.copyOf(remarks);
    }

    /** How many files were read to the end and used. */
    public int files() {
        return files;
    }

    /**
     * Reads a folder of one method, or of several.
     *
     * @return the methods that were read, and their folders
     * @throws ReportException if there is no such folder, or no JSON in it
     */
    public Map<Method, Path> read(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new ReportException(folder + ": there is no such folder");
        }
        try {
            List<Path> methods = isMethod(folder) ? List.of(folder) : folders(folder);
            int before = files + remarks.size();
            var read = new LinkedHashMap<Method, Path>();
            for (Path method : methods) {
                readMethod(method).ifPresent(name -> read.put(name, method));
            }
            if (files + remarks.size() == before) {
                throw new ReportException(
                        folder
                                + ": there are no scores in it; a folder of museval's has a folder for each method and in it a .json for each track");
            }
            return read;
        } catch (IOException | UncheckedIOException e) {
            throw new ReportException("%s: it cannot be read (%s)".formatted(folder, e.getMessage()), e);
        }
    }

    private static boolean isMethod(Path folder) throws IOException {
        try (Stream<Path> children = Files.list(folder)) {
            return children.anyMatch(child -> Files.isDirectory(child)
                    ? SUBSETS.contains(child.getFileName().toString())
                    : isJson(child));
        }
    }

    private static List<Path> folders(Path folder) throws IOException {
        try (Stream<Path> children = Files.list(folder)) {
            return children.filter(Files::isDirectory)
                    .filter(child -> !isHidden(child))
                    .sorted()
                    .toList();
        }
    }

    /** A file and what came of reading it: a track, a reason against it, or neither if it is of something else. */
    private record Outcome(Path file, Optional<MusevalTrack> track, String reason) {
        static Outcome of(Path file) {
            try {
                return new Outcome(file, MusevalFile.read(file), "");
            } catch (UnusableException e) {
                return new Outcome(file, Optional.empty(), e.getMessage());
            }
        }
    }

    private Optional<Method> readMethod(Path folder) throws IOException {
        if (!foldersRead.add(folder.toRealPath())) {
            throw new ReportException(folder + ": it was named twice");
        }
        List<Path> found;
        try (Stream<Path> below = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
            found = below.filter(MusevalFolders::isJson)
                    .filter(file -> Stream.iterate(file, path -> !path.equals(folder), Path::getParent)
                            .noneMatch(MusevalFolders::isHidden))
                    .sorted(Comparator.comparing(Path::toString))
                    .toList();
        }
        if (found.isEmpty()) {
            return Optional.empty();
        }
        var method = Method.of(unusedId(folder.toAbsolutePath().normalize()));
        var seen = new TreeSet<String>();
        found.parallelStream().map(Outcome::of).forEachOrdered(outcome -> {
            synchronized (this) {
                take(method, outcome, seen);
            }
        });
        return Optional.of(method);
    }

    /** The folder's name, and where folders of two places have the same, as much of the path as tells them apart. */
    private String unusedId(Path folder) {
        Path id = folder.getFileName();
        for (int names = 2; !methodIds.add(id.toString()) && names <= folder.getNameCount(); names++) {
            id = folder.subpath(folder.getNameCount() - names, folder.getNameCount());
        }
        return id.toString();
    }

    private void take(Method method, Outcome outcome, Set<String> seen) {
        String place = outcome.file().toString();
        if (!outcome.reason().isEmpty()) {
            remarks.add(Remark.of(Kind.UNREADABLE, place, outcome.reason()));
        } else if (outcome.track().isEmpty()) {
            if (!OTHER_FILES.contains(outcome.file().getFileName().toString())) {
                remarks.add(
                        Remark.of(Kind.NOT_SCORES, place, "there are no \"targets\" in it, as museval writes them"));
            }
        } else if (!seen.add(name(outcome.file()))) {
            remarks.add(Remark.of(Kind.TWICE, place, "another file of this method has the same name"));
        } else {
            files++;
            add(
                    method,
                    new ScoredTrack(name(outcome.file()), name(outcome.file())),
                    outcome.track().orElseThrow(),
                    place);
        }
    }

    private void add(Method method, ScoredTrack name, MusevalTrack track, String place) {
        table.add(method);
        track.twice.forEach(
                target -> remarks.add(Remark.of(Kind.TWICE, place, "'%s' is in it twice".formatted(target))));
        track.targets().forEach((stem, target) -> {
            Map<String, double[]> figures = target.figures();
            List<String> missing = METRICS.stream()
                    .filter(metric -> !figures.containsKey(metric))
                    .toList();
            if (!missing.isEmpty()) {
                remarks.add(Remark.of(
                        Kind.MISSING_METRIC,
                        place,
                        target.frames() == 0
                                ? "%s has no windows".formatted(stem)
                                : "%s has no %s".formatted(stem, String.join(", ", missing))));
            } else if (target.hasGaps()) {
                remarks.add(Remark.of(
                        Kind.MISSING_METRIC,
                        place,
                        "some windows of %s lack metrics that others have".formatted(stem)));
            }
            remarkOnLength(name.id(), target.frames(), "%s: %s".formatted(place, stem));
            figures.forEach((metric, ofMetric) -> table.add(method, name, stem, metric, target.windows(), ofMetric));
        });
    }

    private void remarkOnLength(String track, int frames, String place) {
        int expected = windowsOfTracks.computeIfAbsent(track, first -> frames);
        if (expected != frames) {
            remarks.add(Remark.of(
                    Kind.UNEQUAL_WINDOWS,
                    place,
                    "%d windows, where the first that was read of this track has %d".formatted(frames, expected)));
        }
    }

    private static String name(Path file) {
        String name = file.getFileName().toString();
        return name.substring(0, name.length() - EXTENSION.length());
    }

    private static boolean isJson(Path file) {
        return file.getFileName().toString().endsWith(EXTENSION) && Files.isRegularFile(file);
    }

    private static boolean isHidden(Path path) {
        return path.getFileName().toString().startsWith(".");
    }
}
