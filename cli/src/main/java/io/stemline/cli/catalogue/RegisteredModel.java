package io.stemline.cli.catalogue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/**
 * A model in the registry of a stack.
 *
 * @param state {@code INSTALLED}, {@code CANDIDATE}, {@code PROMOTED} or {@code REFUSED}
 * @param active whether it separates where nobody asks for another one
 */
public record RegisteredModel(
        String modelId,
        String state,
        boolean active,
        Optional<String> reason,
        Optional<String> parentModelId,
        Optional<String> runId,
        String weightsSha256,
        String createdAt,
        Separated separated) {

    /** How much was separated with a model. */
    public record Separated(long tracks, long separations, Optional<String> first, Optional<String> last) {}

    public record All(Optional<String> active, List<RegisteredModel> models) {}

    /** A model with its history. */
    public record Whole(RegisteredModel model, Optional<Trial> trial, List<Promotion> promotions) {}

    /** A candidate beside the active model, on the same tracks. */
    public record Trial(
            String trialId,
            String activeId,
            String batchId,
            String metric,
            String state,
            Optional<String> reason,
            Optional<JsonNode> figures,
            String createdAt) {}

    /** A change of the active model. */
    public record Promotion(
            String modelId, Optional<String> previousModelId, String decidedBy, String reason, String createdAt) {}
}
