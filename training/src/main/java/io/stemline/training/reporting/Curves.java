package io.stemline.training.reporting;

import io.stemline.training.folder.WholeFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * The curves of a run as one SVG picture, light or dark as the reader's system is: loss, validation figures of every target,
 * and learning rate, below each other over the steps. Dense curves are drawn pale, with their moving mean over them.
 *
 * <p>Figures of a {@link History} are drawn by their names: {@code loss/...} in the first plot, {@code validation/...} in the
 * second, {@value History#LEARNING_RATE} in the third, others not at all. Plots without figures are left out.
 */
public final class Curves {

    private static final int WIDTH = 960;
    private static final int LEFT = 76;
    private static final int RIGHT = 20;
    private static final int TOP = 64;
    private static final int PLOT_WIDTH = WIDTH - LEFT - RIGHT;
    private static final int PLOT_HEIGHT = 200;
    private static final int ABOVE_PLOT = 34;
    private static final int BELOW_PLOT = 20;
    private static final int BOTTOM = 40;
    private static final int STEP_MARKS = 10;
    private static final int COLOURS = 6;
    private static final String LEGEND_GAP = "\u2003 ";

    private static final String STYLE = """
            <style>
              svg { --paper: #ffffff; --ink: #1f2328; --faint: #59636e; --grid: #e4e7eb;
                --c0: #1f6fd1; --c1: #d1571b; --c2: #12876a; --c3: #a87400; --c4: #7c4fd0; --c5: #c23a7d;
                background: var(--paper); font: 13px system-ui, "DejaVu Sans", sans-serif; }
              @media (prefers-color-scheme: dark) {
                svg { --paper: #0f1419; --ink: #e6edf3; --faint: #9aa6b2; --grid: #2a323b;
                  --c0: #62a8f5; --c1: #f28b5b; --c2: #42c9a0; --c3: #e3b341; --c4: #b392f0; --c5: #f085b5; } }
              .paper { fill: var(--paper); }
              text { fill: var(--ink); }
              .faint { fill: var(--faint); }
              .heading { font-weight: 600; font-size: 17px; }
              .title { font-weight: 600; }
              .number { font-variant-numeric: tabular-nums; fill: var(--faint); font-size: 12px; }
              .grid { stroke: var(--grid); }
              .frame { stroke: var(--faint); }
              path { fill: none; stroke-width: 2; stroke-linejoin: round; stroke-linecap: round; }
              .pale { stroke-width: 1; opacity: 0.3; }
              .mean { stroke-width: 3; stroke-dasharray: 7 5; }
              .s0 { stroke: var(--c0); } .s1 { stroke: var(--c1); } .s2 { stroke: var(--c2); }
              .s3 { stroke: var(--c3); } .s4 { stroke: var(--c4); } .s5 { stroke: var(--c5); }
              .mean { stroke: var(--ink); }
              .dot, .key { stroke: none; }
              .dot.s0, .key.s0 { fill: var(--c0); } .dot.s1, .key.s1 { fill: var(--c1); }
              .dot.s2, .key.s2 { fill: var(--c2); } .dot.s3, .key.s3 { fill: var(--c3); }
              .dot.s4, .key.s4 { fill: var(--c4); } .dot.s5, .key.s5 { fill: var(--c5); }
              .dot.mean, .key.mean { fill: var(--ink); }
            </style>
            """;

    private final List<Chart> charts;
    private final Axis steps;
    private final StringBuilder svg = new StringBuilder();

    private Curves(List<Chart> charts, Axis steps) {
        this.charts = charts;
        this.steps = steps;
    }

    /**
     * Draws a history and writes it, the whole picture or nothing.
     *
     * @param history {@code runs/history.csv}
     * @param picture {@code curves.svg}
     * @param title stands above
     * @param validationUnit of the validation figures, such as {@code dB}; may be empty
     * @throws io.stemline.training.folder.FolderException if one cannot be read, or the other not written
     */
    public static void write(Path history, Path picture, String title, String validationUnit) {
        WholeFile.writeText(picture, svg(History.read(history), title, validationUnit));
    }

    /** The picture of a history. */
    public static String svg(List<History.Point> history, String title, String validationUnit) {
        double first = history.stream().mapToLong(History.Point::step).min().orElse(0);
        double last = history.stream().mapToLong(History.Point::step).max().orElse(0);
        double seconds =
                history.stream().mapToDouble(History.Point::seconds).max().orElse(0);
        var curves = new Curves(Chart.of(history, validationUnit), Axis.between(first, last, STEP_MARKS));
        return curves.draw(title, last, seconds);
    }

    private String draw(String title, double lastStep, double seconds) {
        int height = TOP + charts.size() * (ABOVE_PLOT + PLOT_HEIGHT + BELOW_PLOT) + BOTTOM;
        add(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\">\n",
                WIDTH, height, WIDTH, height);
        add("<title>%s</title>\n", escaped(title));
        svg.append(STYLE);
        add("<rect class=\"paper\" width=\"%d\" height=\"%d\"/>\n", WIDTH, height);
        add("<text class=\"heading\" x=\"%d\" y=\"30\">%s</text>\n", LEFT, escaped(title));
        String until = charts.isEmpty()
                ? "nothing has been measured yet"
                : "step " + Axis.number(lastStep, 0) + ", " + Durations.words(seconds);
        add("<text class=\"faint\" x=\"%d\" y=\"50\">%s</text>\n", LEFT, until);
        int top = TOP;
        for (int i = 0; i < charts.size(); i++) {
            top += ABOVE_PLOT;
            drawChart(charts.get(i), i, top);
            top += PLOT_HEIGHT + BELOW_PLOT;
        }
        if (!charts.isEmpty()) {
            add("<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">Step</text>\n", LEFT + PLOT_WIDTH / 2, top + 22);
        }
        return svg.append("</svg>\n").toString();
    }

    private void drawChart(Chart chart, int number, int top) {
        Axis values = chart.axis();
        add("<text class=\"title\" x=\"%d\" y=\"%d\">%s</text>\n", LEFT, top - 12, escaped(chart.title()));
        drawLegend(chart, top - 12);
        drawGrid(values, top);
        add(
                "<clipPath id=\"plot%d\"><rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"/></clipPath>\n",
                number, LEFT, top - 2, PLOT_WIDTH + 6, PLOT_HEIGHT + 4);
        add("<g clip-path=\"url(#plot%d)\">\n", number);
        for (int i = 0; i < chart.lines().size(); i++) {
            Line line = chart.lines().get(i);
            if (line.dense() && !chart.logarithmic()) {
                drawLine(line, "pale s" + i % COLOURS, values, top);
                drawLine(line.smooth(), style(line, i), values, top);
            } else {
                drawLine(line, style(line, i), values, top);
            }
        }
        svg.append("</g>\n");
    }

    private static String style(Line line, int index) {
        return line.name().equals("mean") ? "mean" : "s" + index % COLOURS;
    }

    /** One text, so that nobody needs to know how wide its letters are. */
    private void drawLegend(Chart chart, int y) {
        var legend = new StringBuilder();
        for (int i = 0; i < chart.lines().size(); i++) {
            Line line = chart.lines().get(i);
            double last = line.dense() && !chart.logarithmic() ? line.smooth().last() : line.last();
            String label = (line.name() + " " + value(last, chart)).strip().replace(' ', '\u00a0');
            legend.append(i == 0 ? "" : LEGEND_GAP);
            if (chart.lines().size() > 1) {
                legend.append("<tspan class=\"key %s\">●</tspan>\u00a0".formatted(style(line, i)));
            }
            legend.append(escaped(label));
        }
        add("<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>\n", WIDTH - RIGHT, y, legend);
    }

    private static String value(double value, Chart chart) {
        if (!Double.isFinite(value)) {
            return "";
        }
        if (chart.logarithmic()) {
            return Axis.significant(value);
        }
        boolean few = !chart.unit().isEmpty() || Math.abs(value) >= 1;
        return Axis.number(value, few ? 2 : 4) + " " + chart.unit();
    }

    private void drawGrid(Axis values, int top) {
        int bottom = top + PLOT_HEIGHT;
        for (double mark : values.marks()) {
            double y = y(values, mark, top);
            add("<line class=\"grid\" x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\"/>\n", LEFT, y, WIDTH - RIGHT, y);
            add(
                    "<text class=\"number\" x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>\n",
                    LEFT - 8, y + 4, values.label(mark));
        }
        for (double mark : steps.marks()) {
            double x = x(mark);
            add("<line class=\"grid\" x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\"/>\n", x, top, x, bottom);
            add(
                    "<text class=\"number\" x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>\n",
                    x, bottom + 17, steps.label(mark));
        }
        add("<line class=\"frame\" x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\"/>\n", LEFT, bottom, WIDTH - RIGHT, bottom);
    }

    private void drawLine(Line whole, String style, Axis values, int top) {
        Line line = whole.thinned(steps.least(), steps.most(), PLOT_WIDTH);
        var path = new StringBuilder();
        boolean joined = false;
        int drawn = 0;
        for (int i = 0; i < line.values().length; i++) {
            double value = line.values()[i];
            boolean shown = Double.isFinite(value) && !(values.logarithmic() && value <= 0);
            if (shown) {
                path.append(String.format(
                        Locale.ROOT, "%s%.1f %.1f", joined ? "L" : "M", x(line.steps()[i]), y(values, value, top)));
                drawn++;
            }
            joined = shown;
        }
        if (drawn == 0) {
            return;
        }
        add("<path class=\"%s\" d=\"%s\"/>\n", style, path);
        if (drawn == 1) {
            add(
                    "<circle class=\"dot %s\" cx=\"%s\" cy=\"%s\" r=\"3.5\"/>\n",
                    style, path.substring(1, path.indexOf(" ")), path.substring(path.indexOf(" ") + 1));
        }
    }

    private double x(double step) {
        return LEFT + PLOT_WIDTH * steps.position(step);
    }

    private static double y(Axis values, double value, int top) {
        // Far outside, coordinates would grow beyond what some readers of SVG take.
        return top + PLOT_HEIGHT * Math.clamp(1 - values.position(value), -5.0, 6.0);
    }

    private void add(String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values));
    }

    private static String escaped(String text) {
        return text.codePoints()
                .map(point -> Character.isISOControl(point) ? ' ' : point)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString()
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;");
    }
}
