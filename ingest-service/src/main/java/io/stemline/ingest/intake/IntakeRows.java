package io.stemline.ingest.intake;

import com.fasterxml.jackson.core.type.TypeReference;
import io.stemline.events.AudioReady;
import io.stemline.events.Origin;
import io.stemline.ingest.batches.Submission.ReferenceFile;
import io.stemline.registry.Split;
import io.stemline.service.JsonColumns;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** The rows that the intake takes and makes. Every method works inside the caller's transaction. */
@Singleton
final class IntakeRows {
    /** Not by position, too: all entries of a batch are equally old, and would be sorted, all of them, for each that is taken. */
    private static final String TAKE_OLDEST = """
            select batch_item.*, batch.dataset
            from batch_item join batch using (batch_id)
            where state = 'RECEIVED' and item_id <> all (:postponed)
            order by batch_item.created_at
            limit 1
            for update of batch_item skip locked
            """;

    private static final String INSERT_TRACK = """
            insert into track (track_id, object, name, container, sample_rate_hz, channels, length_frames,
                               title, artist, album, isrc, warnings)
            values (:trackId, :object, :name, :container, :sampleRateHz, :channels, :lengthFrames,
                    :title, :artist, :album, :isrc, :warnings)
            on conflict (track_id) do update
            set title = coalesce(track.title, excluded.title), artist = coalesce(track.artist, excluded.artist),
                album = coalesce(track.album, excluded.album), isrc = coalesce(track.isrc, excluded.isrc),
                warnings = excluded.warnings
            returning xmax = 0 as is_new
            """;

    private final JsonColumns json;

    IntakeRows(JsonColumns json) {
        this.json = json;
    }

    /**
     * Takes the entry that has waited longest; others pass over it until the transaction ends.
     *
     * @param postponed ids of entries that are not wanted now
     */
    Optional<ReceivedItem> take(Handle transaction, Set<String> postponed) {
        return transaction
                .createQuery(TAKE_OLDEST)
                .bind("postponed", postponed.toArray(String[]::new))
                .map((row, context) -> item(row))
                .findOne();
    }

    /** Marks an entry as failed that nobody has taken in meanwhile. */
    void giveUp(Handle transaction, String itemId, String reason) {
        transaction
                .createUpdate("""
                        update batch_item set state = 'FAILED', reason = :reason, changed_at = clock_timestamp()
                        where item_id = :itemId and state = 'RECEIVED'
                        """)
                .bind("reason", reason)
                .bind("itemId", itemId)
                .execute();
    }

    /** Files of entries that are yet to be taken in. */
    Set<Path> awaitedFiles(Handle handle) {
        return handle.createQuery("select path from batch_item where state = 'RECEIVED'")
                .map((row, context) -> Path.of(row.getString("path")))
                .collect(Collectors.toSet());
    }

    private ReceivedItem item(ResultSet row) throws SQLException {
        return new ReceivedItem(
                new Origin(row.getString("batch_id"), row.getString("item_id")),
                Path.of(row.getString("path")),
                row.getString("name"),
                new AudioReady.Tags(
                        Optional.ofNullable(row.getString("title")),
                        Optional.ofNullable(row.getString("artist")),
                        Optional.ofNullable(row.getString("album")),
                        Optional.ofNullable(row.getString("isrc"))),
                json.list(row, "reference_paths", new TypeReference<List<ReferenceFile>>() {}),
                new AudioReady.Wish(Optional.ofNullable(row.getString("model_id")), row.getString("encoding")),
                Optional.ofNullable(row.getString("dataset")),
                Optional.ofNullable(row.getString("split")).map(Split::valueOf));
    }

    /** Writes a track, or what is told anew of one that is there; whether it was not there. */
    boolean insert(Handle transaction, ReceivedItem item, StoredTrack track) {
        return transaction
                .createQuery(INSERT_TRACK)
                .bind("trackId", track.trackId())
                .bind("object", track.object())
                .bind("name", item.name())
                .bind("container", track.probe().container())
                .bind("sampleRateHz", track.probe().sampleRateHz())
                .bind("channels", track.probe().channels())
                .bind("lengthFrames", track.probe().lengthFrames())
                .bind("title", track.tags().title())
                .bind("artist", track.tags().artist())
                .bind("album", track.tags().album())
                .bind("isrc", track.tags().isrc())
                .bind("warnings", track.warnings().toArray(String[]::new))
                .mapTo(Boolean.class)
                .one();
    }

    void join(Handle transaction, String dataset, String trackId) {
        transaction
                .createUpdate(
                        "insert into dataset_track (dataset, track_id) values (:dataset, :trackId) on conflict do nothing")
                .bind("dataset", dataset)
                .bind("trackId", trackId)
                .execute();
    }
}
