package io.stemline.reports.figures;

import io.stemline.reports.scores.MethodKind;
import io.stemline.reports.scores.ScoreTable;
import io.stemline.statistics.Bootstrap;
import io.stemline.statistics.BoxPlot;
import io.stemline.statistics.Interval;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * Every method, stem and metric in figures: museval's aggregation, which is the median over a track's windows and then the median
 * over tracks, with bootstrap intervals over tracks. The same table gives the same summary.
 */
public final class Summary {
    /** Of the intervals. */
    public static final double CONFIDENCE = 0.95;

    private static final long SEED = 20_261_121;
    private static final List<String> MAIN_METRICS = List.of("SDR", "SI-SDR", "SNR");

    private final ScoreTable table;
    private final Cell[] cells;
    private final List<Integer> ranked;

    public Summary(ScoreTable table) {
        this.table = table;
        int perMethod = table.stems().size() * table.metrics().size();
        this.cells = IntStream.range(0, table.methods().size() * perMethod)
                .parallel()
                .mapToObj(i -> cellOf(
                        i / perMethod,
                        i % perMethod / table.metrics().size(),
                        i % table.metrics().size()))
                .toArray(Cell[]::new);
        this.ranked = IntStream.range(0, table.methods().size())
                .boxed()
                .sorted(Comparator.comparingDouble(this::rankFigure).reversed())
                .toList();
    }

    private Cell cellOf(int method, int stem, int metric) {
        double[] tracks = table.medians(method, stem, metric);
        return new Cell(tracks, BoxPlot.of(tracks), Bootstrap.medianOf(tracks, CONFIDENCE, SEED));
    }

    /** The mean over stems of the main metric's medians; the least of all figures where there is none. */
    private double rankFigure(int method) {
        return mainMetric().stream()
                .flatMap(metric -> IntStream.range(0, table.stems().size())
                        .mapToObj(stem -> cell(method, stem, metric).median().estimate()))
                .filter(Double::isFinite)
                .mapToDouble(Double::doubleValue)
                .average()
                .orElse(Double.NEGATIVE_INFINITY);
    }

    public ScoreTable table() {
        return table;
    }

    public Cell cell(int method, int stem, int metric) {
        return cells[(method * table.stems().size() + stem) * table.metrics().size() + metric];
    }

    /** The metric that methods are ranked by: SDR where there is one. Empty if nothing was scored. */
    public Optional<Integer> mainMetric() {
        return MAIN_METRICS.stream()
                .filter(table.metrics()::contains)
                .findFirst()
                .or(() -> table.metrics().stream().findFirst())
                .map(table.metrics()::indexOf);
    }

    /** Methods from best to worst by the mean over stems of the main metric's medians. */
    public List<Integer> ranked() {
        return ranked;
    }

    /** The best median of a kind of methods. */
    public OptionalDouble best(MethodKind kind, int stem, int metric) {
        return IntStream.range(0, table.methods().size())
                .filter(method -> table.methods().get(method).kind() == kind)
                .mapToDouble(method -> cell(method, stem, metric).median().estimate())
                .filter(Double::isFinite)
                .max();
    }

    /** The median over tracks of a method's figure minus another's, of the tracks that have both. */
    public Interval difference(int method, int other, int stem, int metric) {
        return Bootstrap.medianOfDifferences(
                cell(method, stem, metric).tracks(), cell(other, stem, metric).tracks(), CONFIDENCE, SEED);
    }

    /** A track's figure over all stems: their mean, as ranks of tracks need one figure. NaN where no stem has one. */
    public double overStems(int method, int track, int metric) {
        return IntStream.range(0, table.stems().size())
                .mapToDouble(stem -> table.median(method, track, stem, metric))
                .filter(Double::isFinite)
                .average()
                .orElse(Double.NaN);
    }
}
