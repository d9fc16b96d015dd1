package io.stemline.trainer.runs;

/**
 * A stem or a mixture that a run learns from.
 *
 * @param object key in the object store
 * @param stream which of the file's audio streams, from 0
 * @param sha256 of the file when the run was fixed
 */
record RunFile(String object, int stream, String sha256) {}
