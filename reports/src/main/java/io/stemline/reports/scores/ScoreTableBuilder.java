package io.stemline.reports.scores;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Gathers series, in any order. */
public final class ScoreTableBuilder {
    final Places<Method> methods = new Places<>();
    final Places<ScoredTrack> tracks = new Places<>();
    final Places<String> stems = new Places<>();
    final Places<String> metrics = new Places<>();
    final List<Series> series = new ArrayList<>();
    double[] figures = new double[1024];
    private final Map<Windows, Windows> windowsSeen = new HashMap<>();
    private int used;

    record Series(int method, int track, int stem, int metric, Windows windows, int start, int count) {}

    /** Names and their places, in the order in which they came. */
    static final class Places<T> {
        private final Map<T, Integer> places = new HashMap<>();
        private final List<T> names = new ArrayList<>();

        int of(T name) {
            return places.computeIfAbsent(name, added -> {
                names.add(added);
                return names.size() - 1;
            });
        }

        List<T> names() {
            return List.copyOf(names);
        }
    }

    /** Makes a method known, which then has its place even if it has no scores. */
    public ScoreTableBuilder add(Method method) {
        methods.of(method);
        return this;
    }

    /** Adds the windows of one method, track, stem and metric. */
    public ScoreTableBuilder add(
            Method method, ScoredTrack track, String stem, String metric, Windows windows, double... windowFigures) {
        reserve(windowFigures.length);
        System.arraycopy(windowFigures, 0, figures, used, windowFigures.length);
        series.add(new Series(
                methods.of(method),
                tracks.of(track),
                stems.of(stem),
                metrics.of(metric),
                windowsSeen.computeIfAbsent(windows, seen -> seen),
                used,
                windowFigures.length));
        used += windowFigures.length;
        return this;
    }

    private void reserve(int more) {
        if (more > Integer.MAX_VALUE - 16 - used) {
            throw new IllegalArgumentException("more than %,d figures".formatted(Integer.MAX_VALUE - 16));
        }
        if (used + more > figures.length) {
            long wanted = Math.max((long) used + more, figures.length + figures.length / 2L);
            figures = Arrays.copyOf(figures, (int) Math.min(wanted, Integer.MAX_VALUE - 16));
        }
    }

    /**
     * The table.
     *
     * @throws IllegalArgumentException if a series was added twice
     */
    public ScoreTable build() {
        return new ScoreTable(this);
    }
}
