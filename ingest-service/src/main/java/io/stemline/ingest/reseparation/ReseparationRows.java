package io.stemline.ingest.reseparation;

import io.stemline.events.AudioReady;
import io.stemline.events.Reference;
import io.stemline.ingest.batches.ItemState;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** The rows that a reseparation reads and makes. Every method works inside the caller's transaction. */
@Singleton
final class ReseparationRows {
    private static final String SELECT_OLDER = """
            select t.*, s.encoding
            from track t cross join lateral (
                 select model_id, encoding from separation
                 where separation.track_id = t.track_id and model_id = any (:counting)
                 order by created_at desc, separation_id limit 1) s
            where t.track_id > :after and s.model_id = any (:older)
            order by t.track_id limit :limit
            """;

    private static final String SELECT_NAMED = """
            select t.*, coalesce(s.encoding, :encoding) as encoding
            from track t left join lateral (
                 select encoding from separation
                 where separation.track_id = t.track_id
                 order by created_at desc, separation_id limit 1) s on true
            where t.track_id > :after and t.track_id = any (:tracks)
            order by t.track_id limit :limit
            """;

    private static final String INSERT_ITEM = """
            insert into batch_item (item_id, batch_id, position, path, name, title, artist, album, isrc, model_id, encoding,
                                    state, track_id)
            values (:itemId, :batchId, :position, :path, :name, :title, :artist, :album, :isrc, :modelId, :encoding,
                    :state, :trackId)
            """;

    /** A track and how its stems are written. */
    record StoredTrack(
            String trackId,
            String object,
            String name,
            AudioReady.Audio audio,
            AudioReady.Tags tags,
            String encoding,
            List<Reference> references) {}

    /**
     * Tracks whose newest separation by one of the models in {@code counting} is by one in {@code older}.
     *
     * @param after the last track that was seen; they come in the order of their ids
     */
    List<StoredTrack> older(Handle transaction, Set<String> counting, Set<String> older, String after, int limit) {
        return withReferences(
                transaction,
                transaction
                        .createQuery(SELECT_OLDER)
                        .bindArray("counting", String.class, counting)
                        .bindArray("older", String.class, older)
                        .bind("after", after)
                        .bind("limit", limit)
                        .map((row, context) -> track(row))
                        .list());
    }

    /** Those of the tracks that there are, in the order of their ids. */
    List<StoredTrack> named(Handle transaction, Set<String> tracks, String after, int limit) {
        return withReferences(
                transaction,
                transaction
                        .createQuery(SELECT_NAMED)
                        .bindArray("tracks", String.class, tracks)
                        .bind("encoding", AudioReady.Wish.DEFAULT.encoding())
                        .bind("after", after)
                        .bind("limit", limit)
                        .map((row, context) -> track(row))
                        .list());
    }

    /** Which of the tracks there are. */
    Set<String> known(Handle transaction, Set<String> tracks) {
        return transaction
                .createQuery("select track_id from track where track_id = any (:tracks)")
                .bindArray("tracks", String.class, tracks)
                .mapTo(String.class)
                .set();
    }

    void insertBatch(Handle transaction, String batchId, String name) {
        transaction
                .createUpdate("insert into batch (batch_id, name, purpose) values (:batchId, :name, 'RESEPARATION')")
                .bind("batchId", batchId)
                .bind("name", name)
                .execute();
    }

    /** Writes the entries of some tracks, the first of them at {@code position}. */
    void insertItems(
            Handle transaction, String batchId, int position, List<StoredTrack> tracks, Optional<String> modelId) {
        PreparedBatch rows = transaction.prepareBatch(INSERT_ITEM);
        int place = position;
        for (StoredTrack track : tracks) {
            rows.bind("itemId", batchId + "-" + place)
                    .bind("batchId", batchId)
                    .bind("position", place)
                    .bind("path", track.object())
                    .bind("name", track.name())
                    .bind("title", track.tags().title())
                    .bind("artist", track.tags().artist())
                    .bind("album", track.tags().album())
                    .bind("isrc", track.tags().isrc())
                    .bind("modelId", modelId)
                    .bind("encoding", track.encoding())
                    .bind("state", ItemState.QUEUED)
                    .bind("trackId", track.trackId())
                    .add();
            place++;
        }
        rows.execute();
    }

    private static StoredTrack track(ResultSet row) throws SQLException {
        return new StoredTrack(
                row.getString("track_id"),
                row.getString("object"),
                row.getString("name"),
                new AudioReady.Audio(
                        row.getString("container"),
                        row.getInt("sample_rate_hz"),
                        row.getInt("channels"),
                        row.getLong("length_frames")),
                new AudioReady.Tags(
                        Optional.ofNullable(row.getString("title")),
                        Optional.ofNullable(row.getString("artist")),
                        Optional.ofNullable(row.getString("album")),
                        Optional.ofNullable(row.getString("isrc"))),
                row.getString("encoding"),
                List.of());
    }

    private static List<StoredTrack> withReferences(Handle transaction, List<StoredTrack> tracks) {
        Map<String, List<Reference>> references = new HashMap<>();
        transaction
                .createQuery("select * from reference_stem where track_id = any (:tracks) order by track_id, stem")
                .bindArray(
                        "tracks",
                        String.class,
                        tracks.stream().map(StoredTrack::trackId).toList())
                .map((row, context) -> Map.entry(
                        row.getString("track_id"),
                        new Reference(row.getString("stem"), row.getString("object"), row.getInt("stream"))))
                .forEach(entry -> references
                        .computeIfAbsent(entry.getKey(), trackId -> new ArrayList<>())
                        .add(entry.getValue()));
        return tracks.stream()
                .map(track -> new StoredTrack(
                        track.trackId(),
                        track.object(),
                        track.name(),
                        track.audio(),
                        track.tags(),
                        track.encoding(),
                        references.getOrDefault(track.trackId(), List.of())))
                .toList();
    }
}
