package io.stemline.ingest.problems;

/**
 * An RFC 9457 problem document.
 *
 * @param type {@code urn:stemline:problem:} and the code
 * @param title what kind of problem it is
 * @param status the HTTP status
 * @param detail the sentence for the one who asked
 */
public record Problem(String type, String title, int status, String detail) {}
