package io.stemline.evaluator;

import com.fasterxml.jackson.core.type.TypeReference;
import io.stemline.events.AudioReady.Tags;
import io.stemline.events.Reference;
import io.stemline.events.StemsReady;
import io.stemline.registry.Splits;
import io.stemline.registry.Traits;
import io.stemline.service.JsonColumns;
import jakarta.inject.Singleton;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/** References, and the separations that can be scored against them, in the database. */
@Singleton
final class ReferenceRows {
    /** What was written after the event was said is newer than what it says. */
    private static final String UPSERT = """
            insert into reference_stem (track_id, stem, object, stream, sha256, added_at)
            values (:trackId, :stem, :object, :stream, :sha256, :saidAt)
            on conflict (track_id, stem) do update
            set object = excluded.object, stream = excluded.stream, sha256 = excluded.sha256, added_at = excluded.added_at
            where (reference_stem.object, reference_stem.stream) is distinct from (excluded.object, excluded.stream)
              and reference_stem.added_at < excluded.added_at
            """;

    private static final String SELECT_SEPARATIONS = """
            select s.separation_id, s.model_id, s.manifest, s.seconds, t.object as mixture,
                   (select jsonb_agg(jsonb_build_object('stem', stem, 'object', object, 'peakDb', peak_db::text,
                                                        'rmsDb', rms_db::text) order by position)
                    from stem where stem.separation_id = s.separation_id) as stems
            from separation s join track t using (track_id)
            where s.track_id = :trackId
            order by s.created_at, s.separation_id
            """;

    private final JsonColumns json;

    ReferenceRows(JsonColumns json) {
        this.json = json;
    }

    /** The references that are known of a track, by stem. */
    Map<String, Reference> of(Handle handle, String trackId) {
        Map<String, Reference> references = new TreeMap<>();
        handle.createQuery("select stem, object, stream from reference_stem where track_id = :trackId")
                .bind("trackId", trackId)
                .map((row, context) ->
                        new Reference(row.getString("stem"), row.getString("object"), row.getInt("stream")))
                .forEach(reference -> references.put(reference.stem(), reference));
        return references;
    }

    /** What an event said, but where something newer is known of a stem. */
    List<Reference> newest(Handle handle, String trackId, List<Reference> said) {
        Map<String, Reference> newest = new TreeMap<>();
        said.forEach(reference -> newest.put(reference.stem(), reference));
        newest.putAll(of(handle, trackId));
        return new ArrayList<>(newest.values());
    }

    /** A track as it is in the table. */
    record KnownTrack(String trackId, String object, String name, Tags tags) {
        Traits sounding(Set<String> sounds) {
            return new Traits(tags, name, sounds);
        }
    }

    /** A track; empty if there is none. */
    Optional<KnownTrack> track(Handle handle, String trackId) {
        return handle.createQuery(
                        "select object, name, title, artist, album, isrc from track where track_id = :trackId")
                .bind("trackId", trackId)
                .map((row, context) -> new KnownTrack(
                        trackId,
                        row.getString("object"),
                        row.getString("name"),
                        new Tags(
                                Optional.ofNullable(row.getString("title")),
                                Optional.ofNullable(row.getString("artist")),
                                Optional.ofNullable(row.getString("album")),
                                Optional.ofNullable(row.getString("isrc")))))
                .findOne();
    }

    /**
     * Writes a reference that somebody else announced, unless a newer one is there, and gives its track a split. Holds the track first and
     * the splits after it, as all who write references do, so that no two wait in a circle.
     */
    void write(
            Handle transaction,
            String trackId,
            Traits traits,
            Reference reference,
            String sha256,
            OffsetDateTime saidAt) {
        transaction
                .createQuery("select track_id from track where track_id = :trackId for no key update")
                .bind("trackId", trackId)
                .mapTo(String.class)
                .one();
        transaction
                .createUpdate(UPSERT)
                .bind("trackId", trackId)
                .bind("stem", reference.stem())
                .bind("object", reference.object())
                .bind("stream", reference.stream())
                .bind("sha256", sha256)
                .bind("saidAt", saidAt)
                .execute();
        Splits.assign(transaction, trackId, traits, Optional.empty());
    }

    /** Every separation of a track, as it would be announced with these references. */
    List<StemsReady> separations(Handle handle, String trackId, List<Reference> references) {
        return handle.createQuery(SELECT_SEPARATIONS)
                .bind("trackId", trackId)
                .map((row, context) -> new StemsReady(
                        trackId,
                        row.getString("separation_id"),
                        row.getString("model_id"),
                        row.getString("mixture"),
                        json.list(row, "stems", new TypeReference<List<StemsReady.Stem>>() {}),
                        row.getString("manifest"),
                        row.getDouble("seconds"),
                        references,
                        Optional.empty()))
                .list();
    }
}
