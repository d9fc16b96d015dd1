package io.stemline.trainer.runs;

import io.stemline.registry.Split;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A track that a run learns from, or chooses by.
 *
 * @param trackId SHA-256 of the mixture
 * @param name what people call it
 * @param references true stems by name
 */
record RunTrack(String trackId, String name, Split split, RunFile mixture, Map<String, RunFile> references) {

    RunTrack {
        references = new TreeMap<>(references);
    }

    /** One hash of all references, whatever their order. */
    String referencesSha256() {
        return Sha256.ofLines(references.entrySet().stream()
                .map(reference -> "%s %s %d"
                        .formatted(reference.getKey(), reference.getValue().sha256(), reference.getValue().stream()))
                .toList());
    }

    /** One hash of all tracks, whatever their order. */
    static String sha256Of(List<RunTrack> tracks) {
        return Sha256.ofLines(tracks.stream()
                .map(track -> "%s %s %s".formatted(track.trackId(), track.split(), track.referencesSha256()))
                .sorted()
                .toList());
    }
}
