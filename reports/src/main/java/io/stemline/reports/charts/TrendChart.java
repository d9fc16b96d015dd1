package io.stemline.reports.charts;

import io.stemline.reports.markup.Markup;
import io.stemline.statistics.Quantiles;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One stem and metric over time: every track a dot at the time of its evaluation, the medians of the days joined by a line. */
public final class TrendChart {
    private static final double LEFT = 36;
    private static final double RIGHT = 12;
    private static final double TOP = 10;
    private static final double HEIGHT = 150;
    private static final double BOTTOM = 24;
    private static final double TAIL = 0.02;
    private static final double SECONDS_A_DAY = 86_400;

    /** A track's figure and when it was found. */
    public record Point(Instant at, double figure) {}

    private TrendChart() {}

    /** How many days there are figures of. */
    public static long days(List<Point> points) {
        return points.stream().map(TrendChart::day).distinct().count();
    }

    /** Draws the points, of which some must be finite. */
    public static Markup draw(String description, List<Point> points) {
        double[] figures = Quantiles.sorted(points.stream()
                .mapToDouble(Point::figure)
                .filter(Double::isFinite)
                .toArray());
        var vertical = Scale.around(
                Quantiles.ofSorted(figures, TAIL), Quantiles.ofSorted(figures, 1 - TAIL), TOP + HEIGHT, TOP, 4);
        double first = points.stream().mapToDouble(TrendChart::days).min().orElseThrow();
        double last = points.stream().mapToDouble(TrendChart::days).max().orElseThrow();
        var horizontal = new Scale(first, Math.max(last, first + 1), LEFT + 8, BoxChart.WIDTH - RIGHT - 8, 1);
        var drawing = new Drawing(BoxChart.WIDTH, TOP + HEIGHT + BOTTOM, description);
        for (double mark : vertical.marks()) {
            double y = vertical.place(mark);
            drawing.line(mark == 0 ? "zero" : "grid", LEFT, y, BoxChart.WIDTH - RIGHT, y);
            drawing.text("number", LEFT - 6, y + 4, "end", vertical.label(mark));
        }
        drawing.text("number", LEFT, TOP + HEIGHT + 18, "start", label(first));
        drawing.text("number", BoxChart.WIDTH - RIGHT, TOP + HEIGHT + 18, "end", label(last));
        drawing.group("row model", description);
        drawing.path("dots", dots(points, horizontal, vertical));
        drawMedians(drawing, points, horizontal, vertical);
        return drawing.endGroup().finish();
    }

    private static String dots(List<Point> points, Scale horizontal, Scale vertical) {
        var path = new StringBuilder("M0 0");
        for (Point point : points) {
            if (Double.isFinite(point.figure)) {
                path.append('M')
                        .append(Drawing.number(horizontal.place(days(point))))
                        .append(' ')
                        .append(Drawing.number(vertical.place(point.figure)))
                        .append("h0");
            }
        }
        return path.toString();
    }

    private static void drawMedians(Drawing drawing, List<Point> points, Scale horizontal, Scale vertical) {
        Map<LocalDate, List<Point>> byDay = new TreeMap<>();
        points.forEach(point ->
                byDay.computeIfAbsent(day(point), day -> new ArrayList<>()).add(point));
        var path = new StringBuilder();
        byDay.forEach((day, ofDay) -> {
            double median =
                    Quantiles.median(ofDay.stream().mapToDouble(Point::figure).toArray());
            if (Double.isFinite(median)) {
                double x = horizontal.place(
                        ofDay.stream().mapToDouble(TrendChart::days).average().orElseThrow());
                double y = vertical.place(median);
                path.append(path.isEmpty() ? 'M' : 'L')
                        .append(Drawing.number(x))
                        .append(' ')
                        .append(Drawing.number(y));
                drawing.dot("median", x, y, 3.4);
            }
        });
        drawing.path("joined", path);
    }

    private static double days(Point point) {
        return point.at.getEpochSecond() / SECONDS_A_DAY;
    }

    private static LocalDate day(Point point) {
        return LocalDate.ofInstant(point.at, ZoneOffset.UTC);
    }

    private static String label(double days) {
        return LocalDate.ofEpochDay((long) Math.floor(days)).toString();
    }
}
