package io.stemline.cli;

import io.stemline.audio.Encoding;
import io.stemline.cli.bench.ChildProcess;
import io.stemline.cli.bench.Measurement;
import io.stemline.cli.terminal.Style;
import io.stemline.cli.terminal.Table;
import io.stemline.cli.terminal.Terminal;
import io.stemline.modelimport.spleeter.SpleeterGraph;
import io.stemline.modelimport.spleeter.SpleeterImport;
import io.stemline.training.songs.DemoCatalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.commons.io.FileUtils;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Separates one file with each model, one after the other, each in a process of its own. With a graph of Spleeter's, that
 * graph gets random weights, which are imported as a model too: both separate the same file with the same weights.
 */
@Command(
        name = "separate",
        description = {
            "Separates a file with every model and says how fast that was and how much memory it took.",
            "Each model has a process of its own; files are read and written. Without a file, a song is generated."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  stemline bench separate",
            "  stemline bench separate song.mp3 --model unet-1 --tracks 3",
            "  stemline bench separate --model unet-1 --spleeter-graph 4stems/model.meta"
        },
        mixinStandardHelpOptions = true)
final class BenchSeparateCommand implements Callable<Integer> {

    private static final long SONG_SEED = 1;
    private static final long WEIGHTS_SEED = 1;
    private static final int SONG_SECONDS_AT_MOST = 3600;
    private static final String MODEL_HEAP = "1g";
    private static final String GRAPH_HEAP = "6g";

    @Parameters(arity = "0..1", paramLabel = "FILE", description = "What to separate (default: a generated song).")
    private Optional<Path> file = Optional.empty();

    @Option(
            names = "--seconds",
            paramLabel = "S",
            defaultValue = "240",
            description = "Length of the generated song (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(
            names = {"-m", "--model"},
            paramLabel = "ID",
            split = ",",
            description = "Models to measure (default: all packages).")
    private List<String> modelIds = List.of();

    @Option(
            names = "--tracks",
            paramLabel = "N",
            defaultValue = "1",
            description = "How many copies of the file are separated at the same time (default: ${DEFAULT-VALUE}).")
    private int tracks;

    @Option(
            names = "--spleeter-graph",
            paramLabel = "META",
            description = "Spleeter's own graph (model.meta), to be compared with on the same random weights.")
    private Optional<Path> spleeterGraph = Optional.empty();

    @Mixin
    private DataFolderOption dataFolder;

    @Mixin
    private CommonOptions common;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (tracks < 1 || tracks > 64 || seconds < 1 || seconds > SONG_SECONDS_AT_MOST) {
            throw CommandFailure.wrongUse(
                    "--tracks must be between 1 and 64, and --seconds between 1 and " + SONG_SECONDS_AT_MOST);
        }
        var models = new Models(Home.folder(), dataFolder.folder());
        List<String> ids = modelIds.isEmpty()
                ? models.ids()
                : modelIds.stream().map(id -> models.idOf(Optional.of(id))).toList();
        Path work = Files.createTempDirectory("stemline-bench-");
        try {
            List<Measurement> measurements = measure(ids, work);
            common.print(() -> measurements, style -> render(measurements, style));
        } finally {
            FileUtils.deleteDirectory(work.toFile());
        }
        return Stemline.ALL_WELL;
    }

    private List<Measurement> measure(List<String> ids, Path work) throws IOException, InterruptedException {
        Terminal terminal = common.terminal();
        Path mixture =
                file.isPresent() ? SubmittedPaths.existing(List.of(file.get())).getFirst() : song(work, terminal);
        var measurements = new ArrayList<Measurement>();
        for (String id : ids) {
            terminal.say("Separating with " + id);
            measurements.add(model(id, dataFolder.folder(), mixture, work));
        }
        if (spleeterGraph.isPresent()) {
            measurements.addAll(spleeter(spleeterGraph.get(), mixture, work, terminal));
        }
        return measurements;
    }

    private Path song(Path work, Terminal terminal) {
        terminal.say("Composing a song of %d s".formatted(seconds));
        return DemoCatalogue.write(work.resolve("song"), 1, Duration.ofSeconds(seconds), SONG_SEED)
                .getFirst()
                .resolve("mixture.wav");
    }

    private Measurement model(String id, Path data, Path mixture, Path work) throws IOException, InterruptedException {
        return one(MODEL_HEAP, mixture, work, "--model", id, "--data", data.toString());
    }

    private List<Measurement> spleeter(Path graph, Path mixture, Path work, Terminal terminal)
            throws IOException, InterruptedException {
        Path checkpoint = Files.createDirectories(work.resolve("checkpoint")).resolve("model");
        try (var spleeter = SpleeterGraph.load(graph)) {
            spleeter.assignRandomWeights(WEIGHTS_SEED);
            spleeter.save(checkpoint);
        }
        Path data = work.resolve("data");
        String id = new SpleeterImport(Files.createDirectories(data.resolve("models")))
                .run(checkpoint.getParent(), SpleeterImport.Wishes.NONE)
                .id();
        terminal.say("Separating with " + id + ", imported");
        Measurement imported = model(id, data, mixture, work);
        terminal.say("Separating with Spleeter's own graph");
        Measurement own =
                one(GRAPH_HEAP, mixture, work, "--graph", graph.toString(), "--checkpoint", checkpoint.toString());
        return List.of(imported, own);
    }

    private Measurement one(String heap, Path mixture, Path work, String... what)
            throws IOException, InterruptedException {
        var arguments = new ArrayList<>(List.of("bench", "one", "--tracks", Integer.toString(tracks)));
        arguments.addAll(List.of(what));
        arguments.addAll(List.of(mixture.toString(), work.resolve("stems").toString()));
        try {
            return ChildProcess.measure(
                    Stemline.class, heap, Map.of("stemline.home", Home.folder().toString()), arguments);
        } finally {
            FileUtils.deleteDirectory(work.resolve("stems").toFile());
        }
    }

    private static String render(List<Measurement> measurements, Style style) {
        var table = Table.of("model", ">start", ">music", ">time", ">speed", ">in TensorFlow", ">peak memory");
        for (Measurement each : measurements) {
            table.row(
                    each.name(),
                    text("%.1f s", each.readySeconds()),
                    text("%.0f s", each.lengthSeconds()),
                    text("%.1f s", each.seconds()),
                    text("%.1f×", each.speed()),
                    text("%.0f %%", 100 * each.networkShare()),
                    text("%.0f MB", each.peakBytes() / 1e6));
        }
        return table.render(style) + System.lineSeparator() + "Stems: " + Encoding.WAV_FLOAT.spelling() + ", "
                + Runtime.getRuntime().availableProcessors() + " processors";
    }

    private static String text(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }
}
