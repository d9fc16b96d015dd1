package io.stemline.reports.page;

import io.stemline.reports.Report;
import io.stemline.reports.charts.Charts;
import io.stemline.reports.charts.Decibels;
import io.stemline.reports.figures.Cell;
import io.stemline.reports.figures.Summary;
import io.stemline.reports.markup.Markup;
import io.stemline.reports.scores.Method;
import io.stemline.reports.scores.MethodKind;
import io.stemline.reports.scores.ScoreTable;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A report as one HTML file: no other files, no other hosts; light and dark, on paper, by keyboard, on a phone. What there is
 * nothing to say about has no section.
 */
public final class HtmlReport {
    private final Report report;
    private final ScoreTable table;
    private final Summary summary;
    private final Listening listening;
    private final Optional<String> against;

    /**
     * A page on a report.
     *
     * @param against the method that all others are compared with; the best model where it is empty or has no scores
     */
    public HtmlReport(Report report, Listening listening, Optional<String> against) {
        this.report = report;
        this.table = report.scores();
        this.summary = new Summary(table);
        this.listening = listening;
        this.against = against;
    }

    /** The page. */
    public String html() {
        var page = new PageFrame(report.title(), subtitle(), report.madeAt());
        var catalogue = new CatalogueSections(report, listening);
        if (catalogue.hasOutcome()) {
            page.section("separated", "What was separated", catalogue::writeOutcome);
        }
        if (table.isEmpty()) {
            page.section("scores", "Scores", catalogue::writeWhyNoScores);
        } else {
            int main = summary.mainMetric().orElseThrow();
            page.section("scores", "Scores", content -> writeMetric(content, main));
            writeDifferences(page, main);
            var tracks = new TrackSections(report, summary, main, listening);
            page.section("tracks", "Best and worst tracks", tracks::writeExtremes);
            if (tracks.hasTrend()) {
                page.section("trend", "Over time", tracks::writeTrend);
            }
            if (table.metrics().size() > 1) {
                page.section("metrics", "All metrics", content -> writeOtherMetrics(content, main));
            }
        }
        if (catalogue.hasChecks()) {
            page.section("checks", "Checks without references", catalogue::writeChecks);
        }
        if (catalogue.hasRemarks()) {
            page.section("remarks", "What was noticed", catalogue::writeRemarks);
        }
        page.section("method", "How these figures were made", MethodNotes::write);
        return page.html();
    }

    private String subtitle() {
        if (table.isEmpty()) {
            return report.separated().isEmpty() && report.failures().isEmpty()
                    ? "There is nothing in it."
                    : Counts.of(report.separated().size(), "separated track");
        }
        return "%s, %s, %s, %s, %s"
                .formatted(
                        Counts.of(table.methods().size(), "method"),
                        Counts.of(table.tracks().size(), "track"),
                        Counts.of(table.stems().size(), "stem"),
                        Counts.of(table.metrics().size(), "metric"),
                        Counts.of(table.figureCount(), "figure"));
    }

    private void writeMetric(Markup content, int metric) {
        writeMedians(content, metric);
        content.open("div", "class", "charts");
        for (int stem = 0; stem < table.stems().size(); stem++) {
            String name = table.stems().get(stem);
            Charts.boxes(summary, stem, metric)
                    .ifPresent(chart -> writeChart(
                            content,
                            chart,
                            "%s, %s, dB".formatted(name, table.metrics().get(metric))));
        }
        content.close();
        content.element(
                "p",
                "Dot and thick line: median over tracks and its 95 % interval. Box and thin line: quartiles and whiskers."
                        + " Faint dots: tracks. Shape above: all windows. Broken lines: the best median of blind methods and of oracles.",
                "class",
                "note");
    }

    static void writeChart(Markup content, Markup chart, String caption) {
        content.line().open("figure").element("figcaption", caption).add(chart).close();
    }

