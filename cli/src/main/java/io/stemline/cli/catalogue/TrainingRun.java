package io.stemline.cli.catalogue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/**
 * The making of a candidate.
 *
 * @param parentModelId the model that it is to be better than
 * @param fromScratch why it starts at random weights, where it does not start at those of that model
 * @param state {@code PREPARING}, {@code TRAINING}, {@code TRAINED} or {@code FAILED}
 */
public record TrainingRun(
        String runId,
        String requestId,
        String candidateId,
        String parentModelId,
        Optional<String> fromScratch,
        String state,
        Optional<String> reason,
        long step,
        long steps,
        Optional<Double> validationDb,
        Data data,
        JsonNode configuration,
        String codeVersion,
        long seed,
        String worker,
        String startedAt,
        Optional<String> endedAt) {

    /** What it learns from. */
    public record Data(String sha256, int trainingTracks, int validationTracks, List<String> datasets) {}

    /** Validation at a step. */
    public record Point(long step, double loss, double validationDb, double seconds) {}

    public record Whole(TrainingRun run, List<Point> points) {}
}
