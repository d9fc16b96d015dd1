package io.stemline.ingest.references;

import java.util.Optional;

/**
 * A true stem of a track in the object store.
 *
 * @param stream which of the object's audio streams it is, from 0
 * @param sha256 hash of the object
 * @param sound hash of what it sounds like; absent for silence, and where the track's own hash tells enough
 */
public record StoredReference(String stem, String object, int stream, String sha256, Optional<String> sound) {}
