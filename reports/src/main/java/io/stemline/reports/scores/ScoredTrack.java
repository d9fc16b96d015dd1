package io.stemline.reports.scores;

/**
 * A recording that methods were tried on.
 *
 * @param id what no other track has
 * @param name what people call it
 */
public record ScoredTrack(String id, String name) {}
