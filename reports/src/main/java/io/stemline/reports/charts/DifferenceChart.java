package io.stemline.reports.charts;

import io.stemline.reports.figures.Summary;
import io.stemline.reports.markup.Markup;
import io.stemline.statistics.Interval;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * One stem and metric: by how much each method is better or worse than a given one on the same tracks, as the median of the
 * differences with its interval. What does not touch the line at zero differs beyond doubt.
 */
final class DifferenceChart {
    private static final double RIGHT = 10;
    private static final double TOP = 8;
    private static final double ROW = 20;
    private static final double BOTTOM = 22;

    private final Summary summary;
    private final int stem;
    private final int metric;
    private final int reference;
    private final List<Row> rows;

    private record Row(String method, Interval difference) {}

    DifferenceChart(Summary summary, int reference, int stem, int metric) {
        this.summary = summary;
        this.stem = stem;
        this.metric = metric;
        this.reference = reference;
        this.rows = summary.ranked().stream()
                .filter(method -> method != reference)
                .map(method -> new Row(
                        summary.table().methods().get(method).id(),
                        summary.difference(method, reference, stem, metric)))
                .filter(row -> Double.isFinite(row.difference.estimate()))
                .toList();
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    Markup draw() {
        double[] ends = rows.stream()
                .flatMapToDouble(row -> DoubleStream.of(row.difference.low(), row.difference.high()))
                .filter(Double::isFinite)
                .toArray();
        double least = Math.min(0, Arrays.stream(ends).min().orElse(0));
        double most = Math.max(0, Arrays.stream(ends).max().orElse(0));
        var scale = Scale.around(least, most, BoxChart.LABELS, BoxChart.WIDTH - RIGHT, 5);
        double bottom = TOP + rows.size() * ROW;
        var drawing = new Drawing(
                BoxChart.WIDTH,
                bottom + BOTTOM,
                "%s of %s: differences of %d methods from %s"
                        .formatted(
                                summary.table().metrics().get(metric),
                                summary.table().stems().get(stem),
                                rows.size(),
                                summary.table().methods().get(reference).id()));
        for (double mark : scale.marks()) {
            double x = scale.place(mark);
            drawing.line(mark == 0 ? "zero" : "grid", x, TOP - 4, x, bottom);
            drawing.text("number", x, bottom + 15, "middle", scale.label(mark));
        }
        for (int i = 0; i < rows.size(); i++) {
            draw(drawing, scale, rows.get(i), TOP + (i + 0.5) * ROW);
        }
        return drawing.finish();
    }

    private static void draw(Drawing drawing, Scale scale, Row row, double y) {
        Interval difference = row.difference;
        drawing.group(
                "row " + verdict(difference),
                "%s: %s dB (%s)"
                        .formatted(row.method, Decibels.signed(difference.estimate()), Decibels.range(difference)));
        drawing.box("target", 0, y - ROW / 2, BoxChart.WIDTH, ROW);
        drawing.text("name", BoxChart.LABELS - 10, y + 4, "end", Drawing.fitting(row.method, BoxChart.LABELS - 12));
        drawing.line("interval", scale.place(difference.low()), y, scale.place(difference.high()), y);
        drawing.dot("median", scale.place(difference.estimate()), y, 3.4);
        drawing.endGroup();
    }

    private static String verdict(Interval difference) {
        if (difference.contains(0)) {
            return "unsure";
        }
        return difference.low() > 0 ? "better" : "worse";
    }
}
