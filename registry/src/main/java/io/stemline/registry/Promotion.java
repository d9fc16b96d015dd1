package io.stemline.registry;

import java.time.Instant;
import java.util.Optional;

/**
 * A change of the active model.
 *
 * @param previousModelId the model that was active before, where that is known
 */
public record Promotion(
        String slot,
        String modelId,
        Optional<String> previousModelId,
        DecidedBy decidedBy,
        String reason,
        Instant createdAt) {

    /** Who decided. */
    public enum DecidedBy {
        GATE,
        PERSON
    }
}
