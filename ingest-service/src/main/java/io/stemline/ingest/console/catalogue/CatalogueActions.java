package io.stemline.ingest.console.catalogue;

import io.stemline.audio.Encoding;
import io.stemline.events.AudioReady;
import io.stemline.events.ContentIds;
import io.stemline.events.EventType;
import io.stemline.events.Origin;
import io.stemline.events.Reference;
import io.stemline.ingest.batches.BatchView;
import io.stemline.ingest.batches.Batches;
import io.stemline.ingest.console.catalogue.CatalogueQuery.Condition;
import io.stemline.ingest.deadletters.DeadLetterActions;
import io.stemline.ingest.intake.Intake;
import io.stemline.ingest.problems.ProblemException;
import io.stemline.pipeline.events.OutgoingEvent;
import io.stemline.pipeline.outbox.Outbox;
import io.stemline.pipeline.outbox.OutboxRelay;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** What can be done with entries of the catalogue. Each action is one transaction, but for dead letters, which are one each. */
@Singleton
final class CatalogueActions {
    private static final int AT_ONCE = 20_000;

    /** Each track once, in the order in which it was submitted first. */
    private static final String TRACKS = """
            select * from (
                select distinct on (t.track_id) t.*, i.name as item_name,
                       coalesce(i.title, t.title) as said_title, coalesce(i.artist, t.artist) as said_artist,
                       coalesce(i.album, t.album) as said_album, coalesce(i.isrc, t.isrc) as said_isrc, i.path,
                       i.batch_id, i.position
                from batch_item i join track t using (track_id)
                where i.item_id in (select item_id from batch_item where %s)
                order by t.track_id, i.batch_id, i.position) selected
            order by batch_id, position limit :limit
            """;

    private static final String INSERT_ITEM = """
            insert into batch_item (item_id, batch_id, position, path, name, title, artist, album, isrc, model_id, encoding,
                                    state, track_id)
            values (:itemId, :batchId, :position, :path, :name, :title, :artist, :album, :isrc, :modelId, :encoding,
                    'QUEUED', :trackId)
            """;

    /** Whatever failed and has no open dead letter: without a track it is looked at again, with one it is announced again. */
    private static final String FAILED = """
            select i.item_id, i.batch_id, i.model_id, i.encoding, i.track_id, d.dead_letter_id
            from batch_item i left join lateral (
                select dead_letter_id from dead_letter
                where item_id = i.item_id and retried_at is null and dropped_at is null
                order by created_at desc limit 1) d on true
            where i.state = 'FAILED' and i.item_id in (select item_id from batch_item where %s)
            order by i.batch_id, i.position limit :limit
            """;

    private final Jdbi database;
    private final Batches batches;
    private final DeadLetterActions deadLetters;
    private final Outbox outbox;
    private final OutboxRelay relay;
    private final Intake intake;

    CatalogueActions(
            Jdbi database,
            Batches batches,
            DeadLetterActions deadLetters,
            Outbox outbox,
            OutboxRelay relay,
            Intake intake) {
        this.database = database;
        this.batches = batches;
        this.deadLetters = deadLetters;
        this.outbox = outbox;
        this.relay = relay;
        this.intake = intake;
    }

    /** How an announced track is to be separated. */
    private record Order(Origin origin, AudioReady.Wish wish) {}

    /** An entry that failed, and what is known of why. */
    private record Failed(String itemId, Order order, Optional<String> trackId, Optional<String> deadLetterId) {
        Failed(ResultSet row) throws SQLException {
            this(
                    row.getString("item_id"),
                    new Order(
                            new Origin(row.getString("batch_id"), row.getString("item_id")),
                            new AudioReady.Wish(
                                    Optional.ofNullable(row.getString("model_id")), row.getString("encoding"))),
                    Optional.ofNullable(row.getString("track_id")),
                    Optional.ofNullable(row.getString("dead_letter_id")));
        }
    }

