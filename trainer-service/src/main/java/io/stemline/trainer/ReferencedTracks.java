package io.stemline.trainer;

import io.stemline.events.AudioReady;
import io.stemline.events.Reference;
import io.stemline.registry.Split;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** The tracks that have references. */
@Singleton
public final class ReferencedTracks {
    private static final String ACCOMPANIMENT = "accompaniment";

    private static final String SELECT = """
            select t.track_id, t.object, t.name, t.container, t.sample_rate_hz, t.channels, t.length_frames,
                   t.title, t.artist, t.album, t.isrc,
                   r.stem, r.object as stem_object, r.stream, r.sha256
            from track t join reference_stem r using (track_id)
            where t.split = :split
            order by t.track_id, r.stem
            """;

    /**
     * A true stem.
     *
     * @param sha256 of its file; absent where whoever added it did not say
     */
    public record TrueStem(Reference reference, Optional<String> sha256) {}

    /** A track with all of its references. */
    public record ReferencedTrack(
            String trackId,
            String object,
            String name,
            AudioReady.Audio audio,
            AudioReady.Tags tags,
            List<TrueStem> stems) {

        public List<Reference> references() {
            return stems.stream().map(TrueStem::reference).toList();
        }

        private boolean has(Set<String> wanted) {
            return stems.stream()
                    .map(stem -> stem.reference().stem())
                    .collect(Collectors.toSet())
                    .containsAll(wanted);
        }
    }

    /**
     * The tracks of a split that have a reference for every stem of a model, in an order that does not change.
     *
     * @param stems of the model; what others leave, {@code accompaniment}, needs no reference of its own
     */
    public List<ReferencedTrack> of(Handle handle, Split split, List<String> stems) {
        Set<String> wanted =
                stems.stream().filter(stem -> !stem.equals(ACCOMPANIMENT)).collect(Collectors.toSet());
        Map<String, ReferencedTrack> tracks = new LinkedHashMap<>();
        handle.createQuery(SELECT)
                .bind("split", split)
                .map((row, context) -> track(row))
                .forEach(track -> tracks.merge(track.trackId(), track, ReferencedTracks::joined));
        return tracks.values().stream().filter(track -> track.has(wanted)).toList();
    }

    private static ReferencedTrack track(ResultSet row) throws SQLException {
        var reference = new Reference(row.getString("stem"), row.getString("stem_object"), row.getInt("stream"));
        return new ReferencedTrack(
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
                List.of(new TrueStem(reference, Optional.ofNullable(row.getString("sha256")))));
    }

    private static ReferencedTrack joined(ReferencedTrack one, ReferencedTrack other) {
        List<TrueStem> stems = new ArrayList<>(one.stems());
        stems.addAll(other.stems());
        return new ReferencedTrack(one.trackId(), one.object(), one.name(), one.audio(), one.tags(), stems);
    }
}
