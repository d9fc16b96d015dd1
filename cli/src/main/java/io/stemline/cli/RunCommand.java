package io.stemline.cli;

import io.stemline.cli.batches.BatchDisplay;
import io.stemline.cli.batches.BatchOutcome;
import io.stemline.cli.batches.BatchRun;
import io.stemline.cli.catalogue.Catalogue;
import io.stemline.cli.catalogue.Catalogue.Wish;
import io.stemline.cli.catalogue.CatalogueException;
import io.stemline.cli.reports.BatchReport;
import io.stemline.cli.stems.StemDownloads;
import io.stemline.cli.stems.StemFolders;
import io.stemline.cli.terminal.Terminal;
import io.stemline.local.LocalStack;
import io.stemline.local.StackSettings;
import io.stemline.local.StackSettings.Purpose;
import io.stemline.local.StackState;
import io.stemline.reports.ReportException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Separates files and folders: starts the stack, or uses the one that is up, submits, follows, brings the stems home, and
 * stops the stack it started. Interrupted, it stops everything in order; run again, it goes on where it was.
 */
@Command(
        name = "run",
        description = {
            "Separates folders and files of music, from start to end.",
            "Folders are searched; a folder with a mixture and its stems (MUSDB), and a .stem.mp4, are scored. "
                    + "Run again, it does only what is missing."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  stemline run ~/Music/album",
            "  stemline run ~/Music/album -o stems --format flac",
            "  stemline run one.mp3 two.wav --model unet-1 --json"
        },
        mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {

    @Parameters(arity = "1..*", paramLabel = "FOLDER|FILE", description = "What to separate.")
    private List<Path> paths;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "DIR",
            defaultValue = "stems",
            description = "Where stems go, as DIR/<track>/<stem>.<extension> (default: ${DEFAULT-VALUE}).")
    private Path output;

    @Mixin
    private WishOptions wish;

    @Mixin
    private DeviceOptions devices;

    @Mixin
    private DataFolderOption dataFolder;

    @Mixin
    private CommonOptions common;

    @Override
    public Integer call() throws InterruptedException {
        List<Path> absolute = SubmittedPaths.existing(paths);
        String modelId = new Models(Home.folder(), dataFolder.folder()).idOf(wish.modelId());
        Optional<StackState> up = StackState.find(dataFolder.folder());
        up.ifPresent(state -> {
            Stacks.refuseIfRunning(state, dataFolder.folder());
            devices.sayIfOfNoUse(common.terminal());
        });
        return up.isPresent()
                ? runOn(Stacks.requireUp(dataFolder.folder()).catalogue(), absolute, modelId)
                : runOnOwnStack(absolute, modelId);
    }

    private int runOnOwnStack(List<Path> absolute, String modelId) throws InterruptedException {
        Terminal terminal = common.terminal();
        var settings =
                new StackSettings(Home.folder(), dataFolder.folder(), Purpose.RUN, modelId, devices.requireThere());
        try (var watch = Interruption.onInterruption(() -> terminal.say("Stopping; run it again to go on."));
                LocalStack stack = Stacks.start(settings, terminal)) {
            return runOn(stack.state().catalogue(), absolute, modelId);
        }
    }

    private int runOn(URI address, List<Path> absolute, String modelId) throws InterruptedException {
        Path folder = output.toAbsolutePath().normalize();
        BatchOutcome outcome;
        Optional<Path> page;
        try (var catalogue = new Catalogue(address);
                var display = new BatchDisplay(common.terminal());
                var watch = Interruption.onInterruption(display::close)) {
            var asked = new Wish(Optional.of(modelId), wish.format().encoding().spelling());
            var batch = catalogue.submit(absolute, SubmittedPaths.name(absolute), asked);
            var downloads = new StemDownloads(catalogue, new StemFolders(folder));
            outcome = new BatchRun(catalogue, downloads, display, batch).finish();
            page = page(catalogue, outcome, folder);
        }
        RunReport report = RunReport.of(outcome, folder, page);
        common.print(() -> report, style -> report.render(outcome, style));
        return outcome.failed().isEmpty() ? Stemline.ALL_WELL : Stemline.SOMETHING_FAILED;
    }

    /** The stems are good without their report: what keeps it away is said, and no failure. */
    private Optional<Path> page(Catalogue catalogue, BatchOutcome outcome, Path folder) {
        try {
            return Optional.of(BatchReport.write(catalogue, outcome, folder));
        } catch (IOException | CatalogueException | ReportException e) {
            common.terminal().complain("There is no report: " + e.getMessage());
            return Optional.empty();
        }
    }
}
