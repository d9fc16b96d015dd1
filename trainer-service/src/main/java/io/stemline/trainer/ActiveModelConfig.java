package io.stemline.trainer;

import io.smallrye.config.ConfigMapping;

/** The model that separates before any was promoted. */
@ConfigMapping(prefix = "stemline.models")
public interface ActiveModelConfig {

    /** Its id, as the separators have it. */
    String active();
}
