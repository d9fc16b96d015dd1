package io.stemline.cli.catalogue;

import java.util.List;
import java.util.Optional;

/**
 * Where something comes from.
 *
 * @param kind what the id is the id of
 * @param generations the models behind it, each followed by those that it was trained from
 * @param learnedFromBy the training runs that used the track
 */
public record Lineage(
        String id,
        String kind,
        List<Separation> separations,
        List<Generation> generations,
        List<String> learnedFromBy) {

    /** What was made of a track. */
    public record Separation(
            String separationId,
            String trackId,
            String trackName,
            String modelId,
            String encoding,
            String worker,
            String createdAt,
            List<String> stems) {}

    /** A model and how it came to be. */
    public record Generation(
            String modelId,
            Optional<RegisteredModel> model,
            RegisteredModel.Separated separated,
            Optional<TrainingRun> run,
            Optional<RetrainingRequest> request,
            Optional<RegisteredModel.Trial> trial) {}
}