    /**
     * Has the tracks of the selected entries separated by another model, as a new batch. Tracks are not taken in again: they are in
     * the store.
     */
    BatchView separateWith(Selection selection, String modelId, String encoding) throws SQLException {
        if (Encoding.spelled(encoding).isEmpty()) {
            throw ProblemException.malformed("stems cannot be written as '%s'".formatted(encoding));
        }
        var wish = new AudioReady.Wish(Optional.of(modelId), encoding);
        Condition condition = selection.condition();
        String batchId = batches.newBatchId();
        database.<SQLException>useTransaction(transaction -> {
            List<SelectedTrack> tracks = transaction
                    .createQuery(TRACKS.formatted(condition.sql()))
                    .bindMap(condition.values())
                    .bind("limit", AT_ONCE + 1)
                    .map((row, context) -> new SelectedTrack(row))
                    .list();
            requireSome(tracks.size(), "none of the selected entries has a track that can be separated");
            transaction.execute(
                    "insert into batch (batch_id, name) values (?, ?)",
                    batchId,
                    "%d tracks with %s".formatted(tracks.size(), modelId));
            for (int position = 0; position < tracks.size(); position++) {
                var order = new Order(new Origin(batchId, batchId + "-" + position), wish);
                insert(transaction, tracks.get(position), order, position);
                announce(
                        transaction, tracks.get(position), order, order.origin().itemId());
            }
        });
        relay.nudge();
        return batches.find(batchId).orElseThrow();
    }

    private static void insert(Handle transaction, SelectedTrack track, Order order, int position) {
        transaction
                .createUpdate(INSERT_ITEM)
                .bind("itemId", order.origin().itemId())
                .bind("batchId", order.origin().batchId())
                .bind("position", position)
                .bind("path", track.path())
                .bind("name", track.name())
                .bind("title", track.tags().title())
                .bind("artist", track.tags().artist())
                .bind("album", track.tags().album())
                .bind("isrc", track.tags().isrc())
                .bind("modelId", order.wish().modelId())
                .bind("encoding", order.wish().encoding())
                .bind("trackId", track.trackId())
                .execute();
    }

    private void announce(Handle transaction, SelectedTrack track, Order order, String fact) throws SQLException {
        List<Reference> references = transaction
                .createQuery("select stem, object, stream from reference_stem where track_id = :trackId order by stem")
                .bind("trackId", track.trackId())
                .map((row, context) ->
                        new Reference(row.getString("stem"), row.getString("object"), row.getInt("stream")))
                .list();
        var event = new AudioReady(
                track.trackId(),
                track.object(),
                track.name(),
                track.audio(),
                track.tags(),
                references,
                order.wish(),
                Optional.of(order.origin()));
        outbox.add(
                transaction.getConnection(), new OutgoingEvent(event, ContentIds.event(EventType.AUDIO_READY, fact)));
    }

    /** Tries again those of the selected entries that failed, and returns how many these are. */
    int retry(Selection selection) throws InterruptedException, SQLException {
        Condition condition = selection.condition();
        List<Failed> failed = database.withHandle(handle -> handle.createQuery(FAILED.formatted(condition.sql()))
                .bindMap(condition.values())
                .bind("limit", AT_ONCE + 1)
                .map((row, context) -> new Failed(row))
                .list());
        requireSome(Math.max(1, failed.size()), "");
        for (Failed entry : failed) {
            if (entry.deadLetterId().isPresent()) {
                deadLetters.retry(entry.deadLetterId().get());
            } else {
                database.<SQLException>useTransaction(transaction -> again(transaction, entry));
            }
        }
        intake.wake();
        relay.nudge();
        return failed.size();
    }

    private void again(Handle transaction, Failed entry) throws SQLException {
        transaction
                .createUpdate("""
                        update batch_item set reason = null, changed_at = clock_timestamp(), state = :state
                        where item_id = :itemId and state = 'FAILED'
                        """)
                .bind("state", entry.trackId().isPresent() ? "QUEUED" : "RECEIVED")
                .bind("itemId", entry.itemId())
                .execute();
        if (entry.trackId().isPresent()) {
            var condition = new Selection.Items(List.of(entry.itemId())).condition();
            SelectedTrack track = transaction
                    .createQuery(TRACKS.formatted(condition.sql()))
                    .bindMap(condition.values())
                    .bind("limit", 1)
                    .map((row, context) -> new SelectedTrack(row))
                    .one();
            // Another id than the first time: services pass over an event that they have processed.
            announce(transaction, track, entry.order(), entry.itemId() + " again " + System.currentTimeMillis());
        }
    }

    private static void requireSome(int selected, String ifNone) {
        if (selected == 0) {
            throw ProblemException.unusable("nothing-selected", ifNone);
        }
        if (selected > AT_ONCE) {
            throw ProblemException.unusable(
                    "too-much-at-once",
                    "more than %d entries at once are too many: narrow the selection down".formatted(AT_ONCE));
        }
    }
}
