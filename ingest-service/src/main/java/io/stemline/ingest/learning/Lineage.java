package io.stemline.ingest.learning;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Where something comes from.
 *
 * @param id what was asked for
 * @param separations what it is, or is part of: for a track all of its separations, newest first; for a model none, as they are many
 * @param generations the models behind it, each followed by those that it was trained from
 * @param learnedFromBy the training runs that learned from the track or validated with it
 */
public record Lineage(
        String id, Kind kind, List<Separation> separations, List<Generation> generations, List<String> learnedFromBy) {

    /** What an id is the id of. */
    public enum Kind {
        STEM,
        SEPARATION,
        EVALUATION,
        TRACK,
        ENTRY,
        MODEL,
        RUN,
        REQUEST
    }

    /** What was made of a track. */
    public record Separation(
            String separationId,
            String trackId,
            String trackName,
            String modelId,
            String encoding,
            String worker,
            Instant createdAt,
            List<String> stems) {}

    /**
     * A model and how it came to be.
     *
     * @param model absent for a method without weights, and while it is trained
     * @param run absent for a model that came with the installation
     * @param request what the run answered
     * @param trial how the model did beside the active one
     */
    public record Generation(
            String modelId,
            Optional<ModelView> model,
            ModelView.Separated separated,
            Optional<RunView> run,
            Optional<RequestView> request,
            Optional<TrialView> trial) {}
}
