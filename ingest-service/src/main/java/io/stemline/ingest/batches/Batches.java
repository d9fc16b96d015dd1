package io.stemline.ingest.batches;

import com.fasterxml.jackson.core.type.TypeReference;
import io.stemline.events.EvaluationCompleted.Check;
import io.stemline.events.EvaluationCompleted.Score;
import io.stemline.events.StemsReady.Stem;
import io.stemline.ingest.batches.Submission.Entry;
import io.stemline.service.JsonColumns;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.StatementContext;

/** The batches in the database. */
@Singleton
public final class Batches {
    private static final DateTimeFormatter ID_TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);
    private static final int ID_SUFFIXES = 36 * 36 * 36 * 36;
    private static final int ROWS_AT_A_TIME = 1000;

    private static final String INSERT_ITEM = """
            insert into batch_item (item_id, batch_id, position, path, name, title, artist, album, isrc, reference_paths,
                                    model_id, encoding, split, state, reason)
            values (:itemId, :batchId, :position, :path, :name, :title, :artist, :album, :isrc, :references::jsonb,
                    :modelId, :encoding, :split, :state, :reason)
            """;

    private static final String SELECT_BATCHES = """
            select b.batch_id, b.name, b.created_at, i.state, coalesce(i.entries, 0) as entries
            from batch b left join lateral (
                 select state, count(*) as entries
                 from batch_item
                 where batch_item.batch_id = b.batch_id
                 group by state) i on true
            where (:batchId::text is null or b.batch_id = :batchId)
              and (:batchId::text is not null
                   or b.batch_id in (select batch_id from batch order by created_at desc limit :limit))
            order by b.created_at desc, b.batch_id
            """;

    private static final String SELECT_ITEMS = """
            select i.item_id, i.position, i.path, i.name, i.state, i.reason, i.track_id, i.separation_id, i.encoding, i.changed_at,
                   t.length_frames::float8 / t.sample_rate_hz as length_seconds,
                   coalesce(s.model_id, i.model_id) as model_id, s.seconds as separation_seconds,
                   (select jsonb_agg(jsonb_build_object('stem', stem, 'object', object, 'peakDb', peak_db::text,
                                                        'rmsDb', rms_db::text) order by position)
                    from stem where stem.separation_id = i.separation_id) as stems,
                   (select jsonb_agg(jsonb_build_object('stem', stem, 'metric', metric, 'value', value::text)
                                     order by stem, metric)
                    from evaluation_score where evaluation_score.evaluation_id = i.evaluation_id) as scores,
                   e.checks, coalesce(t.warnings, '{}') || coalesce(e.warnings, '{}') as warnings
            from batch_item i
                 left join track t using (track_id)
                 left join separation s using (separation_id)
                 left join evaluation e using (evaluation_id)
            where %s
            order by i.position
            """;

    private static final String SELECT_PAGE =
            SELECT_ITEMS.formatted("i.batch_id = :batchId and (:state::text is null or i.state = :state)")
                    + "limit :limit offset :offset";

    private static final String SELECT_NAMED = SELECT_ITEMS.formatted("i.item_id = any (:itemIds)");

    private static final String SELECT_CHANGES = """
            select item_id, changed_at from batch_item
            where batch_id = :batchId and changed_at > :after
            order by changed_at, position
            """;

    private final Jdbi database;
    private final JsonColumns json;
    private final SplittableRandom random = new SplittableRandom();

    Batches(Jdbi database, JsonColumns json) {
        this.database = database;
        this.json = json;
    }

    /** Takes a submission over: once this returns, every entry of it will end as a result or as a visible failure. */
    public BatchView accept(Submission submission) {
        String batchId = newBatchId();
        database.useTransaction(transaction -> {
            transaction
                    .createUpdate("""
                            insert into batch (batch_id, name, purpose, dataset)
                            values (:batchId, :name, :purpose, :dataset)
                            """)
                    .bind("batchId", batchId)
                    .bind("name", submission.name())
                    .bind("purpose", submission.dataset().isPresent() ? "REFERENCES" : "SEPARATION")
                    .bind("dataset", submission.dataset())
                    .execute();
            insertItems(transaction, batchId, submission);
        });
        return find(batchId).orElseThrow();
    }

    private void insertItems(Handle transaction, String batchId, Submission submission) {
        PreparedBatch rows = transaction.prepareBatch(INSERT_ITEM);
        int position = 0;
        for (Entry entry : submission.entries()) {
            rows.bind("itemId", batchId + "-" + position)
                    .bind("batchId", batchId)
                    .bind("position", position)
                    .bind("path", entry.path())
                    .bind("name", entry.name())
                    .bind("title", entry.tags().title())
                    .bind("artist", entry.tags().artist())
                    .bind("album", entry.tags().album())
                    .bind("isrc", entry.tags().isrc())
                    .bind("references", json.write(entry.references()))
                    .bind("modelId", submission.wish().modelId())
                    .bind("encoding", submission.wish().encoding())
                    .bind("split", entry.split())
                    .bind("state", entry.refusal().isPresent() ? ItemState.FAILED : ItemState.RECEIVED)
                    .bind("reason", entry.refusal())
                    .add();
            position++;
            if (rows.size() == ROWS_AT_A_TIME) {
                rows.execute();
            }
        }
        rows.execute();
    }

    public Optional<BatchView> find(String batchId) {
        return select(batchId, 1).stream().findFirst();
    }

    /** The newest batches, newest first. */
    public List<BatchView> newest(int limit) {
        return select(null, limit);
    }

    private List<BatchView> select(String batchId, int limit) {
        return database
                .withHandle(handle -> handle.createQuery(SELECT_BATCHES)
                        .bind("batchId", batchId)
                        .bind("limit", limit)
                        .map((row, context) -> new StateCount(row))
                        .list())
                .stream()
                .collect(Collectors.groupingBy(count -> count.batchId, LinkedHashMap::new, Collectors.toList()))
                .values()
                .stream()
                .map(StateCount::batch)
                .toList();
    }

    /** Entries of a batch in their order; only those in {@code state}, where one is given. */
    public List<ItemView> items(String batchId, Optional<ItemState> state, int offset, int limit) {
        return database.withHandle(handle -> handle.createQuery(SELECT_PAGE)
                .bind("batchId", batchId)
                .bind("state", state)
                .bind("offset", offset)
                .bind("limit", limit)
                .map(this::item)
                .list());
    }

    /** These entries, in the order of their batch. */
    public List<ItemView> items(List<String> itemIds) {
        return database.withHandle(handle -> handle.createQuery(SELECT_NAMED)
                .bindArray("itemIds", String.class, itemIds)
                .map(this::item)
                .list());
    }

    /** When an entry changed last. */
    public record Change(String itemId, Instant at) {}

    /** Entries of a batch that changed after {@code instant}, those that changed first in front. */
    public List<Change> changesAfter(String batchId, Instant instant) {
        return database.withHandle(handle -> handle.createQuery(SELECT_CHANGES)
                .bind("batchId", batchId)
                .bind("after", instant.atOffset(ZoneOffset.UTC))
                .map((row, context) -> new Change(
                        row.getString("item_id"),
                        row.getObject("changed_at", OffsetDateTime.class).toInstant()))
                .list());
    }

    private ItemView item(ResultSet row, StatementContext context) throws SQLException {
        return new ItemView(
                row.getString("item_id"),
                row.getInt("position"),
                row.getString("path"),
                row.getString("name"),
                ItemState.valueOf(row.getString("state")),
                Optional.ofNullable(row.getString("reason")),
                Optional.ofNullable(row.getString("track_id")),
                Optional.ofNullable(row.getObject("length_seconds", Double.class)),
                Optional.ofNullable(row.getString("separation_id")),
                Optional.ofNullable(row.getString("model_id")),
                row.getString("encoding"),
                Optional.ofNullable(row.getObject("separation_seconds", Double.class)),
                json.list(row, "stems", new TypeReference<List<Stem>>() {}),
                json.list(row, "scores", new TypeReference<List<Score>>() {}),
                json.list(row, "checks", new TypeReference<List<Check>>() {}),
                JsonColumns.texts(row, "warnings"),
                row.getObject("changed_at", OffsetDateTime.class).toInstant());
    }

    /** An id that sorts by time. */
    public String newBatchId() {
        String suffix =
                Integer.toString(ID_SUFFIXES + random.nextInt(ID_SUFFIXES), 36).substring(1);
        return "%s-%s".formatted(ID_TIME.format(Instant.now()), suffix);
    }

    private record StateCount(String batchId, String name, Instant createdAt, Optional<ItemState> state, int entries) {
        StateCount(ResultSet row) throws SQLException {
            this(
                    row.getString("batch_id"),
                    row.getString("name"),
                    row.getObject("created_at", OffsetDateTime.class).toInstant(),
                    Optional.ofNullable(row.getString("state")).map(ItemState::valueOf),
                    row.getInt("entries"));
        }

        static BatchView batch(List<StateCount> counts) {
            StateCount any = counts.getFirst();
            Map<ItemState, Integer> states = new EnumMap<>(ItemState.class);
            counts.forEach(count -> count.state.ifPresent(state -> states.put(state, count.entries)));
            int entries = counts.stream().mapToInt(StateCount::entries).sum();
            return new BatchView(any.batchId, any.name, any.createdAt, entries, states);
        }
    }
}
