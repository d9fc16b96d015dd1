package io.stemline.registry;

import java.time.Instant;
import java.util.Optional;

/**
 * A model whose package lies in the object store.
 *
 * @param packagePrefix the package's files are the objects below it; ends with a slash
 * @param parentModelId the model that it was trained from
 * @param runId the training run that made it; absent for a model that came with the installation
 * @param reason why it is in its state, where somebody decided
 */
public record RegisteredModel(
        String modelId,
        String packagePrefix,
        String weightsSha256,
        Optional<String> parentModelId,
        Optional<String> runId,
        State state,
        Optional<String> reason,
        Instant createdAt) {

    /** What became of it. */
    public enum State {
        /** Came with the installation. */
        INSTALLED,
        /** Trained, and not yet decided on. */
        CANDIDATE,
        /** Is, or was, active. */
        PROMOTED,
        /** Was not better. */
        REFUSED
    }
}
