package io.stemline.ingest.learning;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Optional;

/**
 * A candidate beside the active model, on the same tracks.
 *
 * @param batchId the batch of their separations
 * @param reason what the gate said, once it decided
 * @param figures by which it decided
 */
public record TrialView(
        String trialId,
        String candidateId,
        String activeId,
        String batchId,
        String metric,
        String state,
        Optional<String> reason,
        Optional<JsonNode> figures,
        Instant createdAt,
        Optional<Instant> decidedAt) {}
