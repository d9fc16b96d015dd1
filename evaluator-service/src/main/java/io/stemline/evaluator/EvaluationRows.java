package io.stemline.evaluator;

import com.fasterxml.jackson.core.type.TypeReference;
import io.stemline.evaluation.StemFrames;
import io.stemline.events.ContentIds;
import io.stemline.events.EvaluationCompleted;
import io.stemline.events.Reference;
import io.stemline.events.StemsReady;
import io.stemline.service.ItemStates;
import io.stemline.service.JsonColumns;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Evaluations in the database. */
@Singleton
final class EvaluationRows {
    private static final String INSERT_EVALUATION = """
            insert into evaluation (evaluation_id, separation_id, protocol, checks, warnings, seconds)
            values (:evaluationId, :separationId, :protocol, :checks::jsonb, :warnings, :seconds)
            on conflict (evaluation_id) do nothing
            """;

    private static final String INSERT_SCORE = """
            insert into evaluation_score (evaluation_id, stem, metric, value) values (:evaluationId, :stem, :metric, :value)
            on conflict (evaluation_id, stem, metric) do nothing
            """;

    private static final String INSERT_FRAMES = """
            insert into evaluation_frame (evaluation_id, stem, metric, window_seconds, hop_seconds, scores)
            values (:evaluationId, :stem, :metric, :windowSeconds, :hopSeconds, :scores)
            on conflict (evaluation_id, stem, metric) do nothing
            """;

    private final Jdbi database;
    private final JsonColumns json;
    private final ReferenceRows references;

    EvaluationRows(Jdbi database, JsonColumns json, ReferenceRows references) {
        this.database = database;
        this.json = json;
        this.references = references;
    }

    /** The separation as it was announced, but for references that came, or changed, since. */
    StemsReady withNewestReferences(StemsReady said) {
        return new StemsReady(
                said.trackId(),
                said.separationId(),
                said.modelId(),
                said.mixture(),
                said.stems(),
                said.manifest(),
                said.seconds(),
                database.withHandle(handle -> references.newest(handle, said.trackId(), said.references())),
                said.origin());
    }

    /** The scores and checks of an evaluation, where it was made before. */
    Optional<Evaluation> find(String evaluationId) {
        return database.withHandle(handle -> handle.createQuery(
                        "select checks, warnings, seconds from evaluation where evaluation_id = :id")
                .bind("id", evaluationId)
                .map((row, context) -> new Evaluation(
                        scores(handle, evaluationId),
                        List.of(),
                        json.list(row, "checks", new TypeReference<List<EvaluationCompleted.Check>>() {}),
                        JsonColumns.texts(row, "warnings"),
                        row.getDouble("seconds")))
                .findOne());
    }

    private static List<EvaluationCompleted.Score> scores(Handle handle, String evaluationId) {
        return handle.createQuery("select stem, metric, value from evaluation_score where evaluation_id = :id")
                .bind("id", evaluationId)
                .map((row, context) -> new EvaluationCompleted.Score(
                        row.getString("stem"), row.getString("metric"), row.getDouble("value")))
                .list();
    }

    /**
     * Writes an evaluation; what is there already stays as it is. The entries of its separation show it from now on, unless references
     * came while it was made, and the evaluation against those is there already. Works inside the caller's transaction.
     *
     * @param against the references that it was made with
     */
    void write(Handle transaction, EvaluationCompleted completed, List<Reference> against, Evaluation evaluation) {
        String evaluationId = completed.evaluationId();
        transaction
                .createUpdate(INSERT_EVALUATION)
                .bind("evaluationId", evaluationId)
                .bind("separationId", completed.separationId())
                .bind("protocol", completed.protocol())
                .bind("checks", json.write(evaluation.checks()))
                .bind("warnings", evaluation.warnings().toArray(String[]::new))
                .bind("seconds", evaluation.seconds())
                .execute();
        for (EvaluationCompleted.Score score : evaluation.scores()) {
            transaction
                    .createUpdate(INSERT_SCORE)
                    .bind("evaluationId", evaluationId)
                    .bind("stem", score.stem())
                    .bind("metric", score.metric())
                    .bind("value", score.value())
                    .execute();
        }
        for (StemFrames frames : evaluation.frames()) {
            transaction
                    .createUpdate(INSERT_FRAMES)
                    .bind("evaluationId", evaluationId)
                    .bind("stem", frames.stem())
                    .bind("metric", frames.metric())
                    .bind("windowSeconds", frames.windowSeconds())
                    .bind("hopSeconds", frames.hopSeconds())
                    .bind("scores", frames.values())
                    .execute();
        }
        String newest = newest(transaction, completed, against);
        ItemStates.evaluated(transaction, completed.origin(), newest);
        ItemStates.evaluatedAgain(transaction, completed.separationId(), newest);
    }

    private String newest(Handle transaction, EvaluationCompleted completed, List<Reference> against) {
        String againstNewest = ContentIds.evaluation(
                completed.separationId(),
                completed.protocol(),
                references.newest(transaction, completed.trackId(), against));
        return transaction
                .createQuery("select evaluation_id from evaluation where evaluation_id = :id")
                .bind("id", againstNewest)
                .mapTo(String.class)
                .findOne()
                .orElse(completed.evaluationId());
    }
}
