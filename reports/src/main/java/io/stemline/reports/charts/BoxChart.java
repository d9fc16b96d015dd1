package io.stemline.reports.charts;

import io.stemline.reports.figures.Cell;
import io.stemline.reports.figures.Summary;
import io.stemline.reports.markup.Markup;
import io.stemline.reports.scores.Method;
import io.stemline.reports.scores.MethodKind;
import io.stemline.statistics.BoxPlot;
import io.stemline.statistics.Density;
import io.stemline.statistics.Quantiles;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * One stem and metric, a row for each method: above the line how its windows are distributed, on the line the box plot of its
 * tracks, every track a dot, and the median with its interval. Broken lines across all rows are the brackets: the best blind
 * method's median and the best oracle's.
 */
final class BoxChart {
    static final double WIDTH = 420;

    /** Room for the names at the left. */
    static final double LABELS = 132;

    private static final double RIGHT = 10;
    private static final double TOP = 26;
    private static final double BOTTOM = 22;
    private static final double ROW_WITH_CLOUD = 42;
    private static final double ROW_WITHOUT = 26;
    private static final double CLOUD = 20;
    private static final double BOX = 9;
    private static final int CLOUD_POINTS = 90;
    private static final int DOTS_AT_MOST = 400;
    private static final double TAIL = 0.02;

    private final Summary summary;
    private final int stem;
    private final int metric;
    private final List<Integer> methods;
    private final double[][] windows;
    private final boolean clouds;
    private final Scale scale;

    BoxChart(Summary summary, int stem, int metric) {
        this.summary = summary;
        this.stem = stem;
        this.metric = metric;
        this.methods = summary.ranked().stream()
                .filter(method -> !summary.cell(method, stem, metric).isEmpty())
                .toList();
        this.windows = methods.stream()
                .map(method -> summary.table().allWindows(method, stem, metric))
                .map(Quantiles::sorted)
                .toArray(double[][]::new);
        this.clouds = Arrays.stream(windows).anyMatch(ofMethod -> ofMethod.length > 0);
        double[] ends = IntStream.range(0, methods.size())
                .mapToObj(this::reach)
                .flatMapToDouble(DoubleStream::of)
                .filter(Double::isFinite)
                .toArray();
        this.scale = Scale.around(
                Arrays.stream(ends).min().orElse(0), Arrays.stream(ends).max().orElse(1), LABELS, WIDTH - RIGHT, 5);
    }

    /** What of a row must be on the axis: whiskers, the interval, and all but the tails of the windows. */
    private double[] reach(int row) {
        Cell cell = cell(row);
        return new double[] {
            cell.box().lowerWhisker(),
            cell.box().upperWhisker(),
            Quantiles.ofSorted(windows[row], TAIL),
            Quantiles.ofSorted(windows[row], 1 - TAIL)
        };
    }

    private Cell cell(int row) {
        return summary.cell(methods.get(row), stem, metric);
    }

    boolean isEmpty() {
        return methods.isEmpty();
    }

    Markup draw() {
        double rowHeight = clouds ? ROW_WITH_CLOUD : ROW_WITHOUT;
        double bottom = TOP + methods.size() * rowHeight;
        String stemName = summary.table().stems().get(stem);
        String metricName = summary.table().metrics().get(metric);
        var drawing = new Drawing(
                WIDTH,
                bottom + BOTTOM,
                "%s of %s: box plots of %d methods".formatted(metricName, stemName, methods.size()));
        drawAxis(drawing, bottom);
        drawBracket(drawing, MethodKind.BLIND, "blind", bottom);
        drawBracket(drawing, MethodKind.ORACLE, "oracle", bottom);
        for (int row = 0; row < methods.size(); row++) {
            drawRow(drawing, row, TOP + (row + 1) * rowHeight - (clouds ? 10 : rowHeight / 2));
        }
        return drawing.finish();
    }

    private void drawAxis(Drawing drawing, double bottom) {
        for (double mark : scale.marks()) {
            double x = scale.place(mark);
            drawing.line(mark == 0 ? "zero" : "grid", x, TOP - 4, x, bottom);
            drawing.text("number", x, bottom + 15, "middle", scale.label(mark));
        }
    }

