package io.stemline.cli.reports;

import io.stemline.cli.terminal.Style;
import io.stemline.cli.terminal.Table;
import io.stemline.cli.terminal.Texts;
import io.stemline.reports.Remark;
import io.stemline.reports.Report;
import io.stemline.reports.charts.Decibels;
import io.stemline.reports.figures.Summary;
import io.stemline.reports.scores.ScoreTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a report command tells about its report, as its JSON shows it.
 *
 * @param output where the report is
 * @param remarks how many remarks there are, by the heading over them
 * @param firstRemarks one of each kind
 */
public record ReportResult(
        String output,
        int methods,
        int tracks,
        long figures,
        int separated,
        int failed,
        Map<String, Integer> remarks,
        List<String> firstRemarks,
        List<Line> medians) {

    /** Medians of a method, in the order of the stems. */
    public record Line(String method, String metric, Map<String, String> byStem) {}

    public static ReportResult of(Report report, Path output) {
        var counts = new EnumMap<Remark.Kind, Integer>(Remark.Kind.class);
        var first = new EnumMap<Remark.Kind, String>(Remark.Kind.class);
        for (Remark remark : report.remarks()) {
            counts.merge(remark.kind(), 1, Integer::sum);
            first.putIfAbsent(remark.kind(), remark.sentence());
        }
        var byTitle = new LinkedHashMap<String, Integer>();
        counts.forEach((kind, count) -> byTitle.put(kind.title(), count));
        return new ReportResult(
                output.toString(),
                report.scores().methods().size(),
                report.scores().tracks().size(),
                report.scores().figureCount(),
                report.separated().size(),
                report.failures().size(),
                byTitle,
                List.copyOf(first.values()),
                medians(report.scores()));
    }

    private static List<Line> medians(ScoreTable table) {
        if (table.isEmpty()) {
            return List.of();
        }
        var summary = new Summary(table);
        int metric = summary.mainMetric().orElseThrow();
        var lines = new ArrayList<Line>();
        for (int method : summary.ranked()) {
            var byStem = new LinkedHashMap<String, String>();
            for (int stem = 0; stem < table.stems().size(); stem++) {
                byStem.put(
                        table.stems().get(stem),
                        Decibels.of(summary.cell(method, stem, metric).median().estimate()));
            }
            lines.add(new Line(table.methods().get(method).id(), table.metrics().get(metric), byStem));
        }
        return lines;
    }

    /** The same for people. */
    public String render(Style style) {
        var lines = new ArrayList<String>();
        if (!medians.isEmpty()) {
            Line any = medians.getFirst();
            var table = Table.of(Stream.concat(
                            Stream.of("median %s, dB".formatted(any.metric)),
                            any.byStem.keySet().stream().map(stem -> ">" + stem))
                    .toList());
            medians.forEach(line -> table.row(Stream.concat(Stream.of(line.method), line.byStem.values().stream())
                    .toList()));
            lines.add(table.render(style));
            lines.add("");
        } else {
            lines.add("No scores; %d tracks separated, %d failed".formatted(separated, failed));
        }
        List<Map.Entry<String, Integer>> counts = List.copyOf(remarks.entrySet());
        for (int i = 0; i < counts.size(); i++) {
            lines.add(style.strong("%s (%d)"
                            .formatted(counts.get(i).getKey(), counts.get(i).getValue())) + "  "
                    + Texts.harmless(firstRemarks.get(i)));
        }
        lines.add("Report is in %s".formatted(output));
        return String.join(System.lineSeparator(), lines);
    }
}
