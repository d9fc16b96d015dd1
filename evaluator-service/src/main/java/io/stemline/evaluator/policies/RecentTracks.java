package io.stemline.evaluator.policies;

import io.stemline.evaluator.policies.Policy.Figure;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * What policies look at. Of each track the last evaluation of a model counts, and only where somebody wanted the track separated: what
 * was separated for a trial alone does not.
 */
final class RecentTracks {
    private static final String EVALUATIONS = """
            from evaluation e join separation s using (separation_id)
            where s.model_id = :modelId
              and (not exists (select 1 from batch_item i where i.separation_id = s.separation_id)
                   or exists (select 1 from batch_item i join batch b using (batch_id)
                              where i.separation_id = s.separation_id and b.purpose in ('SEPARATION', 'RESEPARATION')))
              and not exists (select 1 from separation s2 join evaluation e2 using (separation_id)
                              where s2.track_id = s.track_id and s2.model_id = s.model_id
                                and (e2.created_at, e2.evaluation_id) > (e.created_at, e.evaluation_id))
            """;

    /** The accompaniment is the other stems once more. */
    private static final String SCORED = """
            select * from (
                select e.evaluation_id, e.created_at,
                       (select avg(value) from evaluation_score v
                        where v.evaluation_id = e.evaluation_id and v.metric = :metric and v.value <> 'NaN'
                          and (v.stem = :stem or :stem::text is null and v.stem <> 'accompaniment')) as value
                %s) as scored
            where value is not null
            order by created_at desc, evaluation_id desc
            limit :limit
            """.formatted(EVALUATIONS);

    private static final String CHECKED = """
            select e.evaluation_id,
                   exists (select 1 from jsonb_array_elements(e.checks) c where not (c ->> 'passed')::boolean) as fails
            %s
            order by e.created_at desc, e.evaluation_id desc
            limit :limit
            """.formatted(EVALUATIONS);

    private static final String NEW_REFERENCES = """
            select distinct track_id
            from reference_stem join track using (track_id)
            where split <> 'SET_ASIDE'
              and added_at > coalesce((select max(started_at) from training_run where state <> 'FAILED'), '-infinity')
            """;

    private static final String LAST_REQUEST =
            "select coalesce((select max(created_at) from retraining_request), (select min(added_at) from reference_stem)) as at";

    private RecentTracks() {}

    /** A track's score. */
    record Scored(String evaluationId, double valueDb) {}

    /** Whether a track's stems fail a check. */
    record Checked(String evaluationId, boolean fails) {}

    /** The scores of the model's last tracks that have references, the last first. */
    static List<Scored> scored(Handle handle, String modelId, Figure figure, int atMost) {
        return handle.createQuery(SCORED)
                .bind("modelId", modelId)
                .bind("metric", figure.metric())
                .bind("stem", figure.stem())
                .bind("limit", atMost)
                .map((row, context) -> new Scored(row.getString("evaluation_id"), row.getDouble("value")))
                .list();
    }

    /** The checks of the model's last tracks, the last first. */
    static List<Checked> checked(Handle handle, String modelId, int atMost) {
        return handle.createQuery(CHECKED)
                .bind("modelId", modelId)
                .bind("limit", atMost)
                .map((row, context) -> new Checked(row.getString("evaluation_id"), row.getBoolean("fails")))
                .list();
    }

    /** Tracks that got references, or others, since the last training run began. */
    static List<String> newReferences(Handle handle) {
        return handle.createQuery(NEW_REFERENCES).mapTo(String.class).list();
    }

    /** When the last request was made; before the first, when the first reference came. */
    static Optional<Instant> lastRequest(Handle handle) {
        return handle.createQuery(LAST_REQUEST)
                .map((row, context) -> Optional.ofNullable(row.getObject("at", OffsetDateTime.class)))
                .one()
                .map(OffsetDateTime::toInstant);
    }
}
