package io.stemline.ingest.intake;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;

/** The settings of ingest-service. */
@ConfigMapping(prefix = "stemline.ingest")
public interface IngestConfig {

    /** How many files are checked and stored at the same time. */
    @WithDefault("2")
    int threads();

    /** Where uploaded files wait until they are stored. */
    Path uploads();
}
