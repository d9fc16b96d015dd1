package io.stemline.endurance.load;

import io.stemline.cli.catalogue.Batch;
import io.stemline.cli.catalogue.Catalogue;
import io.stemline.cli.catalogue.Catalogue.Wish;
import io.stemline.endurance.Database;
import io.stemline.local.LocalStack;
import io.stemline.local.StackListener;
import io.stemline.local.StackSettings;
import io.stemline.local.StackSettings.Purpose;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * One batch of very short tracks through a stack of one separator, from submission to report. The time of each step, the tracks a
 * second, and what each process and the database needed for a track.
 */
public final class LoadRun {
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(5);
    private static final Duration BETWEEN_LATER_LINES = Duration.ofMinutes(1);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int SAMPLE_RATE_HZ = 8000;
    private static final int HEADER_BYTES = 44;

    private final Settings settings;
    private final Consumer<String> log;

    /**
     * What can differ between one run and another.
     *
     * @param home the project's folder, with the services built
     * @param folder for all that the run makes
     * @param framesPerTrack length of a track at 8 kHz, mono
     * @param encoding how stems are written
     * @param askEach how long wrk asks each path of the API when the batch is done; it is not asked where this is nothing
     */
    public record Settings(Path home, Path folder, int tracks, int framesPerTrack, String encoding, Duration askEach) {}

    /**
     * @param log takes a line for each thing that happens
     */
    public LoadRun(Settings settings, Consumer<String> log) {
        this.settings = settings;
        this.log = log;
    }

