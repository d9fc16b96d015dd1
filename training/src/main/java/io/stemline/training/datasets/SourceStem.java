package io.stemline.training.datasets;

import java.nio.file.Path;

/**
 * Where a stem is stored.
 *
 * @param stream which of the file's audio streams, from 0
 */
record SourceStem(Path file, int stream) {

    static SourceStem of(Path file) {
        return new SourceStem(file, 0);
    }

    static SourceStem of(TrackList.Audio audio) {
        return new SourceStem(audio.file(), audio.stream());
    }

    /** How messages name it. */
    String spelling() {
        String name = file.getFileName().toString();
        return stream == 0 ? name : name + " (stream " + stream + ")";
    }
}
