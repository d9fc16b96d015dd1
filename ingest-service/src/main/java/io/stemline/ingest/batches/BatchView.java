package io.stemline.ingest.batches;

import java.time.Instant;
import java.util.Map;

/**
 * A batch as the API shows it.
 *
 * @param entries how many entries it has
 * @param states how many of them are in which state; states that nothing is in are left out
 */
public record BatchView(String batchId, String name, Instant createdAt, int entries, Map<ItemState, Integer> states) {

    public int inState(ItemState state) {
        return states.getOrDefault(state, 0);
    }

    /** Whether nothing will change any more. */
    public boolean isFinished() {
        return inState(ItemState.DONE) + inState(ItemState.FAILED) == entries;
    }
}
