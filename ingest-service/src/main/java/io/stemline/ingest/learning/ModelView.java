package io.stemline.ingest.learning;

import io.stemline.registry.Promotion;
import io.stemline.registry.RegisteredModel;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A model of the registry as the API shows it.
 *
 * @param active whether it separates where nobody asks for another one
 * @param reason why it is in its state, where somebody decided
 * @param parentModelId the model that it was trained from
 * @param runId the training run that made it
 * @param separated what was made with it
 */
public record ModelView(
        String modelId,
        RegisteredModel.State state,
        boolean active,
        Optional<String> reason,
        Optional<String> parentModelId,
        Optional<String> runId,
        String weightsSha256,
        Instant createdAt,
        Separated separated) {

    static ModelView of(RegisteredModel model, boolean active, Separated separated) {
        return new ModelView(
                model.modelId(),
                model.state(),
                active,
                model.reason(),
                model.parentModelId(),
                model.runId(),
                model.weightsSha256(),
                model.createdAt(),
                separated);
    }

    /** How much was separated with a model, and when the first time and the last. */
    public record Separated(long tracks, long separations, Optional<Instant> first, Optional<Instant> last) {}

    /**
     * The models there are.
     *
     * @param active the model that separates where nobody asks for another one; it may be one without a package, and not be listed
     */
    public record All(Optional<String> active, List<ModelView> models) {}

    /**
     * A model with its history.
     *
     * @param trial how it did beside the active model
     * @param promotions when it was made active, newest first
     */
    public record Whole(ModelView model, Optional<TrialView> trial, List<Promotion> promotions) {}
}
