package io.stemline.ingest.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.stemline.service.MetricNames;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the gauges of the catalogue from the database every quarter of a minute, however often they are asked for. */
@Singleton
final class CatalogueMetrics {
    private static final Logger LOGGER = LoggerFactory.getLogger(CatalogueMetrics.class);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(15);
    private static final int LAST_EVALUATIONS = 200;

    private static final String ENTRIES = """
            select state, count(*)::float8 as value from batch_item
            where state in ('RECEIVED', 'QUEUED', 'SEPARATED') group by state
            union all
            select 'FAILED', count(*)::float8 from batch_item where state = 'FAILED'
            """;

    private static final String OLDEST = """
            select coalesce(extract(epoch from now() - min(created_at)), 0)::float8 from batch_item
            where state in ('RECEIVED', 'QUEUED', 'SEPARATED')
            """;

    private static final String OPEN_LETTERS =
            "select count(*)::float8 from dead_letter where retried_at is null and dropped_at is null";

    private static final String QUALITY = """
            with scored as (
                select evaluation_id from evaluation e
                where exists (select 1 from evaluation_score s where s.evaluation_id = e.evaluation_id)
                order by created_at desc limit :last)
            select stem, metric, percentile_cont(0.5) within group (order by value)::float8 as value
            from evaluation_score join scored using (evaluation_id)
            where value not in ('NaN', 'Infinity', '-Infinity')
            group by stem, metric
            """;

    private static final String FAILING_SHARE = """
            select coalesce(avg(case when checks @> '[{"passed": false}]' then 1 else 0 end), 0)::float8
            from (select checks from evaluation order by created_at desc limit :last) as newest
            """;

    private final Jdbi database;
    private final MultiGauge entries;
    private final MultiGauge oldest;
    private final MultiGauge openLetters;
    private final MultiGauge quality;
    private final MultiGauge failingShare;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("catalogue-metrics").factory());

    CatalogueMetrics(Jdbi database, MeterRegistry registry) {
        this.database = database;
        entries = MultiGauge.builder(MetricNames.ENTRIES).register(registry);
        oldest = MultiGauge.builder(MetricNames.ENTRIES_OLDEST_SECONDS).register(registry);
        openLetters = MultiGauge.builder(MetricNames.DEAD_LETTERS_OPEN).register(registry);
        quality = MultiGauge.builder(MetricNames.QUALITY_DB).register(registry);
        failingShare = MultiGauge.builder(MetricNames.CHECKS_FAILING_SHARE).register(registry);
    }

    void start(@Observes StartupEvent event) {
        clock.scheduleWithFixedDelay(this::look, 0, BETWEEN_LOOKS.toSeconds(), TimeUnit.SECONDS);
    }

    void stop(@Observes ShutdownEvent event) {
        clock.shutdownNow();
    }

    private void look() {
        try {
            database.useHandle(this::read);
        } catch (RuntimeException e) {
            LOGGER.atWarn().log("The catalogue's metrics are not up to date: {}", e.getMessage());
        }
    }

    private void read(Handle handle) {
        List<Row<?>> states = handle.createQuery(ENTRIES)
                .<Row<?>>map((row, context) -> Row.of(Tags.of("state", row.getString("state")), row.getDouble("value")))
                .list();
        entries.register(states, true);
        oldest.register(List.of(one(handle, OLDEST)), true);
        openLetters.register(List.of(one(handle, OPEN_LETTERS)), true);
        List<Row<?>> medians = handle.createQuery(QUALITY)
                .bind("last", LAST_EVALUATIONS)
                .<Row<?>>map((row, context) -> Row.of(
                        Tags.of("stem", row.getString("stem"), "metric", row.getString("metric")),
                        row.getDouble("value")))
                .list();
        quality.register(medians, true);
        double share = handle.createQuery(FAILING_SHARE)
                .bind("last", LAST_EVALUATIONS)
                .mapTo(Double.class)
                .one();
        failingShare.register(List.of(Row.of(Tags.empty(), share)), true);
    }

    private static Row<?> one(Handle handle, String query) {
        return Row.of(
                Tags.empty(), handle.createQuery(query).mapTo(Double.class).one());
    }
}
