package io.stemline.reports.scores;

import io.stemline.statistics.Quantiles;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Scores by method, track, stem, metric and window. Figures lie one after the other in one array, a series (the windows of one
 * method, track, stem and metric) in one piece; what a method or a track lacks takes no room. Six million figures take 50 MB.
 *
 * <p>Methods, tracks, stems and metrics are named by their place in the lists. A series has one figure where the metric is one of
 * the whole track.
 */
public final class ScoreTable {
    private final List<Method> methods;
    private final List<ScoredTrack> tracks;
    private final List<String> stems;
    private final List<String> metrics;
    private final Windows[] windows;

    /** Keys of the series, ascending. */
    private final long[] keys;

    /** {@code [series]}: where its figures begin, and how many there are. */
    private final int[] starts;

    private final int[] counts;
    private final double[] figures;

    /** {@code [series]}: the median over its windows. */
    private final double[] medians;

    ScoreTable(ScoreTableBuilder builder) {
        this.methods = builder.methods.names();
        this.tracks = builder.tracks.names();
        this.stems = builder.stems.names().stream().sorted(ScoreOrder.OF_STEMS).toList();
        this.metrics =
                builder.metrics.names().stream().sorted(ScoreOrder.OF_METRICS).toList();
        this.figures = builder.figures;
        int[] stemPlaces =
                builder.stems.names().stream().mapToInt(stems::indexOf).toArray();
        int[] metricPlaces =
                builder.metrics.names().stream().mapToInt(metrics::indexOf).toArray();
        List<ScoreTableBuilder.Series> sorted = builder.series.stream()
                .sorted((a, b) -> Long.compare(key(a, stemPlaces, metricPlaces), key(b, stemPlaces, metricPlaces)))
                .toList();
        this.keys = sorted.stream()
                .mapToLong(series -> key(series, stemPlaces, metricPlaces))
                .toArray();
        this.starts = sorted.stream().mapToInt(ScoreTableBuilder.Series::start).toArray();
        this.counts = sorted.stream().mapToInt(ScoreTableBuilder.Series::count).toArray();
        this.windows = sorted.stream().map(ScoreTableBuilder.Series::windows).toArray(Windows[]::new);
        requireOnce();
        this.medians = IntStream.range(0, keys.length)
                .parallel()
                .mapToDouble(this::medianOf)
                .toArray();
    }

    private long key(ScoreTableBuilder.Series series, int[] stemPlaces, int[] metricPlaces) {
        return key(series.method(), series.track(), stemPlaces[series.stem()], metricPlaces[series.metric()]);
    }

    private long key(int method, int track, int stem, int metric) {
        return (((long) method * tracks.size() + track) * stems.size() + stem) * metrics.size() + metric;
    }

    private void requireOnce() {
        for (int i = 1; i < keys.length; i++) {
            if (keys[i] == keys[i - 1]) {
                long rest = keys[i] / metrics.size() / stems.size();
                throw new IllegalArgumentException("%s of %s by %s was added twice"
                        .formatted(
                                metrics.get((int) (keys[i] % metrics.size())),
                                tracks.get((int) (rest % tracks.size())).name(),
                                methods.get((int) (rest / tracks.size())).id()));
            }
        }
    }

    private double medianOf(int series) {
        double[] finite = Arrays.copyOfRange(figures, starts[series], starts[series] + counts[series]);
        for (int w = 0; w < finite.length; w++) {
            finite[w] = Double.isFinite(finite[w]) ? finite[w] : Double.NaN;
        }
        return Quantiles.median(finite);
    }

    public List<Method> methods() {
        return methods;
    }

    public List<ScoredTrack> tracks() {
        return tracks;
    }

    /** Stems in the field's order: vocals, drums, bass, other, then by name. */
    public List<String> stems() {
        return stems;
    }

    /** Metrics in the field's order: SDR, SIR, SAR, ISR, then those of whole tracks. */
    public List<String> metrics() {
        return metrics;
    }

    /** How many figures there are, those included that are not defined. */
    public long figureCount() {
        return Arrays.stream(counts).asLongStream().sum();
    }

    /** Whether there is nothing at all. */
    public boolean isEmpty() {
        return keys.length == 0;
    }

    /**
     * A track's figure in the field's way: the median over its windows. What is not defined or infinite is left out, as museval
     * leaves it out. NaN where nothing is left, or nothing was scored.
     */
    public double median(int method, int track, int stem, int metric) {
        int series = find(method, track, stem, metric);
        return series < 0 ? Double.NaN : medians[series];
    }

    /** {@link #median} of every track, {@code [track]}. */
    public double[] medians(int method, int stem, int metric) {
        return IntStream.range(0, tracks.size())
                .mapToDouble(track -> median(method, track, stem, metric))
                .toArray();
    }

    /** The windows of a series, in order; empty where there is none. */
    public double[] figures(int method, int track, int stem, int metric) {
        int series = find(method, track, stem, metric);
        return series < 0
                ? new double[0]
                : Arrays.copyOfRange(figures, starts[series], starts[series] + counts[series]);
    }

    /** All windows of all tracks, in no order, without what is undefined or infinite; empty for metrics of whole tracks. */
    public double[] allWindows(int method, int stem, int metric) {
        double[] all = new double[1024];
        int count = 0;
        for (int track = 0; track < tracks.size(); track++) {
            int series = find(method, track, stem, metric);
            if (series < 0 || windows[series].isWholeTrack()) {
                continue;
            }
            for (int i = starts[series]; i < starts[series] + counts[series]; i++) {
                if (Double.isFinite(figures[i])) {
                    all = count == all.length ? Arrays.copyOf(all, 2 * count) : all;
                    all[count++] = figures[i];
                }
            }
        }
        return Arrays.copyOf(all, count);
    }

    /** The windows that a series was taken over; those of a whole track where there is none. */
    public Windows windows(int method, int track, int stem, int metric) {
        int series = find(method, track, stem, metric);
        return series < 0 ? Windows.WHOLE_TRACK : windows[series];
    }

    /** Hears of every series, by method, track, stem and metric in this order. */
    public void forEachSeries(SeriesVisitor visitor) {
        for (int series = 0; series < keys.length; series++) {
            long key = keys[series];
            int metric = (int) (key % metrics.size());
            int stem = (int) (key / metrics.size() % stems.size());
            long rest = key / metrics.size() / stems.size();
            visitor.series(
                    (int) (rest / tracks.size()),
                    (int) (rest % tracks.size()),
                    stem,
                    metric,
                    windows[series],
                    Arrays.copyOfRange(figures, starts[series], starts[series] + counts[series]));
        }
    }

    /** Hears of series. */
    @FunctionalInterface
    public interface SeriesVisitor {
        void series(int method, int track, int stem, int metric, Windows windows, double[] figures);
    }

    private int find(int method, int track, int stem, int metric) {
        return Arrays.binarySearch(keys, key(method, track, stem, metric));
    }
}
