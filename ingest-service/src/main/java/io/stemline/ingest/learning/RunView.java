package io.stemline.ingest.learning;

import com.fasterxml.jackson.databind.JsonNode;
import io.stemline.registry.Split;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A training run as the API shows it.
 *
 * @param candidateId the model that it makes
 * @param parentModelId the model that it is to be better than
 * @param fromScratch why it starts at random weights, where it does not start at those of that model
 * @param data what it learns from, as it was when the run began
 * @param reason why it failed, where it did
 * @param validationDb the best validation so far
 */
public record RunView(
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
        Instant startedAt,
        Optional<Instant> endedAt) {

    /**
     * @param sha256 hash of the list of all content hashes
     * @param datasets the data sets that tracks of it are in
     */
    public record Data(String sha256, int trainingTracks, int validationTracks, List<String> datasets) {}

    /**
     * A track that a run learned from, or chose weights by.
     *
     * @param referencesSha256 hash of its references as they were
     */
    public record Track(String trackId, String name, Split split, String referencesSha256) {}

    /** Validation at a step. */
    public record Point(long step, double loss, double validationDb, double seconds) {}

    /** A run with its course. */
    public record Whole(RunView run, List<Point> points) {}
}