    /** Counters of the database. */
    private record Counters(long walBytes, long walRecords, long fsyncs, long commits) {
        static Counters of(Database database) throws SQLException {
            return database.list(
                            """
                            select (select wal_bytes from pg_stat_wal), (select wal_records from pg_stat_wal),
                                   (select sum(fsyncs)::bigint from pg_stat_io),
                                   (select sum(xact_commit)::bigint from pg_stat_database)""", row -> new Counters(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4)))
                    .getFirst();
        }
    }

    /** Runs; returns the report as lines of text. */
    public List<String> run() throws Exception {
        Path dataFolder = dataFolder();
        Path music = Files.createDirectories(settings.folder().resolve("music"));
        List<Path> files = makeTracks(music);
        var stackSettings = new StackSettings(settings.home(), dataFolder, Purpose.RUN, "null");
        try (LocalStack stack = LocalStack.start(stackSettings, StackListener.NONE);
                var catalogue = new Catalogue(stack.state().catalogue())) {
            var database = new Database(port(stack));
            warmUp(catalogue, files, stack, database);
            Usage usageBefore = Usage.of(stack, dataFolder);
            Counters countersBefore = Counters.of(database);
            long started = System.nanoTime();
            Batch batch = catalogue.submit(List.of(music), "load", new Wish(Optional.empty(), settings.encoding()));
            double submitted = secondsSince(started);
            log.accept("accepted after %.1f s".formatted(submitted));
            List<String> course = follow(stack, database, batch.batchId(), started);
            double done = secondsSince(started);
            Usage usageAfter = Usage.of(stack, dataFolder);
            Counters countersAfter = Counters.of(database);
            long reportStarted = System.nanoTime();
            catalogue.batchReport(batch.batchId());
            log.accept("report after another %.1f s".formatted(secondsSince(reportStarted)));
            var lines = new ArrayList<String>();
            lines.add("%d tracks of %.2f s: accepted in %.1f s, done in %.1f s (%.1f tracks a second), report in %.1f s"
                    .formatted(
                            settings.tracks(),
                            (double) settings.framesPerTrack() / SAMPLE_RATE_HZ,
                            submitted,
                            done,
                            settings.tracks() / done,
                            secondsSince(reportStarted)));
            lines.addAll(course);
            lines.addAll(perTrack(usageBefore, usageAfter));
            lines.addAll(perTrack(countersBefore, countersAfter));
            lines.addAll(rowsPerTrack(database));
            if (settings.askEach().isPositive()) {
                String trackId = database.texts("select track_id from batch_item where state = 'DONE' limit 1")
                        .getFirst();
                lines.addAll(new ApiLoad(stack.state().catalogue(), settings.askEach())
                        .run(ApiLoad.paths(batch.batchId(), trackId)));
            }
            return lines;
        }
    }

    private Path dataFolder() {
        return settings.folder().resolve("data");
    }

    /** Half a hundred tracks that count for nothing, so that the virtual machines have seen their code. */
    private void warmUp(Catalogue catalogue, List<Path> files, LocalStack stack, Database database) throws Exception {
        var some = new ArrayList<>(files.subList(0, Math.min(50, files.size())));
        Batch batch = catalogue.submit(some, "warm-up", new Wish(Optional.empty(), "flac-16"));
        follow(stack, database, batch.batchId(), System.nanoTime());
    }

    private List<String> follow(LocalStack stack, Database database, String batchId, long started) throws Exception {
        var course = new ArrayList<String>();
        long printed = 0;
        long changed = System.nanoTime();
        Map<String, Long> last = Map.of();
        while (true) {
            var states = new TreeMap<String, Long>();
            database.list(
                            "select state, count(*) from batch_item where batch_id = '" + batchId + "' group by state",
                            row -> Map.entry(row.getString(1), row.getLong(2)))
                    .forEach(entry -> states.put(entry.getKey(), entry.getValue()));
            long now = System.nanoTime();
            if (!states.equals(last)) {
                changed = now;
                last = states;
            }
            boolean finished =
                    states.keySet().stream().allMatch(state -> state.equals("DONE") || state.equals("FAILED"));
            Duration betweenLines = now - started < BETWEEN_LATER_LINES.toNanos() ? BETWEEN_LINES : BETWEEN_LATER_LINES;
            if (finished || now - printed > betweenLines.toNanos()) {
                printed = now;
                course.add("%7.1f s  %s  MB resident %s"
                        .formatted(
                                secondsSince(started),
                                states,
                                Usage.of(stack, dataFolder()).residentMegabytes()));
                log.accept(course.getLast());
            }
            if (finished) {
                return course;
            }
            if (now - changed > PATIENCE.toNanos()) {
                throw new IllegalStateException("nothing has changed for two minutes: " + states);
            }
            Thread.sleep(BETWEEN_LOOKS);
        }
    }

    private List<String> perTrack(Usage before, Usage after) {
        var lines = new ArrayList<>(
                List.of("", "| process | ms of a processor a track | MB resident |", "| --- | --: | --: |"));
        after.cpuMillis()
                .forEach((process, millis) -> lines.add("| %s | %.2f | %d |"
                        .formatted(
                                process,
                                (double) (millis - before.cpuMillis().getOrDefault(process, 0L)) / settings.tracks(),
                                after.residentMegabytes().get(process))));
        return lines;
    }

    private List<String> perTrack(Counters before, Counters after) {
        double tracks = settings.tracks();
        return List.of(
                "",
                "PostgreSQL a track: %.1f KB of log in %.1f records, %.2f fsyncs, %.1f commits"
                        .formatted(
                                (after.walBytes() - before.walBytes()) / 1e3 / tracks,
                                (after.walRecords() - before.walRecords()) / tracks,
                                (after.fsyncs() - before.fsyncs()) / tracks,
                                (after.commits() - before.commits()) / tracks));
    }

    private List<String> rowsPerTrack(Database database) throws SQLException {
        var lines = new ArrayList<>(List.of("", "| table | rows | bytes a row, with indexes |", "| --- | --: | --: |"));
        lines.addAll(database.list(
                """
                select relname, n_live_tup, pg_total_relation_size(relid)
                from pg_stat_user_tables where n_live_tup > 100 order by relname""",
                row -> "| %s | %d | %d |"
                        .formatted(row.getString(1), row.getLong(2), row.getLong(3) / Math.max(1, row.getLong(2)))));
        return lines;
    }

    private List<Path> makeTracks(Path music) throws IOException {
        var random = new Random(1);
        var files = new ArrayList<Path>();
        for (int n = 0; n < settings.tracks(); n++) {
            Path folder = music.resolve("%04d".formatted(n / 1000));
            if (n % 1000 == 0) {
                Files.createDirectories(folder);
            }
            files.add(Files.write(folder.resolve("track-%06d.wav".formatted(n)), wave(random)));
        }
        return files;
    }

    private byte[] wave(Random random) {
        int bytes = settings.framesPerTrack() * Short.BYTES;
        ByteBuffer file = ByteBuffer.allocate(HEADER_BYTES + bytes).order(ByteOrder.LITTLE_ENDIAN);
        file.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(HEADER_BYTES - 8 + bytes);
        file.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII))
                .putInt(16)
                .putShort((short) 1)
                .putShort((short) 1);
        file.putInt(SAMPLE_RATE_HZ)
                .putInt(SAMPLE_RATE_HZ * Short.BYTES)
                .putShort((short) Short.BYTES)
                .putShort((short) 16);
        file.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(bytes);
        for (int frame = 0; frame < settings.framesPerTrack(); frame++) {
            file.putShort((short) random.nextInt(-16_384, 16_384));
        }
        return file.array();
    }

    private static int port(LocalStack stack) {
        return stack.state().process("postgresql").orElseThrow().port();
    }

    private static double secondsSince(long nanos) {
        return (System.nanoTime() - nanos) / 1e9;
    }
}
