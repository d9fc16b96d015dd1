package io.stemline.events;

import java.util.List;

/**
 * A policy, or a person, asks for a better model.
 *
 * @param modelId the model to improve
 * @param policy which policy asks
 * @param reason the sentence that says why
 * @param evidence ids of the evaluations behind it
 */
public record RetrainingRequested(String requestId, String modelId, String policy, String reason, List<String> evidence)
        implements Event {

    public RetrainingRequested {
        evidence = evidence == null ? List.of() : List.copyOf(evidence);
    }

    @Override
    public String key() {
        return modelId;
    }
}
