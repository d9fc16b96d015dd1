package io.stemline.separator;

import io.stemline.events.AudioReady;
import io.stemline.events.Reference;
import io.stemline.events.StemsReady;
import io.stemline.service.ItemStates;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Separations in the database. */
@Singleton
final class SeparationRows {
    private static final String INSERT_TRACK = """
            insert into track (track_id, object, name, container, sample_rate_hz, channels, length_frames,
                               title, artist, album, isrc)
            values (:trackId, :object, :name, :container, :sampleRateHz, :channels, :lengthFrames,
                    :title, :artist, :album, :isrc)
            on conflict (track_id) do nothing
            """;

    private static final String INSERT_SEPARATION = """
            insert into separation (separation_id, track_id, model_id, encoding, manifest, seconds, worker)
            values (:separationId, :trackId, :modelId, :encoding, :manifest, :seconds, :worker)
            on conflict (separation_id) do nothing
            """;

    private static final String INSERT_STEM = """
            insert into stem (separation_id, stem, position, object, peak_db, rms_db)
            values (:separationId, :stem, :position, :object, :peakDb, :rmsDb)
            on conflict (separation_id, stem) do nothing
            """;

    private final Jdbi database;

    SeparationRows(Jdbi database) {
        this.database = database;
    }

    /** What is there of a separation: how long it took and its stems. */
    record Known(String manifest, double seconds, List<StemsReady.Stem> stems) {}

    Optional<Known> find(String separationId) {
        return database.withHandle(handle -> handle.createQuery(
                        "select manifest, seconds from separation where separation_id = :id")
                .bind("id", separationId)
                .map((row, context) ->
                        new Known(row.getString("manifest"), row.getDouble("seconds"), stems(handle, separationId)))
                .findOne());
    }

    private static List<StemsReady.Stem> stems(Handle handle, String separationId) {
        return handle.createQuery("select * from stem where separation_id = :id order by position")
                .bind("id", separationId)
                .map((row, context) -> new StemsReady.Stem(
                        row.getString("stem"),
                        row.getString("object"),
                        row.getDouble("peak_db"),
                        row.getDouble("rms_db")))
                .list();
    }

    /** Writes a result; what is there already stays as it is. Works inside the caller's transaction. */
    void write(Handle transaction, AudioReady track, StemsReady result, String encoding, String worker) {
        insertTrack(transaction, track);
        result.origin().ifPresent(origin -> Elsewhere.writeEntry(transaction, origin, track));
        transaction
                .createUpdate(INSERT_SEPARATION)
                .bind("separationId", result.separationId())
                .bind("trackId", result.trackId())
                .bind("modelId", result.modelId())
                .bind("encoding", encoding)
                .bind("manifest", result.manifest())
                .bind("seconds", result.seconds())
                .bind("worker", worker)
                .execute();
        int position = 0;
        for (StemsReady.Stem stem : result.stems()) {
            transaction
                    .createUpdate(INSERT_STEM)
                    .bind("separationId", result.separationId())
                    .bind("stem", stem.stem())
                    .bind("position", position)
                    .bind("object", stem.object())
                    .bind("peakDb", stem.peakDb())
                    .bind("rmsDb", stem.rmsDb())
                    .execute();
            position++;
        }
        ItemStates.separated(transaction, result.origin(), result.trackId(), result.separationId());
    }

    /** Tracks that other systems announce have no row yet. */
    private static void insertTrack(Handle transaction, AudioReady track) {
        transaction
                .createUpdate(INSERT_TRACK)
                .bind("trackId", track.trackId())
                .bind("object", track.object())
                .bind("name", track.name())
                .bind("container", track.audio().container())
                .bind("sampleRateHz", track.audio().sampleRateHz())
                .bind("channels", track.audio().channels())
                .bind("lengthFrames", track.audio().lengthFrames())
                .bind("title", track.tags().title())
                .bind("artist", track.tags().artist())
                .bind("album", track.tags().album())
                .bind("isrc", track.tags().isrc())
                .execute();
        for (Reference reference : track.references()) {
            transaction
                    .createUpdate("""
                            insert into reference_stem (track_id, stem, object, stream)
                            values (:trackId, :stem, :object, :stream) on conflict (track_id, stem) do nothing
                            """)
                    .bind("trackId", track.trackId())
                    .bind("stem", reference.stem())
                    .bind("object", reference.object())
                    .bind("stream", reference.stream())
                    .execute();
        }
    }
}
