package io.stemline.training.datasets;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Tracks that lie anywhere, each with its split.
 *
 * @param name what people call them together
 */
public record TrackList(String name, List<Entry> entries) {

    /**
     * A file with audio.
     *
     * @param stream which of the file's audio streams, from 0
     */
    public record Audio(Path file, int stream) {}

    /**
     * A track.
     *
     * @param stems those that are known, by label
     */
    public record Entry(Split split, String name, Audio mixture, Map<String, Audio> stems) {
        public Entry {
            stems = Map.copyOf(stems);
        }
    }

    public TrackList {
        entries = List.copyOf(entries);
    }

    /** The stems that any of the tracks has, sorted. */
    public List<String> labels() {
        return entries.stream()
                .flatMap(entry -> entry.stems().keySet().stream())
                .distinct()
                .sorted()
                .toList();
    }
}
