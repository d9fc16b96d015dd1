package io.stemline.ingest.learning;

import io.stemline.ingest.learning.ModelScores.Difference;
import io.stemline.ingest.learning.ModelScores.Score;
import jakarta.inject.Singleton;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * Medians over the tracks that a model was scored on: of each track the newest evaluation that has scores, and of the tracks the
 * newest {@value #MOST_TRACKS}, so that a model which separated a whole catalogue is looked up as fast as any.
 */
@Singleton
final class ScoreMedians {
    static final int MOST_TRACKS = 2000;

    private static final String NEWEST = """
            select track_id, evaluation_id
            from (select distinct on (s.track_id) s.track_id, e.evaluation_id, e.created_at
                  from separation s join evaluation e using (separation_id)
                  where s.model_id = %s
                    and exists (select from evaluation_score score where score.evaluation_id = e.evaluation_id)
                  order by s.track_id, e.created_at desc) scored
            order by created_at desc
            limit :most
            """;

    private static final String SELECT_SCORES = """
            with newest as (%s)
            select metric, stem, count(*) as tracks, percentile_cont(0.5) within group (order by value) as median_db
            from newest join evaluation_score using (evaluation_id)
            where value <> 'NaN'
            group by metric, stem
            order by metric, stem
            """.formatted(NEWEST.formatted(":modelId"));

    private static final String SELECT_DIFFERENCES =
            """
            with own as (%s), parents as (%s)
            select o.metric, o.stem, count(*) as tracks,
                   percentile_cont(0.5) within group (order by o.value) as median_db,
                   percentile_cont(0.5) within group (order by p.value) as parent_median_db,
                   percentile_cont(0.5) within group (order by o.value - p.value) as difference_db
            from own join evaluation_score o using (evaluation_id)
                 join parents on parents.track_id = own.track_id
                 join evaluation_score p
                     on p.evaluation_id = parents.evaluation_id and p.stem = o.stem and p.metric = o.metric
            where o.value <> 'NaN' and p.value <> 'NaN'
            group by o.metric, o.stem
            order by o.metric, o.stem
            """.formatted(NEWEST.formatted(":modelId"), NEWEST.formatted(":parentId"));

    List<Score> scores(Handle handle, String modelId) {
        return handle.createQuery(SELECT_SCORES)
                .bind("modelId", modelId)
                .bind("most", MOST_TRACKS)
                .map((row, context) -> new Score(
                        row.getString("metric"),
                        row.getString("stem"),
                        row.getInt("tracks"),
                        row.getDouble("median_db")))
                .list();
    }

    List<Difference> differences(Handle handle, String modelId, String parentId) {
        return handle.createQuery(SELECT_DIFFERENCES)
                .bind("modelId", modelId)
                .bind("parentId", parentId)
                .bind("most", MOST_TRACKS)
                .map((row, context) -> new Difference(
                        row.getString("metric"),
                        row.getString("stem"),
                        row.getInt("tracks"),
                        row.getDouble("median_db"),
                        row.getDouble("parent_median_db"),
                        row.getDouble("difference_db")))
                .list();
    }
}
