package io.stemline.events;

import java.util.Optional;

/**
 * A model became the active one. The topic is compacted on the slot, so that whoever starts later knows the active model.
 *
 * @param slot what the model is active for; {@code default} for every track that does not ask for another
 * @param modelId the model that is active from now on
 * @param previousModelId the one that it takes over from
 * @param packagePrefix where its package lies in the object store
 * @param weightsSha256 hash of its weights
 * @param reason the sentence that says why
 */
public record ModelPromoted(
        String slot,
        String modelId,
        Optional<String> previousModelId,
        String packagePrefix,
        String weightsSha256,
        String reason)
        implements Event {

    @Override
    public String key() {
        return slot;
    }
}
