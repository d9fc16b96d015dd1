package io.stemline.ingest.learning;

import io.stemline.ingest.learning.Lineage.Separation;
import io.stemline.ingest.learning.ModelView.Separated;
import io.stemline.registry.Models;
import io.stemline.registry.Promotions;
import io.stemline.registry.RegisteredModel;
import io.stemline.registry.Slots;
import io.stemline.service.JsonColumns;
import io.stemline.service.LearningConfig;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** The models in the database, as people want to see them. */
@Singleton
final class RegisteredModels {
    private static final String COUNT_SEPARATIONS = """
            select count(distinct track_id) as tracks, count(*) as separations, min(created_at) as first, max(created_at) as last
            from separation where model_id = :modelId
            """;

    private static final String SELECT_SEPARATIONS = """
            select s.*, t.name as track_name,
                   (select array_agg(object order by position) from stem where stem.separation_id = s.separation_id) as stems
            from separation s join track t using (track_id)
            where %s
            order by s.created_at desc, s.separation_id
            limit :limit
            """;
    private static final int ALL = Integer.MAX_VALUE;

    private final JsonColumns json;
    private final Optional<String> configured;

    RegisteredModels(JsonColumns json, LearningConfig config) {
        this.json = json;
        this.configured = config.models().active();
    }

    /** Id of the active model: the one promoted last, or the one of the configuration. */
    Optional<String> active(Handle handle) {
        return Promotions.active(handle, Slots.DEFAULT)
                .map(RegisteredModel::modelId)
                .or(() -> configured);
    }

    ModelView.All all(Handle handle) {
        return new ModelView.All(
                active(handle),
                Models.all(handle).stream().map(model -> view(handle, model)).toList());
    }

    Optional<ModelView> find(Handle handle, String modelId) {
        return Models.find(handle, modelId).map(model -> view(handle, model));
    }

    ModelView.Whole whole(Handle handle, ModelView model) {
        return new ModelView.Whole(
                model,
                trial(handle, model.modelId()),
                Promotions.history(handle, Slots.DEFAULT).stream()
                        .filter(promotion -> promotion.modelId().equals(model.modelId()))
                        .toList());
    }

    Separated separated(Handle handle, String modelId) {
        return handle.createQuery(COUNT_SEPARATIONS)
                .bind("modelId", modelId)
                .map((row, context) -> new Separated(
                        row.getLong("tracks"), row.getLong("separations"), instant(row, "first"), instant(row, "last")))
                .one();
    }

    /** What a model separated last, newest first. */
    List<Separation> separations(Handle handle, String modelId, int limit) {
        return separations(handle, "s.model_id = :id", modelId, limit);
    }

    /** All separations of a track, newest first. */
    List<Separation> separationsOfTrack(Handle handle, String trackId) {
        return separations(handle, "s.track_id = :id", trackId, ALL);
    }

    /** A separation; empty if there is none of this id. */
    List<Separation> separation(Handle handle, String separationId) {
        return separations(handle, "s.separation_id = :id", separationId, ALL);
    }

    private static List<Separation> separations(Handle handle, String condition, String id, int limit) {
        return handle.createQuery(SELECT_SEPARATIONS.formatted(condition))
                .bind("id", id)
                .bind("limit", limit)
                .map((row, context) -> new Separation(
                        row.getString("separation_id"),
                        row.getString("track_id"),
                        row.getString("track_name"),
                        row.getString("model_id"),
                        row.getString("encoding"),
                        row.getString("worker"),
                        instant(row, "created_at").orElseThrow(),
                        JsonColumns.texts(row, "stems")))
                .list();
    }

    /** The newest trials, newest first. */
    List<TrialView> trials(Handle handle, int limit) {
        return handle.createQuery("select * from trial order by created_at desc, trial_id limit :limit")
                .bind("limit", limit)
                .map(this::trial)
                .list();
    }

    /** The last trial of a candidate. */
    Optional<TrialView> trial(Handle handle, String candidateId) {
        return handle.createQuery("select * from trial where candidate_id = :id order by created_at desc limit 1")
                .bind("id", candidateId)
                .map(this::trial)
                .findOne();
    }

    private ModelView view(Handle handle, RegisteredModel model) {
        boolean active = active(handle).filter(model.modelId()::equals).isPresent();
        return ModelView.of(model, active, separated(handle, model.modelId()));
    }

    private TrialView trial(ResultSet row, StatementContext context) throws SQLException {
        return new TrialView(
                row.getString("trial_id"),
                row.getString("candidate_id"),
                row.getString("active_id"),
                row.getString("batch_id"),
                row.getString("metric"),
                row.getString("state"),
                Optional.ofNullable(row.getString("reason")),
                json.tree(row, "figures"),
                instant(row, "created_at").orElseThrow(),
                instant(row, "decided_at"));
    }

    static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }
}
