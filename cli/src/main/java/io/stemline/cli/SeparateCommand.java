package io.stemline.cli;

import io.stemline.cli.terminal.Terminal;
import io.stemline.training.folder.ModelFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Separates files in this process, without Kafka, PostgreSQL or services. */
@Command(
        name = "separate",
        description = "Separates files right here, without starting anything else. Nothing is stored or scored.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  stemline separate song.mp3 -o stems",
            "  stemline separate *.flac -o stems --format flac --threads 4",
            "  stemline separate song.wav -o stems --model unet-1 --device gpu:0",
            "  stemline separate song.mp3 -o stems --images",
            "  stemline separate song.wav -o stems --filter wiener --iterations 2",
            "  stemline separate song.wav -o stems --model repet-sim",
            "  stemline separate song.mp3 -o karaoke --two-stems vocals --format mp3 --duration 90"
        },
        mixinStandardHelpOptions = true)
final class SeparateCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "What to separate.")
    private List<Path> files;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "DIR",
            required = true,
            description = "Where stems go, as DIR/<track>/<stem>.<extension>.")
    private Path output;

    @Option(
            names = "--device",
            paramLabel = "DEVICE",
            defaultValue = "cpu",
            description =
                    "Where the network runs: cpu, gpu:0, gpu:1 and so on; of several, gpu:0,cpu, the first that is "
                            + "there. 'stemline devices' lists them (default: ${DEFAULT-VALUE}).")
    private String device;

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "0",
            description = "Threads for the network; 0 for one for each processor (default: ${DEFAULT-VALUE}).")
    private int threads;

    @Mixin
    private WishOptions wish;

    @Option(
            names = "--as-input",
            description = "Write stems in the format of their file, where that is one of FORMAT, else in FORMAT.")
    private boolean asInput;

    @Option(
            names = "--start",
            paramLabel = "SECONDS",
            defaultValue = "0",
            description = "Leave out so much at the beginning of each file (default: ${DEFAULT-VALUE}).")
    private double startSeconds;

    @Option(
            names = "--duration",
            paramLabel = "SECONDS",
            description = "Separate no more than so much of each file (default: to its end).")
    private Optional<Double> durationSeconds = Optional.empty();

    @Option(
            names = "--images",
            description = "Draw waveforms and mel spectrograms of each track and its stems, into DIR/<track>/images.")
    private boolean images;

    @Mixin
    private StemOptions stems;

    @Mixin
    private DataFolderOption dataFolder;

    @Mixin
    private CommonOptions common;

    @Override
    public Integer call() {
        List<Path> existing = SubmittedPaths.existing(files);
        Terminal terminal = common.terminal();
        Optional<ModelFolder> trained =
                wish.modelId().map(Path::of).filter(Files::isDirectory).map(ModelFolder::at);
        Models models = trained.map(model -> Models.withTrained(Home.folder(), dataFolder.folder(), model))
                .orElseGet(() -> new Models(Home.folder(), dataFolder.folder()));
        String modelId = models.idOf(trained.map(ModelFolder::modelId).or(wish::modelId));
        var request = new DirectSeparation.Request(
                output.toAbsolutePath().normalize(), wish.format().encoding(), asInput, excerpt(), stems, images);
        DirectSeparation.Report report;
        try (var separation = new DirectSeparation(models, modelId, device, threads, terminal)) {
            report = separation.separate(existing, request);
        }
        common.print(() -> report, report::render);
        common.complainIfQuiet(report.tracks().stream()
                .flatMap(track -> track.failure().stream())
                .toList());
        return report.failed() == 0 ? Stemline.ALL_WELL : Stemline.SOMETHING_FAILED;
    }

    private DirectSeparation.Part excerpt() {
        double seconds = durationSeconds.orElse(Double.POSITIVE_INFINITY);
        if (!(startSeconds >= 0) || !(seconds > 0)) {
            throw new ParameterException(
                    spec.commandLine(), "--start must be 0 or more seconds and --duration more than 0");
        }
        return new DirectSeparation.Part(startSeconds, seconds);
    }
}
