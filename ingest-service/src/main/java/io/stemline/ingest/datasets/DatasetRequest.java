package io.stemline.ingest.datasets;

import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What a client sends to have tracks with true stems join a data set. */
@Schema(description = "Tracks with true stems to learn from and to judge by")
public record DatasetRequest(
        @Schema(description = "What the data set is called; tracks join it if it is there", examples = "musdb18-hq")
        String name,

        @Schema(
                description =
                        "Absolute path of a folder of MUSDB tracks or .stem.mp4 files, or of a Spleeter table (.csv)",
                examples = "/music/musdb18hq")
        String path,

        @Schema(description = "Where the paths of a table start; its own folder where absent")
        Optional<String> audioRoot) {}
