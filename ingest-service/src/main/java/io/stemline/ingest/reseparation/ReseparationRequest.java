package io.stemline.ingest.reseparation;

import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What a client sends to have tracks separated again: either a model or tracks. */
@Schema(description = "Tracks to separate again: either those older than a model, or those named")
public record ReseparationRequest(
        @Schema(
                description = "All tracks whose newest stems come from a model that was active before this one",
                examples = "unet-2")
        Optional<String> olderThan,

        @Schema(description = "The ids of the tracks") List<String> tracks,

        @Schema(description = "The model to use; the active one where absent")
        Optional<String> modelId) {

    public ReseparationRequest {
        tracks = tracks == null ? List.of() : List.copyOf(tracks);
    }
}
