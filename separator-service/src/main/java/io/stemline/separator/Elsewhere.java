package io.stemline.separator;

import io.stemline.events.AudioReady;
import io.stemline.events.Origin;
import org.jdbi.v3.core.Handle;

/**
 * Tracks that other systems announce belong to no batch here. They get one entry a separation in a batch of their own, so that
 * whoever looks at the catalogue finds everything that was separated.
 */
final class Elsewhere {
    private static final String BATCH = "elsewhere";
    private static final String NAME = "Announced by other systems";

    private Elsewhere() {}

    static Origin entryOf(String separationId) {
        return new Origin(BATCH, BATCH + "-" + separationId);
    }

    /** Writes the entry of a track if it is one of these and is not there yet. Works inside the caller's transaction. */
    static void writeEntry(Handle transaction, Origin origin, AudioReady track) {
        if (!origin.batchId().equals(BATCH)) {
            return;
        }
        // Writing the batch's row locks it until the transaction ends, so positions are given out one after the other.
        transaction.execute(
                "insert into batch (batch_id, name) values (?, ?) on conflict (batch_id) do update set name = excluded.name",
                BATCH,
                NAME);
        transaction
                .createUpdate("""
                        insert into batch_item (item_id, batch_id, position, path, name, model_id, encoding, state, track_id)
                        values (:itemId, :batchId,
                                (select coalesce(max(position) + 1, 0) from batch_item where batch_id = :batchId),
                                :object, :name, :modelId, :encoding, 'QUEUED', :trackId)
                        on conflict (item_id) do nothing
                        """)
                .bind("itemId", origin.itemId())
                .bind("batchId", BATCH)
                .bind("object", track.object())
                .bind("name", track.name())
                .bind("modelId", track.separation().modelId())
                .bind("encoding", track.separation().encoding())
                .bind("trackId", track.trackId())
                .execute();
    }
}
