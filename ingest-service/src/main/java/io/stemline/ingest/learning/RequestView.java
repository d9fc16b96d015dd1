package io.stemline.ingest.learning;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A request for a better model as the API shows it.
 *
 * @param modelId the model to improve
 * @param policy which policy asked, or {@code person}
 * @param evidence ids of the evaluations behind it, and other facts in words
 * @param outcome what became of it, once it is closed
 * @param joined who else asked while it was open
 * @param runId the training run that answered it
 */
public record RequestView(
        String requestId,
        String modelId,
        String policy,
        String reason,
        List<String> evidence,
        Instant createdAt,
        Optional<Instant> closedAt,
        Optional<String> outcome,
        List<Joined> joined,
        Optional<String> runId) {

    public record Joined(String policy, String reason, List<String> evidence) {}
}
