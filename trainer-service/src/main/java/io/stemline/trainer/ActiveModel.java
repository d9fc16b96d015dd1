package io.stemline.trainer;

import io.stemline.registry.Promotions;
import io.stemline.registry.RegisteredModel;
import io.stemline.registry.Slots;
import io.stemline.service.LearningConfig;
import jakarta.inject.Singleton;
import org.jdbi.v3.core.Handle;

/** Which model separates where nobody asks for another one: the one promoted last, or that of the configuration, as the separators have it. */
@Singleton
public final class ActiveModel {
    private final String configured;

    ActiveModel(LearningConfig config) {
        configured = config.models()
                .active()
                .orElseThrow(() -> new IllegalStateException(
                        "stemline.models.active: is missing; name the model that separates until one is promoted"));
    }

    /** Its id. */
    public String id(Handle handle) {
        return Promotions.active(handle, Slots.DEFAULT)
                .map(RegisteredModel::modelId)
                .orElse(configured);
    }
}
