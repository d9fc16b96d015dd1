package io.stemline.trainer.runs;

import io.stemline.registry.Split;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.commons.codec.digest.DigestUtils;

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
        return DigestUtils.sha256Hex(references.entrySet().stream()
                .map(reference -> "%s %s %d\n"
                        .formatted(reference.getKey(), reference.getValue().sha256(), reference.getValue().stream()))
                .collect(Collectors.joining()));
    }

    /** One hash of all tracks, whatever their order. */
    static String sha256Of(List<RunTrack> tracks) {
        return DigestUtils.sha256Hex(tracks.stream()
                .map(track -> "%s %s %s\n".formatted(track.trackId(), track.split(), track.referencesSha256()))
                .sorted()
                .collect(Collectors.joining()));
    }
}
