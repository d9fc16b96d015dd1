package io.stemline.ingest.tracks;

import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** Scores window by window. */
@Singleton
public final class ScoreCurves {
    private static final int MOST_POINTS = 2000;

    private final Jdbi database;

    ScoreCurves(Jdbi database) {
        this.database = database;
    }

    /**
     * A metric along a track.
     *
     * @param secondsPerPoint from one point to the next; more than a window's hop where neighbours had to be averaged
     * @param stems by stem, in dB; null where it is not defined
     */
    public record CurveView(String metric, double secondsPerPoint, Map<String, Double[]> stems) {}

    private record Frames(String stem, double hopSeconds, Double[] scores) {
        Frames(ResultSet row) throws SQLException {
            this(row.getString("stem"), row.getDouble("hop_seconds"), (Double[])
                    row.getArray("scores").getArray());
        }
    }

    /** Metrics that a separation has windows of. */
    public List<String> metrics(String separationId) {
        return database.withHandle(handle -> handle.createQuery("""
                        select distinct f.metric from evaluation_frame f join evaluation e using (evaluation_id)
                        where e.separation_id = :id order by f.metric
                        """)
                .bind("id", separationId)
                .mapTo(String.class)
                .list());
    }

    Optional<CurveView> curve(String separationId, String metric) {
        List<Frames> frames = database.withHandle(handle -> handle.createQuery("""
                        select f.stem, f.hop_seconds, f.scores from evaluation_frame f join evaluation e using (evaluation_id)
                        where e.separation_id = :id and f.metric = :metric
                              and e.created_at = (select max(created_at) from evaluation where separation_id = :id)
                        order by f.stem
                        """)
                .bind("id", separationId)
                .bind("metric", metric)
                .map((row, context) -> new Frames(row))
                .list());
        if (frames.isEmpty()) {
            return Optional.empty();
        }
        int windows = frames.stream().mapToInt(of -> of.scores().length).max().orElse(1);
        int together = (windows + MOST_POINTS - 1) / MOST_POINTS;
        var stems = new LinkedHashMap<String, Double[]>();
        frames.forEach(of -> stems.put(of.stem(), averaged(of.scores(), Math.max(1, together))));
        return Optional.of(
                new CurveView(metric, Math.max(1, together) * frames.getFirst().hopSeconds(), stems));
    }

    /** The mean of every {@code together} scores that are numbers. */
    private static Double[] averaged(Double[] scores, int together) {
        var averaged = new Double[(scores.length + together - 1) / together];
        for (int point = 0; point < averaged.length; point++) {
            double sum = 0;
            int count = 0;
            for (int n = point * together; n < Math.min(scores.length, (point + 1) * together); n++) {
                if (scores[n] != null && Double.isFinite(scores[n])) {
                    sum += scores[n];
                    count++;
                }
            }
            averaged[point] = count == 0 ? null : sum / count;
        }
        return averaged;
    }
}
