package io.stemline.reports.figures;

import io.stemline.statistics.BoxPlot;
import io.stemline.statistics.Interval;

/**
 * One method, stem and metric.
 *
 * @param tracks figures of the tracks, {@code [track]}; NaN where a track has none
 * @param box their box plot
 * @param median their median, and what it may as well have been
 */
public record Cell(double[] tracks, BoxPlot box, Interval median) {

    public Cell {
        tracks = tracks.clone();
    }

    @Override
    public double[] tracks() {
        return tracks.clone();
    }

    public boolean isEmpty() {
        return box.count() == 0;
    }
}
