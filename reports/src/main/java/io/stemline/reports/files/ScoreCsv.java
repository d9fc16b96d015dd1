package io.stemline.reports.files;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import io.stemline.reports.Remark;
import io.stemline.reports.Remark.Kind;
import io.stemline.reports.scores.Method;
import io.stemline.reports.scores.ScoreTableBuilder;
import io.stemline.reports.scores.ScoredTrack;
import io.stemline.reports.scores.Windows;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Reads figures of whole tracks from CSV:
 *
 * <ul>
 *   <li>{@code scores.csv} of {@code stemline evaluate}: {@code subset,track,stem,metric,value};
 *   <li>{@code evaluation.csv} of {@code stemline test}: {@code track,target} and a column for each metric.
 * </ul>
 *
 * A line that cannot be read is passed over and remarked on.
 */
public final class ScoreCsv {
    /** What stands for the track in the last lines of {@code evaluation.csv}, which say nothing new. */
    private static final String MEDIAN = "(median)";

    private static final CsvMapper CSV = new CsvMapper();

    private final ScoreTableBuilder table;
    private final List<Remark> remarks = new ArrayList<>();

    public ScoreCsv(ScoreTableBuilder table) {
        this.table = table;
    }

    /** What was noticed. */
    public List<Remark> remarks() {
        return List.copyOf(remarks);
    }

    /**
     * Reads a file of {@code stemline evaluate} as the figures of a method.
     *
     * @param wanted the metrics to read; others may be at hand window by window
     */
    public void readScores(Path file, Method method, Predicate<String> wanted) throws IOException {
        for (List<String> cells : lines(file, 5)) {
            if (wanted.test(cells.get(3))) {
                add(file, method, cells.get(1), cells.get(2), cells.get(3), cells.get(4));
            }
        }
    }

    /** Reads a file of {@code stemline test} as the figures of a method. */
    public void readEvaluation(Path file, Method method) throws IOException {
        List<String> head = all(file).stream().findFirst().orElse(List.of());
        for (List<String> cells : lines(file, head.size())) {
            if (!cells.getFirst().equals(MEDIAN)) {
                for (int column = 2; column < head.size(); column++) {
                    add(file, method, cells.get(0), cells.get(1), head.get(column), cells.get(column));
                }
            }
        }
    }

    private void add(Path file, Method method, String track, String stem, String metric, String value) {
        try {
            double figure = figure(value);
            table.add(method, new ScoredTrack(track, track), stem, metric, Windows.WHOLE_TRACK, figure);
        } catch (NumberFormatException e) {
            remarks.add(Remark.of(
                    Kind.UNREADABLE,
                    file.toString(),
                    "%s of %s of %s is not a figure: '%s'".formatted(metric, stem, track, value)));
        }
    }

    private static double figure(String value) {
        return switch (value) {
            case "" -> Double.NaN;
            case "inf" -> Double.POSITIVE_INFINITY;
            case "-inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(value);
        };
    }

    /** The lines below the heading that have as many cells as they should. */
    private List<List<String>> lines(Path file, int width) throws IOException {
        var lines = new ArrayList<List<String>>();
        List<List<String>> all = all(file);
        for (int i = 1; i < all.size(); i++) {
            List<String> cells = all.get(i);
            if (cells.size() == width) {
                lines.add(cells);
            } else {
                remarks.add(Remark.of(
                        Kind.UNREADABLE,
                        file.toString(),
                        "row %d has %d cells where there should be %d".formatted(i + 1, cells.size(), width)));
            }
        }
        return lines;
    }

    private static List<List<String>> all(Path file) throws IOException {
        try (MappingIterator<List<String>> rows = CSV.readerForListOf(String.class)
                .with(CsvParser.Feature.WRAP_AS_ARRAY)
                .readValues(file.toFile())) {
            return rows.readAll();
        }
    }
}
