package io.stemline.cli.catalogue;

import java.util.List;
import java.util.Optional;

/**
 * Somebody's wish for a better model.
 *
 * @param policy which policy asked, or {@code person}
 * @param outcome what became of it, once it is closed
 */
public record RetrainingRequest(
        String requestId,
        String modelId,
        String policy,
        String reason,
        List<String> evidence,
        String createdAt,
        Optional<String> closedAt,
        Optional<String> outcome,
        List<Joined> joined,
        Optional<String> runId) {

    public record Joined(String policy, String reason, List<String> evidence) {}

    /** A request, and whether it was open before somebody asked. */
    public record Asked(RetrainingRequest request, boolean joined) {}
}