    private void drawBracket(Drawing drawing, MethodKind kind, String label, double bottom) {
        boolean others = methods.stream()
                .anyMatch(method -> summary.table().methods().get(method).kind() != kind);
        summary.best(kind, stem, metric).ifPresent(median -> {
            if (others && scale.holds(median)) {
                double x = scale.place(median);
                String style = kind.name().toLowerCase(Locale.ROOT);
                drawing.line("bracket " + style, x, TOP - 6, x, bottom);
                drawing.text("bracket-name " + style, x, TOP - 10, anchor(x), label);
            }
        });
    }

    private static String anchor(double x) {
        if (x < LABELS + 20) {
            return "start";
        }
        return x > WIDTH - RIGHT - 24 ? "end" : "middle";
    }

    private void drawRow(Drawing drawing, int row, double y) {
        Method method = summary.table().methods().get(methods.get(row));
        Cell cell = cell(row);
        BoxPlot box = cell.box();
        drawing.group(
                "row " + method.kind().name().toLowerCase(Locale.ROOT),
                "%s: median %s dB (%s), quartiles %s and %s, %d tracks"
                        .formatted(
                                method.id(),
                                Decibels.of(box.median()),
                                Decibels.range(cell.median()),
                                Decibels.of(box.lowerQuartile()),
                                Decibels.of(box.upperQuartile()),
                                box.count()));
        // Something to point at between the thin shapes.
        drawing.box(
                "target",
                0,
                y - (clouds ? ROW_WITH_CLOUD - 10 : ROW_WITHOUT / 2),
                WIDTH,
                clouds ? ROW_WITH_CLOUD : ROW_WITHOUT);
        drawing.text("name", LABELS - 10, y + 4, "end", Drawing.fitting(method.id(), LABELS - 12));
        if (windows[row].length > 1) {
            drawCloud(drawing, windows[row], y - BOX / 2 - 3);
        }
        drawing.line("whisker", scale.place(box.lowerWhisker()), y, scale.place(box.lowerQuartile()), y);
        drawing.line("whisker", scale.place(box.upperQuartile()), y, scale.place(box.upperWhisker()), y);
        double left = scale.place(box.lowerQuartile());
        drawing.box("box", left, y - BOX / 2, scale.place(box.upperQuartile()) - left, BOX);
        drawing.path("dots", dots(box.count() <= DOTS_AT_MOST ? cell.tracks() : box.outliers(), y));
        drawing.line(
                "interval",
                scale.place(cell.median().low()),
                y,
                scale.place(cell.median().high()),
                y);
        drawing.dot("median", scale.place(box.median()), y, 3.4);
        drawing.endGroup();
    }

    private void drawCloud(Drawing drawing, double[] ofMethod, double base) {
        double[] heights =
                Density.of(ofMethod, scale.least(), scale.most(), CLOUD_POINTS).heights();
        double highest = Arrays.stream(heights).max().orElse(0);
        if (highest == 0) {
            return;
        }
        var path = new StringBuilder("M%s %s".formatted(Drawing.number(scale.from()), Drawing.number(base)));
        for (int i = 0; i < CLOUD_POINTS; i++) {
            path.append('L')
                    .append(Drawing.number(scale.from() + (scale.to() - scale.from()) * i / (CLOUD_POINTS - 1.0)))
                    .append(' ')
                    .append(Drawing.number(base - CLOUD * heights[i] / highest));
        }
        path.append('L')
                .append(Drawing.number(scale.to()))
                .append(' ')
                .append(Drawing.number(base))
                .append('Z');
        drawing.path("cloud", path);
    }

    /** Points of no length, which round line ends make visible: far shorter than a circle each. */
    private String dots(double[] figures, double y) {
        var path = new StringBuilder("M0 0");
        for (double figure : figures) {
            if (Double.isFinite(figure)) {
                path.append('M')
                        .append(Drawing.number(scale.place(figure)))
                        .append(' ')
                        .append(Drawing.number(y))
                        .append("h0");
            }
        }
        return path.toString();
    }
}
