package io.stemline.endurance.chaos;

import io.stemline.endurance.Database;
import io.stemline.local.LocalStack;
import io.stemline.local.StackState.StackProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Deals the blows. A process that is hit is first waited for, if it is still coming up after the last one. */
final class Fire implements AutoCloseable {
    private static final Duration TO_COME_UP = Duration.ofMinutes(2);
    private static final int BLOCK_BYTES = 1 << 16;

    private final LocalStack stack;
    private final Path dataFolder;
    private final Database database;
    private final Recoveries recoveries;
    private final Optional<LinkedHome> versions;
    private final ScheduledExecutorService later = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("fire-later").factory());
    private final List<ProcessHandle> stopped = new ArrayList<>();

    /**
     * @param versions the services' links, where versions are changed
     */
    Fire(LocalStack stack, Path dataFolder, Database database, Recoveries recoveries, Optional<LinkedHome> versions) {
        this.stack = stack;
        this.dataFolder = dataFolder;
        this.database = database;
        this.recoveries = recoveries;
        this.versions = versions;
    }

    /** Deals a blow; whether there was something to hit. */
    boolean deal(int step, Blow blow) throws InterruptedException {
        return switch (blow) {
            case Blow.Kill kill -> kill(step, List.of(kill.process()));
            case Blow.KillAll all ->
                kill(
                        step,
                        stack.state().processes().stream()
                                .map(StackProcess::name)
                                .toList());
            case Blow.KillPostmaster postmaster -> killPostmaster(step);
            case Blow.KillBackend backend -> killBackend();
            case Blow.CutDatabase cut -> cutDatabase();
            case Blow.Pause pause -> pause(pause);
            case Blow.FillStore fill -> fillStore(fill);
            case Blow.ChangeVersion change -> changeVersion(step, change);
        };
    }

    private boolean kill(int step, List<String> names) throws InterruptedException {
        var victims = new ArrayList<ProcessHandle>();
        for (String name : names) {
            up(name).ifPresent(victim -> {
                recoveries.hit(step, name);
                victims.add(victim);
            });
        }
        return victims.stream().filter(ProcessHandle::destroyForcibly).count() > 0;
    }

    private boolean killPostmaster(int step) throws InterruptedException {
        if (up("postgresql").isEmpty()) {
            return false;
        }
        Optional<ProcessHandle> postmaster = postmaster();
        postmaster.ifPresent(victim -> recoveries.hit(step, "postgresql"));
        return postmaster.filter(ProcessHandle::destroyForcibly).isPresent();
    }

    private boolean killBackend() throws InterruptedException {
        return askDatabase("select pid from pg_stat_activity where backend_type = 'client backend'"
                        + " and pid <> pg_backend_pid() order by backend_start limit 1")
                .flatMap(ProcessHandle::of)
                .filter(ProcessHandle::destroyForcibly)
                .isPresent();
    }

    private boolean cutDatabase() throws InterruptedException {
        return askDatabase("select count(pg_terminate_backend(pid)) from pg_stat_activity"
                        + " where backend_type = 'client backend' and pid <> pg_backend_pid()")
                .isPresent();
    }

    /** Empty if there is no answer, as the database may just be down. */
    private Optional<Long> askDatabase(String query) throws InterruptedException {
        if (up("postgresql").isEmpty()) {
            return Optional.empty();
        }
        try {
            return database.number(query);
        } catch (SQLException e) {
            return Optional.empty();
        }
    }

    private boolean pause(Blow.Pause pause) throws InterruptedException {
        Optional<ProcessHandle> process = up(pause.process());
        if (process.isEmpty()) {
            return false;
        }
        var all = new ArrayList<ProcessHandle>();
        all.add(process.get());
        process.get().descendants().forEach(all::add);
        if (pause.process().equals("postgresql")) {
            postmaster().ifPresent(server -> {
                all.add(server);
                server.descendants().forEach(all::add);
            });
        }
        signal("STOP", all);
        synchronized (stopped) {
            stopped.addAll(all);
        }
        later.schedule(() -> goOn(all), pause.length().toMillis(), TimeUnit.MILLISECONDS);
        return true;
    }

    private void goOn(List<ProcessHandle> processes) {
        signal("CONT", processes);
        synchronized (stopped) {
            stopped.removeAll(processes);
        }
    }

    private static void signal(String name, List<ProcessHandle> processes) {
        var command = new ArrayList<>(List.of("kill", "-" + name));
        processes.stream().filter(ProcessHandle::isAlive).forEach(process -> command.add(Long.toString(process.pid())));
        try {
            int ignored = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new IllegalStateException("there is no 'kill' to send signals with", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean changeVersion(int step, Blow.ChangeVersion change) throws InterruptedException {
        Optional<ProcessHandle> process = up(change.process());
        try {
            versions.orElseThrow().change(change.process(), change.to());
        } catch (IOException e) {
            throw new UncheckedIOException("the version of " + change.process() + " cannot be changed", e);
        }
        process.ifPresent(running -> recoveries.hit(step, change.process()));
        return process.filter(ProcessHandle::destroy).isPresent();
    }

    private boolean fillStore(Blow.FillStore fill) {
        Path ballast = dataFolder.resolve("store/.unfinished/ballast");
        try (var out = Files.newOutputStream(ballast)) {
            var block = new byte[BLOCK_BYTES];
            while (true) {
                out.write(block);
            }
        } catch (IOException e) {
            later.schedule(() -> Files.deleteIfExists(ballast), fill.length().toMillis(), TimeUnit.MILLISECONDS);
            return Files.exists(ballast);
        }
    }

    /** A process of the stack once it is up; empty if it does not come up. */
    private Optional<ProcessHandle> up(String name) throws InterruptedException {
        long until = System.nanoTime() + TO_COME_UP.toNanos();
        while (System.nanoTime() < until) {
            Optional<ProcessHandle> process = stack.state().processes().stream()
                    .filter(candidate -> candidate.name().equals(name))
                    .filter(candidate -> candidate.condition() == StackProcess.Condition.UP)
                    .flatMap(candidate -> ProcessHandle.of(candidate.pid()).stream())
                    .filter(ProcessHandle::isAlive)
                    .findFirst();
            if (process.isPresent()) {
                return process;
            }
            Thread.sleep(100);
        }
        return Optional.empty();
    }

    private Optional<ProcessHandle> postmaster() {
        try (Stream<String> lines = Files.lines(dataFolder.resolve("postgresql/cluster/postmaster.pid"))) {
            return lines.findFirst().map(String::strip).map(Long::parseLong).flatMap(ProcessHandle::of);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Lets go on whatever is still stopped. */
    @Override
    public void close() {
        later.shutdownNow();
        synchronized (stopped) {
            signal("CONT", List.copyOf(stopped));
            stopped.clear();
        }
    }
}
