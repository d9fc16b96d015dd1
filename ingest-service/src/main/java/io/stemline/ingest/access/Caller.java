package io.stemline.ingest.access;

/**
 * Who makes a request.
 *
 * @param name the name of the key
 */
record Caller(String name, Role role) {}
