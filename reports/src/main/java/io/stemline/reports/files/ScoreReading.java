package io.stemline.reports.files;

import io.stemline.reports.Remark;
import io.stemline.reports.Report;
import io.stemline.reports.ReportException;
import io.stemline.reports.SeparatedTrack;
import io.stemline.reports.museval.MusevalFolders;
import io.stemline.reports.scores.Method;
import io.stemline.reports.scores.ScoreTable;
import io.stemline.reports.scores.ScoreTableBuilder;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Gathers scores of several places into one report:
 *
 * <ul>
 *   <li>folders of museval's JSON, of one method or of many;
 *   <li>folders of {@code stemline evaluate}, which are such, with more metrics in {@code scores.csv};
 *   <li>folders of {@code stemline test}, which have an {@code evaluation.csv};
 *   <li>reports in JSON.
 * </ul>
 */
public final class ScoreReading {
    private static final String SCORES = "scores.csv";
    private static final String EVALUATION = "evaluation.csv";
    private static final Set<String> WINDOWED = Set.of("SDR", "SIR", "SAR", "ISR");

    private final ScoreTableBuilder table = new ScoreTableBuilder();
    private final MusevalFolders museval = new MusevalFolders(table);
    private final ScoreCsv csv = new ScoreCsv(table);
    private final List<SeparatedTrack> separated = new ArrayList<>();
    private final List<Report.Failure> failures = new ArrayList<>();
    private final List<Remark> remarks = new ArrayList<>();

    /**
     * Adds a folder or file.
     *
     * @throws ReportException if there are no scores there
     */
    public ScoreReading add(Path source) {
        if (Files.notExists(source)) {
            throw new ReportException(source + ": there is no such file or folder");
        }
        try {
            if (Files.isRegularFile(source)) {
                try (InputStream stream = new BufferedInputStream(Files.newInputStream(source))) {
                    add(ReportJson.read(stream, source.toString()));
                }
            } else if (Files.isRegularFile(source.resolve(EVALUATION))) {
                Method method = Method.of(source.toRealPath().getFileName().toString());
                csv.readEvaluation(source.resolve(EVALUATION), method);
            } else {
                addMuseval(source);
            }
        } catch (IOException e) {
            throw new ReportException("%s: it cannot be read (%s)".formatted(source, e.getMessage()), e);
        }
        return this;
    }

    private void addMuseval(Path source) throws IOException {
        for (Map.Entry<Method, Path> read : museval.read(source).entrySet()) {
            Path scores = read.getValue().resolve(SCORES);
            if (Files.isRegularFile(scores)) {
                csv.readScores(scores, read.getKey(), metric -> !WINDOWED.contains(metric));
            }
        }
    }

    /** Adds what another report holds. */
    public ScoreReading add(Report report) {
        ScoreTable scores = report.scores();
        scores.methods().forEach(table::add);
        scores.forEachSeries((method, track, stem, metric, windows, figures) -> table.add(
                scores.methods().get(method),
                scores.tracks().get(track),
                scores.stems().get(stem),
                scores.metrics().get(metric),
                windows,
                figures));
        separated.addAll(report.separated());
        failures.addAll(report.failures());
        remarks.addAll(report.remarks());
        return this;
    }

    /** How many of museval's files were read to the end and used. */
    public int files() {
        return museval.files();
    }

    /**
     * All that was gathered.
     *
     * @throws ReportException if two places have scores of the same method and track
     */
    public Report report(String title, Instant madeAt) {
        var all = new ArrayList<>(remarks);
        all.addAll(museval.remarks());
        all.addAll(csv.remarks());
        try {
            return new Report(title, madeAt, table.build(), separated, failures, all);
        } catch (IllegalArgumentException e) {
            throw new ReportException(e.getMessage() + "; leave out one of the places that hold it", e);
        }
    }
}
