package io.stemline.reports.museval;

import io.stemline.reports.museval.MusevalJson.Target;
import io.stemline.reports.scores.ScoreTable;
import io.stemline.reports.scores.Windows;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes scores as museval does, {@code <method>/test/<track>.json}, which its {@code MethodStore} reads: windows of SDR, SIR,
 * SAR and ISR ({@link MusevalJson}). The format has no place for figures of whole tracks.
 */
public final class MusevalWriter {
    private final ScoreTable table;

    public MusevalWriter(ScoreTable table) {
        this.table = table;
    }

    /**
     * Writes everything into a folder.
     *
     * @return how many files were written
     * @throws IOException if a file cannot be written
     */
    public int write(Path folder) throws IOException {
        return forEachTrack((name, targets) -> {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            Path unfinished = file.resolveSibling("." + file.getFileName() + ".part");
            try (OutputStream stream = new BufferedOutputStream(Files.newOutputStream(unfinished))) {
                MusevalJson.write(targets, stream);
            }
            Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
        });
    }

    /**
     * Writes the same folder as one ZIP archive to a stream, which stays open.
     *
     * @return how many files are in it
     * @throws IOException if it cannot be written
     */
    public int writeArchive(OutputStream stream) throws IOException {
        var archive = new ZipOutputStream(stream);
        int files = forEachTrack((name, targets) -> {
            archive.putNextEntry(new ZipEntry(name));
            MusevalJson.write(targets, archive);
            archive.closeEntry();
        });
        archive.finish();
        return files;
    }

    @FunctionalInterface
    private interface TrackFile {
        void write(String name, List<Target> targets) throws IOException;
    }

    /** Whether there are windows that the format has a place for. */
    public boolean hasWindows() {
        return IntStream.range(0, table.methods().size())
                .anyMatch(method -> IntStream.range(0, table.tracks().size())
                        .anyMatch(track -> !targets(method, track).isEmpty()));
    }

    private int forEachTrack(TrackFile file) throws IOException {
        int files = 0;
        for (int method = 0; method < table.methods().size(); method++) {
            String folder = fileName(table.methods().get(method).id()) + "/test/";
            var names = new HashSet<String>();
            for (int track = 0; track < table.tracks().size(); track++) {
                List<Target> targets = targets(method, track);
                if (!targets.isEmpty()) {
                    String name = unused(fileName(table.tracks().get(track).name()), names);
                    file.write(folder + name + ".json", targets);
                    files++;
                }
            }
        }
        return files;
    }

    /** Two recordings may have the same title. */
    private static String unused(String name, Set<String> names) {
        String unused = name;
        for (int n = 2; !names.add(unused); n++) {
            unused = "%s (%d)".formatted(name, n);
        }
        return unused;
    }

    private static String fileName(String name) {
        String safe = name.replaceAll("[/\\\\\\x00-\\x1f]", "-");
        return safe.startsWith(".") ? "_" + safe : safe;
    }

    private List<Target> targets(int method, int track) {
        return IntStream.range(0, table.stems().size())
                .mapToObj(stem -> target(method, track, stem))
                .filter(target -> target.windowCount() > 0)
                .toList();
    }

    private Target target(int method, int track, int stem) {
        Map<String, double[]> figures = new HashMap<>();
        Windows windows = Windows.WHOLE_TRACK;
        for (String name : MusevalJson.METRICS) {
            int metric = table.metrics().indexOf(name);
            Windows ofMetric = metric < 0 ? Windows.WHOLE_TRACK : table.windows(method, track, stem, metric);
            if (!ofMetric.isWholeTrack()) {
                windows = ofMetric;
                figures.put(name, table.figures(method, track, stem, metric));
            }
        }
        return new Target(table.stems().get(stem), windows, figures);
    }
}
