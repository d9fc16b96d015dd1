package io.stemline.ingest.console.live;

import io.stemline.ingest.batches.ItemState;
import io.stemline.ingest.console.live.LiveView.Failure;
import io.stemline.ingest.console.live.LiveView.InWork;
import io.stemline.ingest.progress.Working;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** What the database says of the work of the last minutes. */
@Singleton
final class LiveRows {
    private static final String UNFINISHED = """
            select state, count(*) as entries, coalesce(sum(length_seconds), 0) as seconds,
                   count(length_seconds) as measured
            from batch_item where state in ('RECEIVED', 'QUEUED', 'SEPARATED') group by state
            """;

    /** Work began before its first result, by as long as that took. */
    private static final String LATELY = """
            select count(*) as tracks, coalesce(sum(t.length_frames::float8 / t.sample_rate_hz), 0) as music_seconds,
                   extract(epoch from now() - greatest(now() - :window * interval '1 second',
                       min(s.created_at - s.seconds * interval '1 second')))::float8 as since_begin,
                   extract(epoch from now() - max(s.created_at))::float8 as since_end
            from separation s join track t using (track_id)
            where s.created_at > now() - :window * interval '1 second'
            """;

    private static final String FAILURES = """
            select item_id, batch_id, name, track_id, reason, changed_at from batch_item
            where state = 'FAILED' order by changed_at desc limit :limit
            """;

    private final Jdbi database;

    LiveRows(Jdbi database) {
        this.database = database;
    }

    /**
     * Entries that wait.
     *
     * @param measured those whose length is known
     * @param musicSeconds the lengths of these, added up
     */
    record Waiting(long entries, long measured, double musicSeconds) {
        static final Waiting NOTHING = new Waiting(0, 0, 0);
    }

    /**
     * What was separated lately.
     *
     * @param sinceBeginSeconds how long ago work on the first of it began
     * @param sinceEndSeconds how long ago the last of it was finished
     */
    record Lately(long tracks, double musicSeconds, double sinceBeginSeconds, double sinceEndSeconds) {}

    Map<ItemState, Waiting> unfinished() {
        return database.withHandle(handle -> {
            var waiting = new EnumMap<ItemState, Waiting>(ItemState.class);
            handle.createQuery(UNFINISHED)
                    .map((row, context) -> waiting.put(
                            ItemState.valueOf(row.getString("state")),
                            new Waiting(row.getLong("entries"), row.getLong("measured"), row.getDouble("seconds"))))
                    .list();
            return waiting;
        });
    }

    Lately lately(Duration window) {
        return database.withHandle(handle -> handle.createQuery(LATELY)
                .bind("window", window.toSeconds())
                .map((row, context) -> new Lately(
                        row.getLong("tracks"),
                        row.getDouble("music_seconds"),
                        row.getDouble("since_begin"),
                        row.getDouble("since_end")))
                .one());
    }

    List<Failure> failures(int limit) {
        return database.withHandle(handle -> handle.createQuery(FAILURES)
                .bind("limit", limit)
                .map((row, context) -> new Failure(
                        row.getString("item_id"),
                        row.getString("batch_id"),
                        row.getString("name"),
                        Optional.ofNullable(row.getString("track_id")),
                        row.getString("reason"),
                        row.getObject("changed_at", OffsetDateTime.class).toInstant()))
                .list());
    }

    /** The same work with the names of its tracks; what is finished meanwhile is left out. */
    List<InWork> named(List<Working> working) {
        if (working.isEmpty()) {
            return List.of();
        }
        Map<String, InWork> byItem = database.withHandle(handle -> {
            var named = new HashMap<String, InWork>();
            handle.createQuery("""
                            select item_id, batch_id, name, track_id from batch_item
                            where item_id = any(:ids) and state in ('QUEUED', 'SEPARATED')
                            """)
                    .bindArray(
                            "ids",
                            String.class,
                            working.stream().map(Working::itemId).toList())
                    .map((row, context) -> named.put(
                            row.getString("item_id"),
                            new InWork(
                                    row.getString("item_id"),
                                    row.getString("batch_id"),
                                    row.getString("name"),
                                    Optional.ofNullable(row.getString("track_id")),
                                    "",
                                    0)))
                    .list();
            return named;
        });
        return working.stream()
                .filter(at -> byItem.containsKey(at.itemId()))
                .map(at -> at(byItem.get(at.itemId()), at))
                .toList();
    }

    private static InWork at(InWork named, Working at) {
        return new InWork(named.itemId(), named.batchId(), named.name(), named.trackId(), at.stage(), at.fraction());
    }
}
