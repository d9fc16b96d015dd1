package io.stemline.training.reporting;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;

/**
 * One of the plots that stand below each other.
 *
 * @param title says what is plotted, with its unit
 * @param unit behind numbers in the legend; empty without
 */
record Chart(String title, String unit, boolean logarithmic, List<Line> lines) {

    /** Targets in the order in which they get their colours. */
    private static final List<String> USUAL = List.of("training", "validation", "vocals", "drums", "bass", "other");

    private static final int MARKS = 5;

    /** The charts of a history: those for which there are figures. */
    static List<Chart> of(List<History.Point> history, String validationUnit) {
        Map<String, List<History.Point>> byName = new LinkedHashMap<>();
        history.forEach(point ->
                byName.computeIfAbsent(point.name(), _ -> new ArrayList<>()).add(point));
        String inUnit = validationUnit.isEmpty() ? "" : " (" + validationUnit + ")";
        var charts = new ArrayList<Chart>();
        charts.add(new Chart("Loss", "", false, group(byName, History.LOSS_GROUP)));
        charts.add(new Chart("Validation" + inUnit, validationUnit, false, group(byName, History.VALIDATION_GROUP)));
        charts.add(new Chart("Learning rate", "", true, group(byName, History.LEARNING_RATE)));
        return charts.stream().filter(Chart::hasFigures).toList();
    }

    private static List<Line> group(Map<String, List<History.Point>> byName, String prefix) {
        return byName.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(prefix))
                .map(entry -> Line.of(name(entry.getKey(), prefix), entry.getValue()))
                .sorted(Comparator.comparingInt(line -> order(line.name())))
                .toList();
    }

    private static String name(String whole, String prefix) {
        return whole.length() == prefix.length() ? "" : whole.substring(prefix.length());
    }

    private static int order(String name) {
        int usual = USUAL.indexOf(name);
        return usual < 0 ? USUAL.size() : usual;
    }

    private boolean hasFigures() {
        return extremes().findAny().isPresent();
    }

    private DoubleStream extremes() {
        double lowest = logarithmic ? Double.MIN_VALUE : Double.NEGATIVE_INFINITY;
        return lines.stream().flatMapToDouble(line -> line.extremes(lowest));
    }

    Axis axis() {
        double least = extremes().min().orElseThrow();
        double most = extremes().max().orElseThrow();
        return logarithmic ? Axis.logarithmic(least, most) : Axis.roundAround(least, most, MARKS);
    }
}
