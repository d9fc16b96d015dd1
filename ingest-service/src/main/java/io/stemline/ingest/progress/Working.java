package io.stemline.ingest.progress;

import java.time.Instant;

/**
 * An entry that somebody works on right now.
 *
 * @param stage {@code separating}, {@code evaluating} and so on
 * @param fraction done of this stage, 0 to 1
 * @param at when this was said
 */
public record Working(String itemId, String service, String stage, double fraction, Instant at) {}
