package io.stemline.ingest.references;

import io.stemline.events.AudioReady;
import io.stemline.events.Reference;
import io.stemline.registry.Split;
import io.stemline.registry.Splits;
import io.stemline.registry.Traits;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** The references of tracks in the database. Every method works inside the caller's transaction. */
@Singleton
public final class References {
    private static final String UPSERT = """
            insert into reference_stem (track_id, stem, object, stream, sha256, added_at)
            values (:trackId, :stem, :object, :stream, :sha256, clock_timestamp())
            on conflict (track_id, stem) do update
            set object = excluded.object, stream = excluded.stream, sha256 = excluded.sha256, added_at = excluded.added_at
            where (reference_stem.object, reference_stem.stream) is distinct from (excluded.object, excluded.stream)
            """;

    /**
     * Writes references; a stem that had another one has this one from now on.
     *
     * @return whether anything is different now
     */
    public boolean write(Handle transaction, String trackId, List<StoredReference> references) {
        lock(transaction, trackId);
        int changed = 0;
        for (StoredReference reference : references) {
            changed += transaction
                    .createUpdate(UPSERT)
                    .bind("trackId", trackId)
                    .bind("stem", reference.stem())
                    .bind("object", reference.object())
                    .bind("stream", reference.stream())
                    .bind("sha256", reference.sha256())
                    .execute();
        }
        return changed > 0;
    }

    /** Whoever writes a track's references holds the track first, and the splits after it, as the intake does: no two wait in a circle. */
    private static void lock(Handle transaction, String trackId) {
        transaction
                .createQuery("select track_id from track where track_id = :trackId for no key update")
                .bind("trackId", trackId)
                .mapTo(String.class)
                .one();
    }

    /**
     * Gives a track that has references its split.
     *
     * @param sounds what is known of how it and its references sound
     * @param wanted what its data set means it for
     */
    public Split divide(Handle transaction, String trackId, Set<String> sounds, Optional<Split> wanted) {
        Traits traits = transaction
                .createQuery("select name, title, artist, album, isrc from track where track_id = :trackId")
                .bind("trackId", trackId)
                .map((row, context) -> new Traits(
                        new AudioReady.Tags(
                                Optional.ofNullable(row.getString("title")),
                                Optional.ofNullable(row.getString("artist")),
                                Optional.ofNullable(row.getString("album")),
                                Optional.ofNullable(row.getString("isrc"))),
                        row.getString("name"),
                        sounds))
                .one();
        return Splits.assign(transaction, trackId, traits, wanted);
    }

    /** All references of a track, those of earlier submissions with them. */
    public List<Reference> of(Handle transaction, String trackId) {
        return transaction
                .createQuery("select stem, object, stream from reference_stem where track_id = :trackId order by stem")
                .bind("trackId", trackId)
                .map((row, context) ->
                        new Reference(row.getString("stem"), row.getString("object"), row.getInt("stream")))
                .list();
    }

    /** The key of a track that is there. */
    String object(Handle handle, String trackId) {
        return handle.createQuery("select object from track where track_id = :trackId")
                .bind("trackId", trackId)
                .mapTo(String.class)
                .one();
    }

    /** The audio of a track that is there. */
    Optional<AudioReady.Audio> audio(Handle handle, String trackId) {
        return handle.createQuery(
                        "select container, sample_rate_hz, channels, length_frames from track where track_id = :trackId")
                .bind("trackId", trackId)
                .map((row, context) -> new AudioReady.Audio(
                        row.getString("container"),
                        row.getInt("sample_rate_hz"),
                        row.getInt("channels"),
                        row.getLong("length_frames")))
                .findOne();
    }
}
