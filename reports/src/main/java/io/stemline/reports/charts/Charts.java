package io.stemline.reports.charts;

import io.stemline.reports.figures.Summary;
import io.stemline.reports.markup.Markup;
import java.util.Optional;

/** The charts of a summary, one for each stem and metric. */
public final class Charts {
    private Charts() {}

    /** Box plots of all methods; empty where none has figures. */
    public static Optional<Markup> boxes(Summary summary, int stem, int metric) {
        var chart = new BoxChart(summary, stem, metric);
        return chart.isEmpty() ? Optional.empty() : Optional.of(chart.draw());
    }

    /** Differences of all methods from one; empty where none can be compared with it. */
    public static Optional<Markup> differences(Summary summary, int reference, int stem, int metric) {
        var chart = new DifferenceChart(summary, reference, stem, metric);
        return chart.isEmpty() ? Optional.empty() : Optional.of(chart.draw());
    }
}
