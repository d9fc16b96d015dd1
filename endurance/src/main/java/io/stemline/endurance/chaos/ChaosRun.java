package io.stemline.endurance.chaos;

import io.stemline.endurance.Database;
import io.stemline.endurance.chaos.Schedule.Step;
import io.stemline.local.LocalStack;
import io.stemline.local.StackSettings;
import io.stemline.local.StackSettings.Purpose;
import io.stemline.local.StackState.StackProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A run from start to report:
 *
 * <ol>
 *   <li>start a local stack with two separators and the model that only splits the mixture, on an empty folder;
 *   <li>submit portions of files, one for each step of the schedule, while the steps are taken;
 *   <li>let everything go on undisturbed until all is settled, or until nothing has changed for a while;
 *   <li>make believe that a day has passed, and start the services anew: what crashes left half-written must go;
 *   <li>compare ({@link Audit}).
 * </ol>
 */
public final class ChaosRun {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);
    private static final Duration LONG_AGO = Duration.ofDays(2);
    private static final String MODEL = "null";

    private final Settings settings;
    private final Optional<LinkedHome> versions;
    private final Consumer<String> log;
    private final Ledger ledger = new Ledger();
    private final Recoveries recoveries = new Recoveries();
    private final List<ChaosReport.Line> lines = Collections.synchronizedList(new ArrayList<>());

    /**
     * What can differ between one run and another.
     *
     * @param home the project's folder, with the services built
     * @param folder for all that the run makes
     * @param seed what everything that is drawn follows from
     * @param tracks how many files are submitted
     * @param blows how often something is done to the system
     * @param longestGap between one blow and the next
     * @param withFullDisk whether the store's folder is a disk of its own that can be filled
     * @param patience how long nothing may change before the run gives up waiting
     */
    public record Settings(
            Path home,
            Path folder,
            long seed,
            int tracks,
            int blows,
            Duration longestGap,
            boolean withFullDisk,
            Duration patience) {}

    /**
     * @param log takes a line for each thing that happens
     */
    public ChaosRun(Settings settings, Consumer<String> log) {
        this(settings, Optional.empty(), log);
    }

    private ChaosRun(Settings settings, Optional<LinkedHome> versions, Consumer<String> log) {
        this.settings = settings;
        this.versions = versions;
        this.log = log;
    }

    /**
     * A run in which nothing is hit, but the services are changed to another version one after the other.
     *
     * @param settings of which the number of blows counts for nothing
     * @param before folder of the project in the version before, with the services built
     */
    public static ChaosRun upgrade(Settings settings, Path before, Consumer<String> log) throws IOException {
        var versions = LinkedHome.create(settings.folder().resolve("home"), before, settings.home());
        return new ChaosRun(settings, Optional.of(versions), log);
    }

    /** Runs; returns what came out. */
    public ChaosReport run() throws Exception {
        long started = System.nanoTime();
        Path dataFolder = settings.folder().resolve("data");
        Path music = Files.createDirectories(settings.folder().resolve("music"));
        Path home = versions.map(LinkedHome::folder).orElse(settings.home());
        var stackSettings = new StackSettings(home, dataFolder, Purpose.RUN, MODEL).withDevices(List.of("cpu", "cpu"));
        try (LocalStack stack = LocalStack.start(stackSettings, recoveries)) {
            Schedule schedule = schedule(stack);
            var database = new Database(port(stack, "postgresql"));
            // Topics of earlier versions refuse what is dated ahead.
            boolean clocksAreWrong = versions.isEmpty();
            try (var fire = new Fire(stack, dataFolder, database, recoveries, versions);
                    var submitter = new Submitter(
                            stack.state().catalogue(),
                            port(stack, "kafka"),
                            dataFolder.resolve("store"),
                            ledger,
                            clocksAreWrong)) {
                act(schedule, fire, submitter, new Repertoire(music, settings.seed()));
            }
            Duration untilSettled = settle(stack, database);
            tidy(stack, dataFolder.resolve("store"));
            Audit.Result result = new Audit(ledger, database, port(stack, "kafka"), dataFolder.resolve("store")).run();
            return new ChaosReport(
                    settings.seed(),
                    List.copyOf(lines),
                    recoveries.all(),
                    result.figures(),
                    result.findings(),
                    untilSettled,
                    Duration.ofNanos(System.nanoTime() - started));
        }
    }

    private Schedule schedule(LocalStack stack) {
        List<String> services = stack.state().processes().stream()
                .map(StackProcess::name)
                .filter(name -> name.contains("-service"))
                .toList();
        Schedule schedule = versions.isPresent()
                ? Schedule.upgrade(services, settings.longestGap())
                : Schedule.of(
                        settings.seed(),
                        new Schedule.Settings(
                                settings.blows(), services, settings.longestGap(), settings.withFullDisk()));
        log.accept(
                "seed %d, %d steps".formatted(settings.seed(), schedule.steps().size()));
        return schedule;
    }

    private void act(Schedule schedule, Fire fire, Submitter submitter, Repertoire repertoire) throws Exception {
        try (ExecutorService submitting = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().daemon().name("submitting").factory())) {
            Future<?> submitted = submitting.submit(() -> {
                submitAll(schedule.steps().size(), submitter, repertoire);
                return null;
            });
            int number = 0;
            for (Step step : schedule.steps()) {
                number++;
                Thread.sleep(step.after());
                boolean hit = fire.deal(number, step.blow());
                lines.add(new ChaosReport.Line(
                        number, step.after(), step.blow().target(), step.blow().action(), hit));
                log.accept("%3d  %s: %s%s"
                        .formatted(number, step.blow().target(), step.blow().action(), hit ? "" : " (nothing there)"));
            }
            rethrowing(submitted);
        }
    }

    /** One portion after another, each as soon as the one before is accepted and a step's usual time is over. */
    private void submitAll(int portions, Submitter submitter, Repertoire repertoire) throws Exception {
        int parts = Math.max(1, portions);
        for (int n = 0; n < parts; n++) {
            int size = settings.tracks() * (n + 1) / parts - settings.tracks() * n / parts;
            submitter.submit(repertoire.next(size, ledger));
            Thread.sleep(settings.longestGap().dividedBy(2));
        }
    }

    private static void rethrowing(Future<?> submitted) throws Exception {
        try {
            submitted.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    /** Waits until nothing is left to do, or nothing changes any more; how long that took. */
    private Duration settle(LocalStack stack, Database database) throws InterruptedException {
        log.accept("     everything is submitted and nothing is done to the system any more");
        long started = System.nanoTime();
        long changed = started;
        long left = Long.MAX_VALUE;
        while (left > 0 && System.nanoTime() - changed < settings.patience().toNanos()) {
            Thread.sleep(BETWEEN_LOOKS);
            long now = left(stack, database);
            if (now != left) {
                changed = System.nanoTime();
                left = now;
            }
        }
        log.accept(left == 0 ? "     all is settled" : "     %d things do not change any more".formatted(left));
        return Duration.ofNanos(System.nanoTime() - started);
    }

    /** How much there is still to do. */
    private long left(LocalStack stack, Database database) {
        if (!isUp(stack)) {
            return Long.MAX_VALUE - 1;
        }
        try {
            long entries = database.number("select count(*) from batch_item where state not in ('DONE', 'FAILED')")
                    .orElse(0L);
            long events = database.number("select count(*) from outbox").orElse(0L);
            long evaluated = database.number(
                            "select count(distinct track_id) from separation join evaluation using (separation_id)")
                    .orElse(0L);
            long letters = database.number(
                            "select count(distinct event_key) from dead_letter where event_key like 'no-event%'")
                    .orElse(0L);
            return entries
                    + events
                    + Math.max(0, ledger.separatedTracks().size() - evaluated)
                    + Math.max(
                            0,
                            ledger.names(Submitted.Fate.DEAD_LETTER_WITHOUT_ENTRY)
                                            .size()
                                    - letters);
        } catch (SQLException e) {
            return Long.MAX_VALUE - 2;
        }
    }

    private static boolean isUp(LocalStack stack) {
        return stack.state().processes().stream().allMatch(process -> process.condition() == StackProcess.Condition.UP);
    }

    private void tidy(LocalStack stack, Path store) throws IOException, InterruptedException {
        for (String folder : List.of(".unfinished", ".uploads")) {
            age(store.resolve(folder));
        }
        long until = System.nanoTime() + settings.patience().toNanos();
        for (StackProcess process : stack.state().processes()) {
            if (process.name().contains("-service")) {
                recoveries.hit(0, process.name());
                ProcessHandle.of(process.pid()).ifPresent(ProcessHandle::destroyForcibly);
            }
        }
        while (!recoveries.allAreBack() && System.nanoTime() < until) {
            Thread.sleep(BETWEEN_LOOKS);
        }
    }

    private static void age(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        var longAgo = FileTime.from(Instant.now().minus(LONG_AGO));
        try (Stream<Path> inside = Files.walk(folder)) {
            for (Path path : inside.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.setLastModifiedTime(path, longAgo);
            }
        }
    }

    private static int port(LocalStack stack, String process) {
        return stack.state().process(process).orElseThrow().port();
    }
}
