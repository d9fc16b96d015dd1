package io.stemline.service;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** The settings that services share which take part in making better models. */
@ConfigMapping(prefix = "stemline")
public interface LearningConfig {

    Models models();

    Retraining retraining();

    interface Models {
        /** The model that separates until the first promotion. */
        Optional<String> active();
    }

    interface Retraining {
        /** How long after a request was closed no other is opened, but by a person who insists. */
        @WithDefault("24h")
        Duration coolDown();
    }
}
