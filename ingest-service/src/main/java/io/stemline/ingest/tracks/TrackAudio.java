package io.stemline.ingest.tracks;

import io.stemline.ingest.problems.ProblemException;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jdbi.v3.core.Jdbi;

/** Finds the audio of tracks and of what was made of them. */
@Singleton
public final class TrackAudio {
    /** What the mixture is called where stems are named. */
    public static final String MIXTURE = "mixture";

    private final Jdbi database;

    TrackAudio(Jdbi database) {
        this.database = database;
    }

    /**
     * An audio file in the store. Stems have the sample rate, the channels and the length of their mixture.
     *
     * @param object its key
     * @param name what people call the track
     * @param part {@code mixture}, {@code vocals}, ...
     */
    public record Sound(String object, String name, String part, int sampleRateHz, int channels, long lengthFrames) {

        boolean isMixture() {
            return part.equals(MIXTURE);
        }

        /** What the file is to be called where it is saved. */
        String fileName(String extension) {
            return "%s - %s%s".formatted(name, part, extension);
        }

        String extension() {
            return object.substring(object.lastIndexOf('.'));
        }
    }

    public Sound mixture(String trackId) {
        return database.withHandle(handle -> handle.createQuery(
                                "select object, name, 'mixture' as part, sample_rate_hz, channels, length_frames from track"
                                        + " where track_id = :id")
                        .bind("id", trackId)
                        .map((row, context) -> sound(row))
                        .findOne())
                .orElseThrow(() -> ProblemException.notFound("track", trackId));
    }

    /** A stem, or the mixture that it was made of. */
    public Sound part(String separationId, String part) {
        return database.withHandle(handle -> handle.createQuery("""
                                select case when :part = 'mixture' then t.object else st.object end as object, t.name,
                                       :part as part, t.sample_rate_hz, t.channels, t.length_frames
                                from separation s join track t using (track_id)
                                     left join stem st on st.separation_id = s.separation_id and st.stem = :part
                                where s.separation_id = :id and (st.stem is not null or :part = 'mixture')
                                """)
                        .bind("id", separationId)
                        .bind("part", part)
                        .map((row, context) -> sound(row))
                        .findOne())
                .orElseThrow(() -> ProblemException.notFound("stem", separationId + "/" + part));
    }

    /** The stems of a separation in their order. */
    public List<Sound> stems(String separationId) {
        List<Sound> stems = database.withHandle(handle -> handle.createQuery("""
                        select st.object, t.name, st.stem as part, t.sample_rate_hz, t.channels, t.length_frames
                        from separation s join track t using (track_id) join stem st using (separation_id)
                        where s.separation_id = :id order by st.position
                        """)
                .bind("id", separationId)
                .map((row, context) -> sound(row))
                .list());
        if (stems.isEmpty()) {
            throw ProblemException.notFound("separation", separationId);
        }
        return stems;
    }

    private static Sound sound(ResultSet row) throws SQLException {
        return new Sound(
                row.getString("object"),
                row.getString("name"),
                row.getString("part"),
                row.getInt("sample_rate_hz"),
                row.getInt("channels"),
                row.getLong("length_frames"));
    }
}
