package io.stemline.cli;

import io.stemline.cli.terminal.Terminal;
import io.stemline.local.StackSettings;
import io.stemline.local.StackSettings.Purpose;
import io.stemline.local.StackState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Starts the stack and keeps it up until it is told to stop. */
@Command(
        name = "up",
        description = "Starts Stemline and keeps it up, so that 'submit', 'run' and other programs can use it.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  stemline up                  until Ctrl-C",
            "  stemline up --detach         in the background, until 'stemline down'",
            "  stemline up --data /srv/stemline --model unet-1",
            "  stemline up --device gpu:0 --device gpu:1      a separator on each of two GPUs"
        },
        mixinStandardHelpOptions = true)
final class UpCommand implements Callable<Integer> {

    @Option(
            names = {"-d", "--detach"},
            description = "Return once everything is up, and leave it running.")
    private boolean detach;

    @Option(
            names = {"-m", "--model"},
            paramLabel = "ID",
            description = "The model that separates where nobody asks for another one.")
    private Optional<String> modelId = Optional.empty();

    @Mixin
    private DeviceOptions devices;

    @Mixin
    private DataFolderOption dataFolder;

    @Mixin
    private CommonOptions common;

    @Override
    public Integer call() throws InterruptedException, IOException {
        Path folder = dataFolder.folder();
        String active = new Models(Home.folder(), folder).idOf(modelId);
        Optional<StackState> running = StackState.find(folder);
        if (running.isPresent()) {
            Stacks.refuseIfRunning(running.get(), folder);
            throw CommandFailure.because("Stemline is up on %s already (process %d); 'stemline status' shows it"
                    .formatted(folder, running.get().pid()));
        }
        var settings = new StackSettings(Home.folder(), folder, Purpose.UP, active, devices.requireThere());
        return detach ? upInBackground(settings) : upUntilInterrupted(settings);
    }

    private int upUntilInterrupted(StackSettings settings) throws InterruptedException {
        Terminal terminal = common.terminal();
        try (var watch = Interruption.onInterruption(() -> terminal.say("Stopping."));
                var stack = Stacks.start(settings, terminal)) {
            StackState state = stack.state();
            common.print(() -> state, style -> StackView.render(state, style));
            terminal.say("Ctrl-C stops it.");
            stack.awaitLossOfDataFolder();
        }
        throw CommandFailure.because("%s was deleted; Stemline stopped".formatted(settings.dataFolder()));
    }

    private int upInBackground(StackSettings settings) throws IOException, InterruptedException {
        common.terminal().say("Starting Kafka, PostgreSQL and the services in " + settings.dataFolder());
        StackState state = new DetachedStack(settings).start();
        common.print(() -> state, style -> StackView.render(state, style));
        return Stemline.ALL_WELL;
    }
}
