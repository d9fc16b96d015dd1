package io.stemline.ingest.batches;

import io.stemline.events.AudioReady;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What a client sends to have files and folders separated. */
@Schema(description = "Files and folders to separate together")
public record BatchRequest(
        @Schema(description = "Absolute paths of audio files and of folders to search", examples = "/music/album")
        List<String> paths,

        @Schema(description = "What to call the batch; the first path where absent")
        Optional<String> name,

        @Schema(description = "The model to use; the active one where absent")
        Optional<String> modelId,

        @Schema(
                description = "How stems are written",
                enumeration = {"wav-16", "wav-24", "wav-float", "flac-16", "flac-24", "mp3", "aac"},
                defaultValue = "wav-float")
        Optional<String> encoding) {

    public BatchRequest {
        paths = paths == null ? List.of() : List.copyOf(paths);
    }

    AudioReady.Wish wish() {
        return Wishes.of(modelId, encoding);
    }
}
