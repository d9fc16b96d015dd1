package io.stemline.events;

import java.util.Optional;

/**
 * A training run ended with a candidate.
 *
 * @param modelId id of the candidate
 * @param parentModelId the model it goes on from, or is to replace
 * @param trainingRunId the run that made it
 * @param packagePrefix where its package lies in the object store
 * @param weightsSha256 hash of its weights
 */
public record ModelTrained(
        String modelId,
        Optional<String> parentModelId,
        String trainingRunId,
        String packagePrefix,
        String weightsSha256)
        implements Event {

    @Override
    public String key() {
        return modelId;
    }
}
