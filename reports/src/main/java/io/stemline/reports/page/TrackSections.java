package io.stemline.reports.page;

import io.stemline.reports.Report;
import io.stemline.reports.SeparatedTrack;
import io.stemline.reports.charts.Decibels;
import io.stemline.reports.charts.TrendChart;
import io.stemline.reports.charts.TrendChart.Point;
import io.stemline.reports.figures.Summary;
import io.stemline.reports.markup.Markup;
import io.stemline.reports.scores.MethodKind;
import io.stemline.reports.scores.ScoreTable;
import io.stemline.reports.scores.ScoredTrack;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Tracks one by one: the best and the worst of every method, and how scores went over time. */
final class TrackSections {
    private static final int EACH = 8;

    private final ScoreTable table;
    private final Summary summary;
    private final int metric;
    private final Listening listening;
    private final Map<Key, SeparatedTrack> separated = new HashMap<>();

    private record Key(String modelId, ScoredTrack track) {}

    private record Ranked(int track, double figure) {}

    TrackSections(Report report, Summary summary, int metric, Listening listening) {
        this.table = report.scores();
        this.summary = summary;
        this.metric = metric;
        this.listening = listening;
        report.separated().forEach(track -> separated.put(new Key(track.modelId(), track.track()), track));
    }

    void writeExtremes(Markup content) {
        content.element(
                "p",
                "By the mean over stems of a track's median %s in dB."
                        .formatted(table.metrics().get(metric)));
        int shown = summary.ranked().stream()
                .filter(method -> table.methods().get(method).kind() == MethodKind.MODEL)
                .findFirst()
                .orElse(summary.ranked().getFirst());
        for (int method : summary.ranked()) {
            List<Ranked> ranked = ranked(method);
            if (!ranked.isEmpty()) {
                content.line()
                        .open("details", method == shown ? new String[] {"open", "open"} : new String[0])
                        .element("summary", table.methods().get(method).id());
                writeTracks(content, method, ranked);
                content.close();
            }
        }
    }

    private List<Ranked> ranked(int method) {
        return IntStream.range(0, table.tracks().size())
                .mapToObj(track -> new Ranked(track, summary.overStems(method, track, metric)))
                .filter(ranked -> !Double.isNaN(ranked.figure))
                .sorted(Comparator.comparingDouble(Ranked::figure).reversed())
                .toList();
    }

    private void writeTracks(Markup content, int method, List<Ranked> ranked) {
        Tables.open(content, "Tracks of " + table.methods().get(method).id());
        content.open("thead").open("tr").element("th", "track", "scope", "col");
        content.element("th", "mean", "scope", "col", "class", "figure");
        table.stems().forEach(stem -> content.element("th", stem, "scope", "col", "class", "figure"));
        content.close().close().open("tbody");
        if (ranked.size() <= 2 * EACH) {
            ranked.forEach(track -> writeTrack(content, method, track));
        } else {
            ranked.subList(0, EACH).forEach(track -> writeTrack(content, method, track));
            content.open("tr", "class", "between")
                    .element(
                            "td",
                            "%,d tracks between".formatted(ranked.size() - 2 * EACH),
                            "colspan",
                            String.valueOf(2 + table.stems().size()))
                    .close();
            ranked.subList(ranked.size() - EACH, ranked.size()).forEach(track -> writeTrack(content, method, track));
        }
        content.close();
        Tables.close(content);
    }

    private void writeTrack(Markup content, int method, Ranked ranked) {
        ScoredTrack track = table.tracks().get(ranked.track);
        Optional<String> address = Optional.ofNullable(
                        separated.get(new Key(table.methods().get(method).id(), track)))
                .flatMap(listening::address);
        content.line().open("tr").open("th", "scope", "row");
        Tables.linked(content, track.name(), address);
        content.close()
                .open("td", "class", "figure")
                .element("b", Decibels.of(ranked.figure))
                .close();
        for (int stem = 0; stem < table.stems().size(); stem++) {
            content.element("td", Decibels.of(table.median(method, ranked.track, stem, metric)), "class", "figure");
        }
        content.close();
    }

    boolean hasTrend() {
        return IntStream.range(0, table.methods().size()).anyMatch(method -> TrendChart.days(points(method, 0)) > 1);
    }

    void writeTrend(Markup content) {
        content.element("p", "Tracks by the time of their evaluation; the line joins the medians of the days.");
        content.open("div", "class", "charts");
        for (int method : summary.ranked()) {
            for (int stem = 0; stem < table.stems().size(); stem++) {
                List<Point> points = points(method, stem);
                String caption = "%s, %s, %s, dB"
                        .formatted(
                                table.methods().get(method).id(),
                                table.stems().get(stem),
                                table.metrics().get(metric));
                if (TrendChart.days(points) > 1) {
                    HtmlReport.writeChart(content, TrendChart.draw(caption + " over time", points), caption);
                }
            }
        }
        content.close();
    }

    private List<Point> points(int method, int stem) {
        var points = new ArrayList<Point>();
        for (int track = 0; track < table.tracks().size(); track++) {
            double figure = table.median(method, track, stem, metric);
            Key key = new Key(table.methods().get(method).id(), table.tracks().get(track));
            if (Double.isFinite(figure)) {
                Optional.ofNullable(separated.get(key))
                        .flatMap(SeparatedTrack::evaluatedAt)
                        .ifPresent(at -> points.add(new Point(at, figure)));
            }
        }
        return points;
    }
}
