package io.stemline.cli;

import io.stemline.cli.terminal.Durations;
import io.stemline.cli.terminal.Terminal;
import io.stemline.local.LocalStack;
import io.stemline.local.StackSettings;
import io.stemline.local.StackSettings.Purpose;
import io.stemline.local.StackState;
import java.nio.file.Path;
import java.time.Duration;

/** Starting stacks, and finding those that run. */
final class Stacks {

    private Stacks() {}

    /** Starts a stack and says so. */
    static LocalStack start(StackSettings settings, Terminal terminal) {
        terminal.say("Starting Kafka, PostgreSQL and the services in " + settings.dataFolder());
        long started = System.nanoTime();
        var stack = LocalStack.start(settings, new StackProgress(terminal));
        terminal.say("Up after " + Durations.work(Duration.ofNanos(System.nanoTime() - started)));
        return stack;
    }

    /** The stack that runs on a data folder, to be submitted to. */
    static StackState requireUp(Path dataFolder) {
        StackState state = StackState.find(dataFolder)
                .orElseThrow(() -> CommandFailure.because(
                        "no Stemline is up on %s; start one with 'stemline up --detach'".formatted(dataFolder)));
        if (!state.ready()) {
            throw CommandFailure.because("Stemline is still starting on %s (process %d); try again in a moment"
                    .formatted(dataFolder, state.pid()));
        }
        return state;
    }

    /** Refuses a data folder that a run has for itself. */
    static void refuseIfRunning(StackState state, Path dataFolder) {
        if (state.purpose() == Purpose.RUN) {
            throw CommandFailure.because(("a 'stemline run' is using %s (process %d); wait for it, stop it, or choose"
                            + " another data folder with --data")
                    .formatted(dataFolder, state.pid()));
        }
    }
}
