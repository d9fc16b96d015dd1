package io.stemline.ingest.settings;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The settings of ingest-service. */
@ConfigMapping(prefix = "stemline.ingest")
public interface IngestConfig {

    /** How many files are checked and stored at the same time. */
    @WithDefault("2")
    int threads();

    /** Where uploaded files wait until they are stored. */
    Path uploads();

    /** The largest file that can be uploaded. */
    @WithDefault("4G")
    MemorySize uploadLimit();

    /** How many uploads may wait to be stored. */
    @WithDefault("10000")
    int uploadsWaiting();

    /** The largest body of any other request: a manifest of some hundred thousand tracks. */
    @WithDefault("64M")
    MemorySize requestLimit();

    /**
     * The folders that files may be submitted from, and what is below them. Where nothing is set: all, on a service that is open to this
     * machine alone; else none.
     */
    Optional<List<Path>> roots();
}
