package io.stemline.cli.catalogue;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Tracks that were submitted together.
 *
 * @param entries how many there are
 * @param states how many of them are in which state
 */
public record Batch(String batchId, String name, String createdAt, int entries, Map<String, Integer> states) {

    public Batch {
        states = states == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(states));
    }

    /** How many entries are done. */
    public int done() {
        return states.getOrDefault(Item.State.DONE.name(), 0);
    }

    /** How many entries failed. */
    public int failed() {
        return states.getOrDefault(Item.State.FAILED.name(), 0);
    }

    /** Whether nothing will change any more. */
    public boolean finished() {
        return done() + failed() == entries;
    }
}
