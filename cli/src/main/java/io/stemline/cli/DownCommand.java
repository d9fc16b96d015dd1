package io.stemline.cli;

import io.stemline.local.StackState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Stops the stack that {@code up} started. */
@Command(
        name = "down",
        description = "Stops what 'stemline up' started. Work that is under way goes on after the next start.",
        footerHeading = "%nExamples:%n",
        footer = {"  stemline down", "  stemline down --data /srv/stemline"},
        mixinStandardHelpOptions = true)
final class DownCommand implements Callable<Integer> {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    @Mixin
    private DataFolderOption dataFolder;

    @Mixin
    private CommonOptions common;

    @Override
    public Integer call() throws InterruptedException, ExecutionException {
        Path folder = dataFolder.folder();
        Optional<StackState> running = StackState.find(folder);
        running.ifPresent(state -> Stacks.refuseIfRunning(state, folder));
        Optional<ProcessHandle> holder = running.flatMap(StackState::holder);
        if (holder.isPresent()) {
            stop(holder.get());
        }
        String sentence = holder.isPresent() ? "Stopped." : "Nothing was up on " + folder + ".";
        common.print(() -> Map.of("stopped", holder.isPresent()), style -> sentence);
        return Stemline.ALL_WELL;
    }

    private static void stop(ProcessHandle holder) throws InterruptedException, ExecutionException {
        holder.destroy();
        try {
            holder.onExit().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw CommandFailure.because("process %d does not end within %d s; 'kill -9 %d' ends it and all it started"
                    .formatted(holder.pid(), LIMIT.toSeconds(), holder.pid()));
        }
    }
}
