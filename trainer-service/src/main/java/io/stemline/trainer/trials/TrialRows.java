package io.stemline.trainer.trials;

import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Trials in the database. */
@Singleton
final class TrialRows {
    private static final String ENDED = """
            select trial_id from trial
            where state = 'OPEN'
              and not exists (select 1 from batch_item i
                              where i.batch_id = trial.batch_id and i.state not in ('DONE', 'FAILED'))
            order by created_at
            """;

    /** An entry that failed, or has no scores of the metric, is one row without a stem. */
    private static final String SCORES = """
            select i.track_id, i.name, i.model_id, i.state, s.stem, s.value
            from batch_item i
                 left join evaluation_score s on s.evaluation_id = i.evaluation_id and s.metric = :metric
                           and i.state = 'DONE'
            where i.batch_id = :batchId
            order by i.position
            """;

    /** A trial that is not decided yet. */
    record OpenTrial(
            String trialId,
            String candidateId,
            String activeId,
            Optional<String> requestId,
            String batchId,
            String metric) {}

    /** Open trials all of whose entries have ended, the oldest first. */
    List<String> ended(Jdbi database) {
        return database.withHandle(
                handle -> handle.createQuery(ENDED).mapTo(String.class).list());
    }

    /** An open trial for this transaction alone; empty if another has it, or has decided. */
    Optional<OpenTrial> lock(Handle transaction, String trialId) {
        return transaction
                .createQuery("select * from trial where trial_id = :id and state = 'OPEN' for update skip locked")
                .bind("id", trialId)
                .map((row, context) -> new OpenTrial(
                        row.getString("trial_id"),
                        row.getString("candidate_id"),
                        row.getString("active_id"),
                        Optional.ofNullable(row.getString("request_id")),
                        row.getString("batch_id"),
                        row.getString("metric")))
                .findOne();
    }

    TrialScores scores(Handle transaction, OpenTrial trial, List<String> stems) {
        Map<String, TrialScores.Track> tracks = new LinkedHashMap<>();
        transaction
                .createQuery(SCORES)
                .bind("metric", trial.metric())
                .bind("batchId", trial.batchId())
                .map((row, context) -> {
                    String trackId = row.getString("track_id");
                    TrialScores.Track track = tracks.get(trackId);
                    Map<String, Double> candidate = new TreeMap<>(track == null ? Map.of() : track.candidate());
                    Map<String, Double> active = new TreeMap<>(track == null ? Map.of() : track.active());
                    String stem = row.getString("stem");
                    if (stem != null) {
                        boolean own = row.getString("model_id").equals(trial.candidateId());
                        (own ? candidate : active).put(stem, row.getDouble("value"));
                    }
                    tracks.put(trackId, new TrialScores.Track(trackId, row.getString("name"), candidate, active));
                    return trackId;
                })
                .list();
        return new TrialScores(stems, List.copyOf(tracks.values()));
    }

    void end(Handle transaction, OpenTrial trial, boolean promoted, String reason, String figures) {
        transaction
                .createUpdate("""
                        update trial set state = :state, reason = :reason, figures = :figures::jsonb,
                                         decided_at = clock_timestamp()
                        where trial_id = :id
                        """)
                .bind("state", promoted ? "PROMOTED" : "REFUSED")
                .bind("reason", reason)
                .bind("figures", figures)
                .bind("id", trial.trialId())
                .execute();
    }
}
