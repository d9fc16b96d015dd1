package io.stemline.ingest.references;

import io.stemline.ingest.batches.Submission.ReferenceFile;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What a client sends to give a track its true stems. */
@Schema(description = "True stems of a track: a folder of them, or files one by one")
public record ReferenceRequest(
        @Schema(
                description = "Absolute path of a folder with an audio file for each stem, named after it",
                examples = "/music/stems/a-song")
        Optional<String> folder,

        @Schema(description = "The stems one by one, with absolute paths")
        List<ReferenceFile> references) {

    public ReferenceRequest {
        references = references == null ? List.of() : List.copyOf(references);
    }
}
