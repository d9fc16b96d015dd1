package io.stemline.ingest.console.learning;

import io.stemline.ingest.console.Figures;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * A line over the steps of a run, ready to be drawn in a square of {@value #SIDE} by {@value #SIDE} that the page stretches.
 *
 * @param points of the line, as SVG has them
 * @param ticks from the bottom up
 * @param from the first step
 * @param to the last step
 * @param words the same for those who do not see it
 */
record Chart(String title, String points, List<Tick> ticks, String from, String to, String words) {
    private static final int SIDE = 1000;
    private static final int MOST_POINTS = 1000;
    private static final double MARGIN = 0.06;
    private static final double LEAST_TICKS = 3;

    /**
     * A line across at a value.
     *
     * @param percent how far it is from the top
     */
    record Tick(String label, String percent) {}

    /** What is drawn. */
    record Point(long step, double value) {}

    /** At least one finite point is needed; those that are not finite are left out. */
    static List<Chart> of(String title, String unit, boolean highIsGood, List<Point> all) {
        List<Point> points =
                all.stream().filter(point -> Double.isFinite(point.value())).toList();
        if (points.isEmpty()) {
            return List.of();
        }
        double lowest = points.stream().mapToDouble(Point::value).min().orElseThrow();
        double highest = points.stream().mapToDouble(Point::value).max().orElseThrow();
        double spread = highest > lowest ? highest - lowest : Math.max(1e-6, Math.abs(highest));
        double bottom = lowest - MARGIN * spread;
        double top = highest + MARGIN * spread;
        return List.of(new Chart(
                title,
                line(points, bottom, top),
                ticks(bottom, top, unit),
                "step " + Figures.count(points.getFirst().step()),
                "step " + Figures.count(points.getLast().step()),
                words(title, unit, points, highIsGood ? highest : lowest)));
    }

    private static String line(List<Point> points, double bottom, double top) {
        long first = points.getFirst().step();
        double steps = Math.max(1, points.getLast().step() - first);
        int stride = Math.ceilDiv(points.size(), MOST_POINTS);
        var line = new StringBuilder();
        IntStream.range(0, points.size())
                .filter(n -> n % stride == 0 || n == points.size() - 1)
                .mapToObj(points::get)
                .forEach(point -> line.append(String.format(
                        Locale.ROOT,
                        "%.1f,%.1f ",
                        SIDE * (point.step() - first) / steps,
                        SIDE * (top - point.value()) / (top - bottom))));
        return line.toString().strip();
    }

    private static List<Tick> ticks(double bottom, double top, String unit) {
        double step = roundStep((top - bottom) / LEAST_TICKS);
        int digits = Math.max(0, (int) -Math.floor(Math.log10(step) + 1e-9));
        var ticks = new ArrayList<Tick>();
        for (double n = Math.ceil(bottom / step); n * step <= top; n++) {
            double value = n == 0 ? 0 : n * step;
            ticks.add(new Tick(
                    String.format(Locale.ROOT, "%." + digits + "f%s", value, unit)
                            .replace('-', '−'),
                    String.format(Locale.ROOT, "%.2f%%", 100 * (top - value) / (top - bottom))));
        }
        return ticks;
    }

    /** The largest of 1, 2 and 5 times a power of ten that is not above. */
    private static double roundStep(double most) {
        double power = Math.pow(10, Math.floor(Math.log10(most)));
        double leading = most / power;
        return power * (leading >= 5 ? 5 : leading >= 2 ? 2 : 1);
    }

    private static String words(String title, String unit, List<Point> points, double best) {
        return String.format(
                Locale.ROOT,
                "%s over %d points: from %.3f%s at step %d to %.3f%s at step %d, best %.3f%s",
                title,
                points.size(),
                points.getFirst().value(),
                unit,
                points.getFirst().step(),
                points.getLast().value(),
                unit,
                points.getLast().step(),
                best,
                unit);
    }
}
