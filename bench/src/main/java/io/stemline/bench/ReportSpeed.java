package io.stemline.bench;

import com.sun.management.OperatingSystemMXBean;
import io.stemline.local.EmbeddedDatabase;
import io.stemline.reports.Report;
import io.stemline.reports.museval.MusevalFolders;
import io.stemline.reports.museval.MusevalWriter;
import io.stemline.reports.page.HtmlReport;
import io.stemline.reports.page.Listening;
import io.stemline.reports.rows.CatalogueReports;
import io.stemline.reports.scores.ScoreTableBuilder;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * How long a report over 6,200,000 figures takes: 31 methods, 50 tracks, 4 stems, 4 metrics, 250 windows, made by seed. First
 * from rows of a database that is started for it, then from museval's JSON, which is written from the same figures. On a machine
 * that has more to do, the seconds of processors tell more than those of the clock; those of the database are not in them.
 *
 * <p>Argument: an empty folder, for a gigabyte of files.
 */
public final class ReportSpeed {
    private static final int METHODS = 31;
    private static final int TRACKS = 50;
    private static final int WINDOWS = 250;
    private static final OperatingSystemMXBean PROCESS =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private ReportSpeed() {}

    public static void main(String... arguments) throws Exception {
        Path folder = Files.createDirectories(Path.of(arguments[0]));
        List<String> models = IntStream.rangeClosed(1, METHODS)
                .mapToObj("method-%02d"::formatted)
                .toList();
        Report report;
        try (var database = EmbeddedDatabase.start(folder.resolve("database"), EmbeddedDatabase.Settings.defaults())) {
            var rows = new PGSimpleDataSource();
            rows.setUrl(database.jdbcUrl());
            rows.setUser(database.user());
            rows.setPassword(database.password());
            Flyway.configure().dataSource(rows).load().migrate();
            write(rows);
            var reports = new CatalogueReports(rows);
            report = timed("rows to table", () -> reports.ofModels(models, Instant.now()));
        }
        timed("table to page", () -> page(report));
        Path files = folder.resolve("museval");
        timed("table to museval's JSON", () -> new MusevalWriter(report.scores()).write(files));
        Report read = timed("museval's JSON to table", () -> read(files));
        timed("table to page", () -> page(read));
    }

    private static Report read(Path files) {
        var table = new ScoreTableBuilder();
        var folders = new MusevalFolders(table);
        folders.read(files);
        return Report.of("museval", Instant.now(), table.build(), folders.remarks());
    }

    private static String page(Report report) {
        return new HtmlReport(report, Listening.NOWHERE, Optional.empty()).html();
    }

    private static <T> T timed(String what, Callable<T> work) throws Exception {
        long start = System.nanoTime();
        long cpuStart = PROCESS.getProcessCpuTime();
        T result = work.call();
        double seconds = (System.nanoTime() - start) / 1e9;
        double cpuSeconds = (PROCESS.getProcessCpuTime() - cpuStart) / 1e9;
        String size = result instanceof Report report
                ? "%,d figures".formatted(report.scores().figureCount())
                : "";
        size = result instanceof String page ? "%,d letters".formatted(page.length()) : size;
        System.gc();
        long heap = Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
        System.out.printf(
                Locale.ROOT,
                "%-26s %7.2f s  %7.2f s of processors  %6d MB live  %s%n",
                what,
                seconds,
                cpuSeconds,
                heap >> 20,
                size);
        return result;
    }

    private static void write(PGSimpleDataSource database) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("select setseed(0.5)");
            statement.execute("""
                    insert into track (track_id, object, name, container, sample_rate_hz, channels, length_frames)
                    select lpad(to_hex(t), 64, '0'), 'o', 'Track ' || t, 'wav', 44100, 2, 44100 * %d
                    from generate_series(1, %d) t
                    """.formatted(WINDOWS, TRACKS));
            statement.execute("""
                    insert into separation (separation_id, track_id, model_id, encoding, manifest, seconds, worker)
                    select lpad(to_hex(1000 * m + t), 64, '0'), lpad(to_hex(t), 64, '0'), 'method-' || lpad(m::text, 2, '0'),
                           'wav', 'm', 10, 'w'
                    from generate_series(1, %d) m cross join generate_series(1, %d) t
                    """.formatted(METHODS, TRACKS));
            statement.execute("""
                    insert into evaluation (evaluation_id, separation_id, protocol, checks, seconds)
                    select separation_id, separation_id, 'bsseval-v4/1', '[]', 1 from separation
                    """);
            statement.execute("""
                    insert into evaluation_frame
                    select evaluation_id, stem, metric, 1, 1,
                           (select array_agg(6 + 12 * (random() + random() + random() - 1.5))
                            from generate_series(1, %d) where evaluation_id is not null)
                    from evaluation, unnest(array['vocals', 'drums', 'bass', 'other']) stem,
                         unnest(array['SDR', 'SIR', 'SAR', 'ISR']) metric
                    """.formatted(WINDOWS));
            statement.execute("analyze");
        }
    }
}
