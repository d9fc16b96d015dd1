package io.stemline.reports.museval;

import io.stemline.reports.scores.Windows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The scores of one track as they are read from a file. */
final class MusevalTrack {
    private final Map<String, Target> targets = new LinkedHashMap<>();

    /** What is odd about the file, though it is used. */
    final List<String> twice = new ArrayList<>();

    Map<String, Target> targets() {
        return targets;
    }

    void add(String name, Target target) {
        if (targets.putIfAbsent(name, target) != null) {
            twice.add(name);
        }
    }

    /** The windows of one stem. */
    static final class Target {
        private final Map<String, Column> metrics = new LinkedHashMap<>();
        private int frames;
        private double firstTime = Double.NaN;
        private double secondTime = Double.NaN;
        private double duration = Double.NaN;

        int frames() {
            return frames;
        }

        void time(double time) {
            if (frames == 0) {
                firstTime = time;
            } else if (frames == 1) {
                secondTime = time;
            }
        }

        void duration(double seconds) {
            duration = frames == 0 ? seconds : duration;
        }

        void figure(String metric, double figure) {
            metrics.computeIfAbsent(metric, name -> new Column()).put(frames, figure);
        }

        void endFrame() {
            frames++;
        }

        /** Metrics and their figures, {@code [window]}; NaN where a window lacks the metric. */
        Map<String, double[]> figures() {
            var figures = new LinkedHashMap<String, double[]>();
            metrics.forEach((metric, column) -> figures.put(metric, column.filledUpTo(frames)));
            return figures;
        }

        /** Whether some window lacks a metric that others have. */
        boolean hasGaps() {
            return metrics.values().stream().anyMatch(column -> column.given != frames);
        }

        /** museval writes windows of a second where nothing else is said. */
        Windows windows() {
            double length = duration > 0 ? duration : 1;
            double hop = secondTime - firstTime;
            return new Windows(length, hop > 0 ? hop : length);
        }
    }

    private static final class Column {
        private double[] figures = new double[256];
        private int count;
        private int given;

        void put(int frame, double figure) {
            fillUpTo(frame);
            figures = frame == figures.length ? Arrays.copyOf(figures, 2 * frame) : figures;
            figures[frame] = figure;
            count = frame + 1;
            given++;
        }

        double[] filledUpTo(int frames) {
            fillUpTo(frames);
            return Arrays.copyOf(figures, frames);
        }

        private void fillUpTo(int frames) {
            if (frames > figures.length) {
                figures = Arrays.copyOf(figures, 2 * frames);
            }
            while (count < frames) {
                figures[count++] = Double.NaN;
            }
        }
    }
}
