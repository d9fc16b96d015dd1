package io.stemline.events;

import java.util.List;

/**
 * True stems of a track lie in the object store: its separations can be scored against them, and models can learn from them.
 *
 * @param trackId SHA-256 of the audio file, 64 hexadecimal digits
 * @param references at least one; a stem that had a reference before has this one from now on
 */
public record ReferencesReady(String trackId, List<Reference> references) implements Event {

    public ReferencesReady {
        references = List.copyOf(references);
    }

    @Override
    public String key() {
        return trackId;
    }
}
