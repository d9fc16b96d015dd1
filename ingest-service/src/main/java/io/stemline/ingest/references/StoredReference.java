package io.stemline.ingest.references;

/**
 * A true stem of a track in the object store.
 *
 * @param stream which of the object's audio streams it is, from 0
 * @param sha256 hash of the object
 */
public record StoredReference(String stem, String object, int stream, String sha256) {}
