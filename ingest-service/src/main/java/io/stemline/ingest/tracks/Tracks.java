package io.stemline.ingest.tracks;

import com.fasterxml.jackson.core.type.TypeReference;
import io.stemline.events.EvaluationCompleted.Check;
import io.stemline.events.EvaluationCompleted.Score;
import io.stemline.events.StemsReady.Stem;
import io.stemline.ingest.tracks.TrackView.SeparationView;
import io.stemline.service.JsonColumns;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementContext;

/** The tracks in the database. */
@Singleton
public final class Tracks {
    private static final String SELECT_SEPARATIONS = """
            select s.separation_id, s.model_id, s.encoding, s.seconds, s.created_at, e.protocol, e.checks, e.warnings,
                   (select jsonb_agg(jsonb_build_object('stem', stem, 'object', object, 'peakDb', peak_db::text,
                                                        'rmsDb', rms_db::text) order by position)
                    from stem where stem.separation_id = s.separation_id) as stems,
                   (select jsonb_agg(jsonb_build_object('stem', stem, 'metric', metric, 'value', value::text)
                                     order by stem, metric)
                    from evaluation_score where evaluation_score.evaluation_id = e.evaluation_id) as scores
            from separation s left join lateral (
                     select * from evaluation where evaluation.separation_id = s.separation_id
                     order by created_at desc limit 1) e on true
            where s.track_id = :trackId
            order by s.created_at desc
            """;

    private final Jdbi database;
    private final JsonColumns json;

    Tracks(Jdbi database, JsonColumns json) {
        this.database = database;
        this.json = json;
    }

    public Optional<TrackView> find(String trackId) {
        return database.withHandle(handle -> handle.createQuery("select * from track where track_id = :trackId")
                .bind("trackId", trackId)
                .map((row, context) -> track(row, handle))
                .findOne());
    }

    /** Key of the file that says what a separation was made of and how. */
    public Optional<String> manifestObject(String separationId) {
        return database.withHandle(
                handle -> handle.createQuery("select manifest from separation where separation_id = :separationId")
                        .bind("separationId", separationId)
                        .mapTo(String.class)
                        .findOne());
    }

    private TrackView track(ResultSet row, Handle handle) throws SQLException {
        String trackId = row.getString("track_id");
        return new TrackView(
                trackId,
                row.getString("name"),
                Optional.ofNullable(row.getString("title")),
                Optional.ofNullable(row.getString("artist")),
                Optional.ofNullable(row.getString("album")),
                Optional.ofNullable(row.getString("isrc")),
                row.getString("container"),
                row.getInt("sample_rate_hz"),
                row.getInt("channels"),
                row.getLong("length_frames"),
                handle.createQuery("select stem from reference_stem where track_id = :trackId order by stem")
                        .bind("trackId", trackId)
                        .mapTo(String.class)
                        .list(),
                handle.createQuery(SELECT_SEPARATIONS)
                        .bind("trackId", trackId)
                        .map(this::separation)
                        .list());
    }

    private SeparationView separation(ResultSet row, StatementContext context) throws SQLException {
        return new SeparationView(
                row.getString("separation_id"),
                row.getString("model_id"),
                row.getString("encoding"),
                row.getDouble("seconds"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                json.list(row, "stems", new TypeReference<List<Stem>>() {}),
                Optional.ofNullable(row.getString("protocol")),
                json.list(row, "scores", new TypeReference<List<Score>>() {}),
                json.list(row, "checks", new TypeReference<List<Check>>() {}),
                JsonColumns.texts(row, "warnings"));
    }
}
