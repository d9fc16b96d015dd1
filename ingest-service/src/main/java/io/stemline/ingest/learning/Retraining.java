package io.stemline.ingest.learning;

import com.fasterxml.jackson.core.type.TypeReference;
import io.stemline.ingest.learning.RequestView.Joined;
import io.stemline.registry.Split;
import io.stemline.service.JsonColumns;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** Requests and runs in the database. */
@Singleton
final class Retraining {
    private static final String SELECT_REQUESTS = """
            select r.*, run.run_id,
                   (select jsonb_agg(jsonb_build_object('policy', policy, 'reason', reason, 'evidence', evidence)
                                     order by created_at)
                    from joined_request j where j.request_id = r.request_id) as joined
            from retraining_request r left join training_run run using (request_id)
            where :requestId::text is null or r.request_id = :requestId
            order by r.created_at desc
            limit :limit
            """;

    private static final String SELECT_RUNS = """
            select r.*, configuration - 'fromScratch' as settings, configuration ->> 'fromScratch' as from_scratch,
                   (select count(*) from training_run_track t where t.run_id = r.run_id and t.split = 'TRAIN')
                       as training_tracks,
                   (select count(*) from training_run_track t where t.run_id = r.run_id and t.split = 'VALIDATION')
                       as validation_tracks,
                   (select array_agg(distinct dataset order by dataset)
                    from training_run_track t join dataset_track d using (track_id) where t.run_id = r.run_id) as datasets
            from training_run r
            where :runId::text is null or r.run_id = :runId
            order by r.started_at desc
            limit :limit
            """;

    private final JsonColumns json;

    Retraining(JsonColumns json) {
        this.json = json;
    }

    /** The newest requests, newest first. */
    List<RequestView> requests(Handle handle, int limit) {
        return requests(handle, null, limit);
    }

    Optional<RequestView> request(Handle handle, String requestId) {
        return requests(handle, requestId, 1).stream().findFirst();
    }

    private List<RequestView> requests(Handle handle, String requestId, int limit) {
        return handle.createQuery(SELECT_REQUESTS)
                .bind("requestId", requestId)
                .bind("limit", limit)
                .map(this::request)
                .list();
    }

    private RequestView request(ResultSet row, StatementContext context) throws SQLException {
        return new RequestView(
                row.getString("request_id"),
                row.getString("model_id"),
                row.getString("policy"),
                row.getString("reason"),
                json.list(row, "evidence", new TypeReference<List<String>>() {}),
                RegisteredModels.instant(row, "created_at").orElseThrow(),
                RegisteredModels.instant(row, "closed_at"),
                Optional.ofNullable(row.getString("outcome")),
                json.list(row, "joined", new TypeReference<List<Joined>>() {}),
                Optional.ofNullable(row.getString("run_id")));
    }

    /** The newest runs, newest first. */
    List<RunView> runs(Handle handle, int limit) {
        return runs(handle, null, limit);
    }

    Optional<RunView> run(Handle handle, String runId) {
        return runs(handle, runId, 1).stream().findFirst();
    }

    /** The run that makes, or made, a model. */
    Optional<RunView> runOf(Handle handle, String candidateId) {
        return handle.createQuery("select run_id from training_run where candidate_id = :id")
                .bind("id", candidateId)
                .mapTo(String.class)
                .findOne()
                .flatMap(runId -> run(handle, runId));
    }

    RunView.Whole whole(Handle handle, RunView run) {
        return new RunView.Whole(
                run,
                handle.createQuery("select * from training_run_point where run_id = :runId order by step")
                        .bind("runId", run.runId())
                        .map((row, context) -> new RunView.Point(
                                row.getLong("step"),
                                row.getDouble("loss"),
                                row.getDouble("validation_db"),
                                row.getDouble("seconds")))
                        .list());
    }

    /** What a run learned from and chose by. */
    List<RunView.Track> tracks(Handle handle, String runId, int limit) {
        return handle.createQuery("""
                        select track_id, t.name, r.split, references_sha256
                        from training_run_track r join track t using (track_id)
                        where run_id = :runId
                        order by r.split, t.name, track_id
                        limit :limit
                        """)
                .bind("runId", runId)
                .bind("limit", limit)
                .map((row, context) -> new RunView.Track(
                        row.getString("track_id"),
                        row.getString("name"),
                        Split.valueOf(row.getString("split")),
                        row.getString("references_sha256")))
                .list();
    }

    private List<RunView> runs(Handle handle, String runId, int limit) {
        return handle.createQuery(SELECT_RUNS)
                .bind("runId", runId)
                .bind("limit", limit)
                .map(this::run)
                .list();
    }

    private RunView run(ResultSet row, StatementContext context) throws SQLException {
        return new RunView(
                row.getString("run_id"),
                row.getString("request_id"),
                row.getString("candidate_id"),
                row.getString("parent_model_id"),
                Optional.ofNullable(row.getString("from_scratch")),
                row.getString("state"),
                Optional.ofNullable(row.getString("reason")),
                row.getLong("step"),
                row.getLong("steps"),
                Optional.ofNullable(row.getObject("validation_db", Double.class)),
                new RunView.Data(
                        row.getString("dataset_sha256"),
                        row.getInt("training_tracks"),
                        row.getInt("validation_tracks"),
                        JsonColumns.texts(row, "datasets")),
                json.tree(row, "settings").orElseThrow(),
                row.getString("code_version"),
                row.getLong("seed"),
                row.getString("worker"),
                RegisteredModels.instant(row, "started_at").orElseThrow(),
                RegisteredModels.instant(row, "ended_at"));
    }
}
