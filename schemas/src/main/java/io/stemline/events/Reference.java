package io.stemline.events;

/**
 * A true stem of a track.
 *
 * @param stem name of the stem
 * @param object key of its audio file in the object store
 * @param stream which of the file's audio streams it is, from 0; more than 0 only in containers of several, as {@code .stem.mp4}
 */
public record Reference(String stem, String object, int stream) {}
