package io.stemline.trainer.runs;

import io.stemline.trainer.TrainerConfig;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementContext;

/** Runs in the database, and who works on them. */
@Singleton
final class RunRows {
    private static final String INSERT = """
            insert into training_run (run_id, request_id, candidate_id, parent_model_id, configuration, dataset_sha256,
                                      code_version, seed, state, reason, worker, steps, ended_at)
            values (:runId, :requestId, :candidateId, :parent,
                    :configuration::jsonb || jsonb_strip_nulls(jsonb_build_object('fromScratch', :fromScratch::text)), :dataset, :codeVersion, :seed, :state,
                    :reason, :worker, :steps, case when :state = 'FAILED' then now() end)
            on conflict (request_id) do nothing
            """;

    /** Why a run starts at random weights stands beside its settings, which do not know of it. */
    private static final String SELECT = """
            select *, configuration - 'fromScratch' as settings, configuration ->> 'fromScratch' as from_scratch
            from training_run where request_id = :requestId
            """;

    private final Jdbi database;
    private final Duration lease;
    private final String worker;

    RunRows(Jdbi database, TrainerConfig config) {
        this.database = database;
        this.lease = config.lease();
        // Two trainers on one machine are two.
        this.worker =
                "%s-%s".formatted(config.worker(), UUID.randomUUID().toString().substring(0, 8));
    }

    Optional<Run> ofRequest(String requestId) {
        return database.withHandle(handle -> handle.createQuery(SELECT)
                .bind("requestId", requestId)
                .map(RunRows::run)
                .findOne());
    }

    /** Writes a run that begins, with its tracks. One of that request is there already: nothing changes, and this is false. */
    boolean begin(Handle transaction, Run run, List<RunTrack> tracks) {
        int written = transaction
                .createUpdate(INSERT)
                .bind("runId", run.runId())
                .bind("requestId", run.requestId())
                .bind("candidateId", run.candidateId())
                .bind("parent", run.parentModelId())
                .bind("configuration", run.configuration())
                .bind("fromScratch", run.fromScratch())
                .bind("dataset", run.datasetSha256())
                .bind("codeVersion", run.codeVersion())
                .bind("seed", run.seed())
                .bind("state", run.state())
                .bind("reason", run.reason())
                .bind("worker", worker)
                .bind("steps", run.steps())
                .execute();
        if (written == 0) {
            return false;
        }
        for (RunTrack track : tracks) {
            transaction
                    .createUpdate("""
                            insert into training_run_track (run_id, track_id, split, references_sha256)
                            values (:runId, :trackId, :split, :references)
                            """)
                    .bind("runId", run.runId())
                    .bind("trackId", track.trackId())
                    .bind("split", track.split())
                    .bind("references", track.referencesSha256())
                    .execute();
        }
        return true;
    }

    /** Takes a run that has not ended: this trainer's own, or one whose trainer has not been heard of for too long. */
    boolean take(String runId) {
        return database.withHandle(handle -> handle.createUpdate("""
                        update training_run set worker = :worker, changed_at = clock_timestamp()
                        where run_id = :runId and state in ('PREPARING', 'TRAINING')
                          and (worker = :worker or changed_at < clock_timestamp() - :lease * interval '1 millisecond')
                        """)
                        .bind("worker", worker)
                        .bind("runId", runId)
                        .bind("lease", lease.toMillis())
                        .execute()
                == 1);
    }

    /** Lets others take the run at once. */
    void giveBack(String runId) {
        database.useHandle(handle -> handle.createUpdate("""
                        update training_run set changed_at = to_timestamp(0)
                        where run_id = :runId and worker = :worker and state in ('PREPARING', 'TRAINING')
                        """)
                .bind("runId", runId)
                .bind("worker", worker)
                .execute());
    }

    /**
     * Says that this trainer is at work, and how far.
     *
     * @throws LeaseLostException if the run is another trainer's by now
     */
    void progress(String runId, Run.State state, long step, Optional<Double> validationDb, List<RunPoint> points) {
        database.useTransaction(transaction -> {
            int own = transaction
                    .createUpdate("""
                            update training_run
                            set state = :state, step = greatest(step, :step), changed_at = clock_timestamp(),
                                validation_db = coalesce(:validationDb, validation_db)
                            where run_id = :runId and worker = :worker and state in ('PREPARING', 'TRAINING')
                            """)
                    .bind("state", state)
                    .bind("step", step)
                    .bind("validationDb", validationDb)
                    .bind("runId", runId)
                    .bind("worker", worker)
                    .execute();
            if (own == 0) {
                throw new LeaseLostException(runId);
            }
            points.forEach(point -> insert(transaction, runId, point));
        });
    }

    private static void insert(Handle transaction, String runId, RunPoint point) {
        transaction
                .createUpdate("""
                        insert into training_run_point (run_id, step, loss, validation_db, seconds)
                        values (:runId, :step, :loss, :validationDb, :seconds)
                        on conflict (run_id, step) do update
                        set loss = excluded.loss, validation_db = excluded.validation_db, seconds = excluded.seconds
                        """)
                .bind("runId", runId)
                .bind("step", point.step())
                .bind("loss", point.loss())
                .bind("validationDb", point.validationDb())
                .bind("seconds", point.seconds())
                .execute();
    }

    /**
     * Ends a run.
     *
     * @throws LeaseLostException if it is another trainer's by now
     */
    void end(Handle transaction, String runId, Run.State state, Optional<String> reason) {
        int own = transaction
                .createUpdate("""
                        update training_run set state = :state, reason = :reason, changed_at = clock_timestamp(),
                                                ended_at = clock_timestamp()
                        where run_id = :runId and worker = :worker and state in ('PREPARING', 'TRAINING')
                        """)
                .bind("state", state)
                .bind("reason", reason)
                .bind("runId", runId)
                .bind("worker", worker)
                .execute();
        if (own == 0) {
            throw new LeaseLostException(runId);
        }
    }

    private static Run run(ResultSet row, StatementContext context) throws SQLException {
        return new Run(
                row.getString("run_id"),
                row.getString("request_id"),
                row.getString("candidate_id"),
                row.getString("parent_model_id"),
                row.getString("settings"),
                row.getString("dataset_sha256"),
                row.getString("code_version"),
                row.getLong("seed"),
                row.getLong("steps"),
                Run.State.valueOf(row.getString("state")),
                Optional.ofNullable(row.getString("reason")),
                Optional.ofNullable(row.getString("from_scratch")));
    }
}
