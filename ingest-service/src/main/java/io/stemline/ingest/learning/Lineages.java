package io.stemline.ingest.learning;

import io.stemline.ingest.learning.Lineage.Generation;
import io.stemline.ingest.learning.Lineage.Kind;
import io.stemline.ingest.learning.Lineage.Separation;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Follows anything that has an id back to where it comes from. */
@Singleton
final class Lineages {
    private final Jdbi database;
    private final RegisteredModels models;
    private final Retraining retraining;

    Lineages(Jdbi database, RegisteredModels models, Retraining retraining) {
        this.database = database;
        this.models = models;
        this.retraining = retraining;
    }

    /** Where something comes from; empty if nothing has this id. */
    Optional<Lineage> of(String id) {
        return database.inTransaction(handle -> Stream.of(Kind.values())
                .flatMap(kind -> of(handle, id, kind).stream())
                .findFirst());
    }

    private Optional<Lineage> of(Handle handle, String id, Kind kind) {
        return switch (kind) {
            case STEM ->
                text(handle, "select separation_id from stem where object = :id", id)
                        .map(separationId -> ofSeparation(handle, id, kind, separationId));
            case SEPARATION ->
                text(handle, "select separation_id from separation where separation_id = :id", id)
                        .map(separationId -> ofSeparation(handle, id, kind, separationId));
            case EVALUATION ->
                text(handle, "select separation_id from evaluation where evaluation_id = :id", id)
                        .map(separationId -> ofSeparation(handle, id, kind, separationId));
            case TRACK ->
                text(handle, "select track_id from track where track_id = :id", id)
                        .map(trackId -> ofSeparations(handle, id, kind, models.separationsOfTrack(handle, trackId)));
            case ENTRY ->
                text(handle, "select coalesce(separation_id, '') from batch_item where item_id = :id", id)
                        .map(separationId -> ofSeparation(handle, id, kind, separationId));
            case MODEL -> models.find(handle, id).map(model -> ofModel(handle, id, kind, id));
            case RUN -> retraining.run(handle, id).map(run -> ofModel(handle, id, kind, run.candidateId()));
            case REQUEST ->
                retraining
                        .request(handle, id)
                        .map(request -> ofModel(
                                handle,
                                id,
                                kind,
                                request.runId()
                                        .flatMap(runId -> retraining.run(handle, runId))
                                        .map(RunView::candidateId)
                                        .orElse(request.modelId())));
        };
    }

    private Lineage ofSeparation(Handle handle, String id, Kind kind, String separationId) {
        return ofSeparations(handle, id, kind, models.separation(handle, separationId));
    }

    private Lineage ofSeparations(Handle handle, String id, Kind kind, List<Separation> separations) {
        Map<String, Generation> generations = new LinkedHashMap<>();
        separations.forEach(separation -> follow(handle, separation.modelId(), generations));
        return new Lineage(
                id, kind, separations, List.copyOf(generations.values()), learnedFromBy(handle, kind, id, separations));
    }

    private Lineage ofModel(Handle handle, String id, Kind kind, String modelId) {
        Map<String, Generation> generations = new LinkedHashMap<>();
        follow(handle, modelId, generations);
        return new Lineage(id, kind, List.of(), List.copyOf(generations.values()), List.of());
    }

    /** The model and those that it was trained from, as far as they are not there yet. */
    private void follow(Handle handle, String youngest, Map<String, Generation> generations) {
        Optional<String> next = Optional.of(youngest);
        while (next.isPresent() && !generations.containsKey(next.get())) {
            Generation generation = generation(handle, next.get());
            generations.put(next.get(), generation);
            next = generation
                    .model()
                    .flatMap(ModelView::parentModelId)
                    .or(() -> generation
                            .run()
                            .filter(run -> run.fromScratch().isEmpty())
                            .map(RunView::parentModelId));
        }
    }

    private Generation generation(Handle handle, String modelId) {
        Optional<RunView> run = retraining.runOf(handle, modelId);
        return new Generation(
                modelId,
                models.find(handle, modelId),
                models.separated(handle, modelId),
                run,
                run.flatMap(made -> retraining.request(handle, made.requestId())),
                models.trial(handle, modelId));
    }

    private static List<String> learnedFromBy(Handle handle, Kind kind, String id, List<Separation> separations) {
        String trackId = kind == Kind.TRACK
                ? id
                : separations.stream().map(Separation::trackId).findFirst().orElse("");
        return handle.createQuery("select run_id from training_run_track where track_id = :trackId order by run_id")
                .bind("trackId", trackId)
                .mapTo(String.class)
                .list();
    }

    private static Optional<String> text(Handle handle, String sql, String id) {
        return handle.createQuery(sql).bind("id", id).mapTo(String.class).findOne();
    }
}
