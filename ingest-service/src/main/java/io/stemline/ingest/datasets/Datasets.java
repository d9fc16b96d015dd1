package io.stemline.ingest.datasets;

import io.stemline.ingest.datasets.DatasetView.Refusal;
import io.stemline.ingest.datasets.DatasetView.Track;
import io.stemline.registry.Split;
import io.stemline.service.JsonColumns;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementContext;

/** The data sets in the database. */
@Singleton
final class Datasets {
    /** Of a file that came in more than once the last time counts. */
    private static final String LAST_ENTRIES = """
            select distinct on (b.dataset, i.path) b.dataset, i.path, i.state, i.reason
            from batch_item i join batch b using (batch_id)
            where b.dataset is not null and (:dataset::text is null or b.dataset = :dataset)
            order by b.dataset, i.path, i.created_at desc
            """;

    private static final String SELECT_DATASETS = """
            with last_entry as (%s)
            select d.dataset, d.created_at, count(t.track_id) as tracks,
                   coalesce(sum(t.length_frames::float8 / t.sample_rate_hz), 0) / 3600 as hours,
                   count(*) filter (where t.split = 'TRAIN') as train,
                   count(*) filter (where t.split = 'VALIDATION') as validation,
                   count(*) filter (where t.split = 'TEST') as test,
                   count(*) filter (where t.split = 'SET_ASIDE') as set_aside,
                   (select count(*) from last_entry e where e.dataset = d.dataset and e.state = 'RECEIVED') as waiting,
                   (select count(*) from last_entry e where e.dataset = d.dataset and e.state = 'FAILED') as refused
            from dataset d left join dataset_track using (dataset) left join track t using (track_id)
            where :dataset::text is null or d.dataset = :dataset
            group by d.dataset
            order by d.created_at desc, d.dataset
            """.formatted(LAST_ENTRIES);

    private static final String SELECT_TRACKS = """
            select t.track_id, t.name, t.split, t.length_frames::float8 / t.sample_rate_hz as seconds,
                   (select array_agg(stem order by stem) from reference_stem r where r.track_id = t.track_id) as stems
            from dataset_track join track t using (track_id)
            where dataset = :dataset
            order by t.name, t.track_id
            """;

    private final Jdbi database;

    Datasets(Jdbi database) {
        this.database = database;
    }

    /** Makes a data set unless it is there. */
    void open(String name) {
        database.useHandle(
                handle -> handle.createUpdate("insert into dataset (dataset) values (:name) on conflict do nothing")
                        .bind("name", name)
                        .execute());
    }

    /** All data sets, newest first. */
    List<DatasetView> all() {
        return database.withHandle(handle -> select(handle, null));
    }

    Optional<DatasetView> find(String name) {
        return database.withHandle(handle -> select(handle, name)).stream().findFirst();
    }

    private static List<DatasetView> select(Handle handle, String name) {
        return handle.createQuery(SELECT_DATASETS)
                .bind("dataset", name)
                .map(Datasets::dataset)
                .list();
    }

    List<Track> tracks(String name) {
        return database.withHandle(handle -> handle.createQuery(SELECT_TRACKS)
                .bind("dataset", name)
                .map((row, context) -> new Track(
                        row.getString("track_id"),
                        row.getString("name"),
                        Split.valueOf(row.getString("split")),
                        row.getDouble("seconds"),
                        JsonColumns.texts(row, "stems")))
                .list());
    }

    List<Refusal> refusals(String name) {
        return database.withHandle(handle -> handle.createQuery(
                        "select path, reason from (%s) as last_entry where state = 'FAILED' order by path"
                                .formatted(LAST_ENTRIES))
                .bind("dataset", name)
                .map((row, context) -> new Refusal(row.getString("path"), row.getString("reason")))
                .list());
    }

    private static DatasetView dataset(ResultSet row, StatementContext context) throws SQLException {
        Map<Split, Integer> splits = new EnumMap<>(Split.class);
        for (Split split : Split.values()) {
            int tracks = row.getInt(split.name().toLowerCase(java.util.Locale.ROOT));
            if (tracks > 0) {
                splits.put(split, tracks);
            }
        }
        return new DatasetView(
                row.getString("dataset"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getInt("tracks"),
                row.getDouble("hours"),
                splits,
                row.getInt("waiting"),
                row.getInt("refused"));
    }
}
