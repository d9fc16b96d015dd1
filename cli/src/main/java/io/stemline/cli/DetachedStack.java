package io.stemline.cli;

import io.stemline.local.StackSettings;
import io.stemline.local.StackState;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A stack in a process of its own that outlives this one and the terminal. */
final class DetachedStack {

    private static final Duration START_LIMIT = Duration.ofMinutes(3);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);
    private static final int LOG_LINES_IN_MESSAGE = 10;

    private final StackSettings settings;

    DetachedStack(StackSettings settings) {
        this.settings = settings;
    }

    /** Starts it and returns once all of it is up. */
    StackState start() throws IOException, InterruptedException {
        Path log =
                Files.createDirectories(settings.dataFolder().resolve("logs")).resolve("stack.log");
        Process process = new ProcessBuilder(command())
                .redirectInput(new File("/dev/null"))
                .redirectOutput(log.toFile())
                .redirectErrorStream(true)
                .start();
        long limit = System.nanoTime() + START_LIMIT.toNanos();
        while (System.nanoTime() < limit) {
            Optional<StackState> state = StackState.find(settings.dataFolder()).filter(StackState::ready);
            if (state.isPresent()) {
                return state.get();
            }
            if (process.waitFor(BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS)) {
                throw CommandFailure.because("it did not come up: " + endOf(log));
            }
        }
        process.destroy();
        throw CommandFailure.because(
                "it is not up after %d s and was stopped; its log is %s".formatted(START_LIMIT.toSeconds(), log));
    }

    private List<String> command() {
        var command = new ArrayList<String>();
        command.add(sessionLeader());
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx128m"));
        command.add("-Dstemline.home=" + settings.home());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Stemline.class.getName()));
        command.addAll(List.of("up", "--data", settings.dataFolder().toString(), "--model", settings.activeModel()));
        settings.devices().forEach(device -> command.addAll(List.of("--device", device)));
        return command;
    }

    /** The terminal's signals must not reach it. */
    private static String sessionLeader() {
        return List.of("/usr/bin/setsid", "/bin/setsid").stream()
                .filter(program -> Files.isExecutable(Path.of(program)))
                .findFirst()
                .orElse("nohup");
    }

    private static String endOf(Path log) throws IOException {
        List<String> lines = Files.readAllLines(log);
        return String.join(
                System.lineSeparator(), lines.subList(Math.max(0, lines.size() - LOG_LINES_IN_MESSAGE), lines.size()));
    }
}
