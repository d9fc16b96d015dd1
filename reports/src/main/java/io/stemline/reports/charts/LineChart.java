package io.stemline.reports.charts;

import io.stemline.reports.markup.Markup;
import java.util.Arrays;
import java.util.List;

/** Figures over a few settings in their order, a line for each of several ways; each line is named at its end. */
public final class LineChart {
    private static final double LEFT = 40;
    private static final double RIGHT = 44;
    private static final double TOP = 12;
    private static final double HEIGHT = 190;
    private static final double BOTTOM = 40;
    private static final double NAME_HEIGHT = 13;
    private static final int COLOURS = 6;

    private final String description;
    private final String settingName;
    private final List<String> settings;
    private final List<Line> lines;
    private final Scale vertical;

    /**
     * A line.
     *
     * @param figures {@code [setting]}; NaN where there is none
     */
    public record Line(String name, double[] figures) {
        public Line {
            figures = figures.clone();
        }

        @Override
        public double[] figures() {
            return figures.clone();
        }
    }

    private LineChart(String description, String settingName, List<String> settings, List<Line> lines) {
        this.description = description;
        this.settingName = settingName;
        this.settings = settings;
        this.lines = lines.stream()
                .filter(line -> Arrays.stream(line.figures).anyMatch(Double::isFinite))
                .toList();
        double[] finite = this.lines.stream()
                .flatMapToDouble(line -> Arrays.stream(line.figures))
                .filter(Double::isFinite)
                .toArray();
        this.vertical = Scale.around(
                Arrays.stream(finite).min().orElse(0),
                Arrays.stream(finite).max().orElse(1),
                TOP + HEIGHT,
                TOP,
                5);
    }

    /**
     * Draws a chart.
     *
     * @param settingName what the settings are
     * @param settings labels of the settings, in their order
     */
    public static Markup draw(String description, String settingName, List<String> settings, List<Line> lines) {
        return new LineChart(description, settingName, settings, lines).draw();
    }

    private double place(int setting) {
        double width = BoxChart.WIDTH - RIGHT - LEFT - 20;
        return LEFT + 10 + (settings.size() == 1 ? width / 2 : width * setting / (settings.size() - 1));
    }

    private Markup draw() {
        var drawing = new Drawing(BoxChart.WIDTH, TOP + HEIGHT + BOTTOM, description);
        for (double mark : vertical.marks()) {
            double y = vertical.place(mark);
            drawing.line(mark == 0 ? "zero" : "grid", LEFT, y, BoxChart.WIDTH - RIGHT, y);
            drawing.text("number", LEFT - 6, y + 4, "end", vertical.label(mark));
        }
        for (int setting = 0; setting < settings.size(); setting++) {
            drawing.text("number", place(setting), TOP + HEIGHT + 17, "middle", settings.get(setting));
        }
        drawing.text("number", LEFT, TOP + HEIGHT + 34, "start", settingName);
        double[] names = namePlaces();
        for (int i = 0; i < lines.size(); i++) {
            draw(drawing, lines.get(i), i, names[i]);
        }
        return drawing.finish();
    }

    private void draw(Drawing drawing, Line line, int number, double nameHeight) {
        var path = new StringBuilder();
        drawing.group("row line" + number % COLOURS, line.name);
        for (int setting = 0; setting < settings.size(); setting++) {
            if (Double.isFinite(line.figures[setting])) {
                double y = vertical.place(line.figures[setting]);
                path.append(path.isEmpty() ? 'M' : 'L')
                        .append(Drawing.number(place(setting)))
                        .append(' ')
                        .append(Drawing.number(y));
                drawing.dot("median", place(setting), y, 3.4);
            }
        }
        drawing.path("joined", path);
        double end = place(lastSetting(line)) + 8;
        drawing.text("line-name", end, nameHeight + 4, "start", Drawing.fitting(line.name, BoxChart.WIDTH - end));
        drawing.endGroup();
    }

    /** Heights of the names, beside the ends of the lines, but not over each other. */
    private double[] namePlaces() {
        double[] places = lines.stream()
                .mapToDouble(line -> vertical.place(line.figures[lastSetting(line)]))
                .toArray();
        Integer[] fromTop = new Integer[places.length];
        Arrays.setAll(fromTop, i -> i);
        Arrays.sort(fromTop, (a, b) -> Double.compare(places[a], places[b]));
        double[] above = new double[settings.size()];
        for (int i : fromTop) {
            int setting = lastSetting(lines.get(i));
            places[i] = Math.max(places[i], above[setting] + NAME_HEIGHT);
            above[setting] = places[i];
        }
        return places;
    }

    private static int lastSetting(Line line) {
        int setting = line.figures.length - 1;
        while (!Double.isFinite(line.figures[setting])) {
            setting--;
        }
        return setting;
    }
}