    private void writeMedians(Markup content, int metric) {
        String name = table.metrics().get(metric);
        Tables.open(content, "Medians of " + name);
        content.element("caption", "Median %s over tracks in dB, and what it may as well have been".formatted(name));
        content.open("thead").open("tr").element("th", "method", "scope", "col");
        table.stems().forEach(stem -> content.element("th", stem, "scope", "col", "class", "figure"));
        content.element("th", "tracks", "scope", "col", "class", "figure")
                .close()
                .close()
                .open("tbody");
        for (int method : summary.ranked()) {
            writeMedians(content, metric, method);
        }
        content.close();
        Tables.close(content);
    }

    private void writeMedians(Markup content, int metric, int method) {
        Method name = table.methods().get(method);
        content.line().open("tr").open("th", "scope", "row").text(name.id());
        if (name.kind() != MethodKind.MODEL) {
            String kind = name.kind() == MethodKind.BLIND ? "blind" : "oracle";
            content.text(" ").element("span", kind, "class", "kind " + kind);
        }
        content.close();
        int most = 0;
        for (int stem = 0; stem < table.stems().size(); stem++) {
            Cell cell = summary.cell(method, stem, metric);
            most = Math.max(most, cell.box().count());
            content.open("td", "class", isBest(method, stem, metric) ? "figure best" : "figure");
            content.element("b", Decibels.of(cell.median().estimate()));
            if (cell.box().count() > 1) {
                content.text(" ").element("small", Decibels.range(cell.median()));
            }
            content.close();
        }
        content.element("td", String.valueOf(most), "class", "figure").close();
    }

    /** Whether no model has a better median; of blind methods and oracles, and of a model alone, none is best. */
    private boolean isBest(int method, int stem, int metric) {
        long models = table.methods().stream()
                .filter(other -> other.kind() == MethodKind.MODEL)
                .count();
        return models > 1
                && table.methods().get(method).kind() == MethodKind.MODEL
                && summary.best(MethodKind.MODEL, stem, metric).stream()
                        .anyMatch(best -> best
                                == summary.cell(method, stem, metric).median().estimate());
    }

    private void writeDifferences(PageFrame page, int metric) {
        if (table.methods().size() < 2) {
            return;
        }
        int reference = reference();
        String name = table.methods().get(reference).id();
        List<Optional<Markup>> charts = IntStream.range(0, table.stems().size())
                .mapToObj(stem -> Charts.differences(summary, reference, stem, metric))
                .toList();
        if (charts.stream().allMatch(Optional::isEmpty)) {
            return;
        }
        page.section("differences", "Differences from " + name, content -> {
            content.element(
                    "p",
                    ("Every method minus %s on the same tracks: the median of the differences in %s and its 95 %% interval."
                                    + " Where it leaves out zero, the difference is beyond doubt.")
                            .formatted(name, table.metrics().get(metric)));
            content.open("div", "class", "charts");
            for (int stem = 0; stem < charts.size(); stem++) {
                String caption = "%s, difference in %s, dB"
                        .formatted(table.stems().get(stem), table.metrics().get(metric));
                charts.get(stem).ifPresent(chart -> writeChart(content, chart, caption));
            }
            content.close();
        });
    }

    private int reference() {
        return IntStream.range(0, table.methods().size())
                .boxed()
                .filter(method ->
                        against.filter(table.methods().get(method).id()::equals).isPresent())
                .findFirst()
                .or(() -> summary.ranked().stream()
                        .filter(method -> table.methods().get(method).kind() == MethodKind.MODEL)
                        .findFirst())
                .orElse(summary.ranked().getFirst());
    }

    private void writeOtherMetrics(Markup content, int main) {
        for (int metric = 0; metric < table.metrics().size(); metric++) {
            if (metric != main) {
                content.line()
                        .open("details")
                        .element("summary", table.metrics().get(metric));
                writeMetric(content, metric);
                content.close();
            }
        }
    }
}
