package io.stemline.service;

import io.stemline.events.Origin;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** How far the entries of batches are. Every method works inside the caller's transaction; without an origin there is no entry. */
public final class ItemStates {
    private ItemStates() {}

    public static void separated(Handle transaction, Optional<Origin> origin, String trackId, String separationId) {
        origin.ifPresent(entry -> transaction
                .createUpdate("""
                        update batch_item
                        set state = 'SEPARATED', reason = null, track_id = :trackId, separation_id = :separationId,
                            changed_at = clock_timestamp()
                        where item_id = :itemId
                        """)
                .bind("trackId", trackId)
                .bind("separationId", separationId)
                .bind("itemId", entry.itemId())
                .execute());
    }

    public static void evaluated(Handle transaction, Optional<Origin> origin, String evaluationId) {
        origin.ifPresent(entry -> transaction
                .createUpdate("""
                        update batch_item
                        set state = 'DONE', reason = null, evaluation_id = :evaluationId, changed_at = clock_timestamp()
                        where item_id = :itemId
                        """)
                .bind("evaluationId", evaluationId)
                .bind("itemId", entry.itemId())
                .execute());
    }

    /** Another evaluation of a separation: the entries that show one show this one from now on. */
    public static void evaluatedAgain(Handle transaction, String separationId, String evaluationId) {
        transaction
                .createUpdate("""
                        update batch_item set evaluation_id = :evaluationId, changed_at = clock_timestamp()
                        where separation_id = :separationId and evaluation_id <> :evaluationId
                        """)
                .bind("separationId", separationId)
                .bind("evaluationId", evaluationId)
                .execute();
    }

    /** The end of an entry that is only taken in, and not separated. */
    public static void stored(Handle transaction, String itemId, String trackId) {
        transaction
                .createUpdate("""
                        update batch_item
                        set state = 'DONE', reason = null, track_id = :trackId, changed_at = clock_timestamp()
                        where item_id = :itemId
                        """)
                .bind("trackId", trackId)
                .bind("itemId", itemId)
                .execute();
    }

    public static void failed(Handle transaction, String itemId, String reason) {
        transaction
                .createUpdate("""
                        update batch_item set state = 'FAILED', reason = :reason, changed_at = clock_timestamp()
                        where item_id = :itemId
                        """)
                .bind("reason", reason)
                .bind("itemId", itemId)
                .execute();
    }

    /**
     * The end of an entry by a dead letter. Where a slow worker finished it all the same, after another had given it up, it has its
     * result and stays done.
     */
    public static void givenUp(Handle transaction, String itemId, String reason) {
        transaction
                .createUpdate("""
                        update batch_item set state = 'FAILED', reason = :reason, changed_at = clock_timestamp()
                        where item_id = :itemId and state <> 'DONE'
                        """)
                .bind("reason", reason)
                .bind("itemId", itemId)
                .execute();
    }

    public static void queued(Handle transaction, String itemId, String trackId) {
        transaction
                .createUpdate("""
                        update batch_item
                        set state = 'QUEUED', reason = null, track_id = :trackId, changed_at = clock_timestamp()
                        where item_id = :itemId
                        """)
                .bind("trackId", trackId)
                .bind("itemId", itemId)
                .execute();
    }
}
