package io.stemline.cli;

import io.stemline.training.datasets.Dataset;
import io.stemline.training.folder.ModelFolder;
import io.stemline.training.reporting.Progress;
import io.stemline.training.session.ModelTraining;
import io.stemline.training.session.ParentModel;
import io.stemline.training.trainer.TrainingListener;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Trains the model of a folder. Ctrl-C ends it after the step at hand, with a checkpoint. */
@Command(
        name = "train",
        description = {
            "Trains the model of a folder that 'stemline config' made, and exports it.",
            "A data set is a folder with train, test and perhaps valid in it (MUSDB, Auralflow), a CSV file (Spleeter), or",
            "the word songs: generated ones, endlessly. Ctrl-C stops with a checkpoint; --resume goes on from there."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  stemline train my_model songs --minutes 60",
            "  stemline train my_model ~/musdb18hq --resume",
            "  stemline train better_model ~/musdb18hq --from my_model"
        },
        mixinStandardHelpOptions = true)
final class TrainCommand implements Callable<Integer> {

    private static final int COLUMNS = 100;

    @Parameters(index = "0", paramLabel = "MODEL", description = "The model's folder.")
    private Path model;

    @Parameters(index = "1", paramLabel = "DATASET", description = "What to learn from.")
    private String location;

    @Option(names = "--resume", description = "Go on from the last checkpoint.")
    private boolean resume;

    @Option(
            names = "--from",
            paramLabel = "OTHER",
            description =
                    "Start from the weights of another model of the same shape: its folder, or an installed model's id.")
    private Optional<String> from = Optional.empty();

    @Option(
            names = "--minutes",
            paramLabel = "N",
            description =
                    "End after so many minutes of training, over interruptions (default: when all steps are done).")
    private Optional<Integer> minutes = Optional.empty();

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "0",
            description = "Threads for the network; 0 for one for each processor (default: ${DEFAULT-VALUE}).")
    private int threads;

    @Option(
            names = "--feed-threads",
            paramLabel = "N",
            defaultValue = "1",
            description = "Threads that read and mix (default: ${DEFAULT-VALUE}).")
    private int feedThreads;

    @Mixin
    private DatasetOptions data;

    @Mixin
    private DataFolderOption dataFolder;

    @Mixin
    private CommonOptions common;

    @Override
    public Integer call() throws InterruptedException {
        requirePositive("--minutes", minutes.orElse(1));
        requirePositive("--feed-threads", feedThreads);
        var options = new ModelTraining.Options(
                resume,
                from.map(this::parent),
                minutes.map(Duration::ofMinutes),
                threads,
                feedThreads,
                Stemline.VERSION);
        ModelTraining training = new ModelTraining(ModelFolder.at(model), options);
        Dataset dataset = training.open(location, data.settings());
        common.terminal().say(dataset.name() + ": " + dataset.report().summary());
        var ended = new CountDownLatch(1);
        try (var watch = Interruption.onInterruption(() -> stopAndWait(training, ended));
                var progress = progress()) {
            ModelTraining.Result result = training.run(
                    dataset, new Shown(progress, training.configuration().steps()));
            common.print(() -> report(result), style -> text(result));
            return Stemline.ALL_WELL;
        } finally {
            ended.countDown();
        }
    }

    private static void requirePositive(String option, int value) {
        if (value < 1) {
            throw CommandFailure.wrongUse("%s must be 1 or more, and is %d".formatted(option, value));
        }
    }

    private ParentModel parent(String other) {
        Path folder = Path.of(other);
        if (Files.isDirectory(folder)) {
            return ParentModel.open(folder);
        }
        return new Models(Home.folder(), dataFolder.folder())
                .find(other)
                .map(found -> ParentModel.open(found.folder()))
                .orElseThrow(() -> CommandFailure.because("'%s' has no weights to start from".formatted(other)));
    }

    private static void stopAndWait(ModelTraining training, CountDownLatch ended) {
        training.stop();
        try {
            ended.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Progress progress() {
        var terminal = common.terminal();
        return terminal.canRedraw()
                ? Progress.onTerminal(terminal.messages(), COLUMNS)
                : Progress.inLines(terminal.messages(), Duration.ofSeconds(30));
    }

    private static Map<String, Object> report(ModelTraining.Result result) {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("finished", result.outcome().finished());
        report.put("steps", result.outcome().steps());
        report.put("seconds", result.outcome().elapsed().toSeconds());
        report.put("validationDb", result.outcome().lossDb());
        result.model()
                .ifPresent(exported -> report.put("model", exported.folder().toString()));
        return report;
    }

    private String text(ModelTraining.Result result) {
        String summary = String.format(
                Locale.ROOT,
                "%d steps in %d min, validation %.2f dB",
                result.outcome().steps(),
                result.outcome().elapsed().toMinutes(),
                result.outcome().lossDb());
        return result.model()
                .map(exported -> "%s%n%s%nTry it: stemline separate song.mp3 -o stems --model %s"
                        .formatted(summary, exported.folder(), model))
                .orElseGet(() ->
                        "%s%nStopped. Go on with: stemline train %s %s --resume".formatted(summary, model, location));
    }

    /** Shows steps and validations. */
    private record Shown(Progress progress, long steps) implements TrainingListener {
        @Override
        public void stepped(Stepped step) {
            progress.stepped(new Progress.Moment(
                    step.number(),
                    steps,
                    step.loss(),
                    step.learningRate(),
                    step.stepsPerSecond(),
                    step.insideShare(),
                    step.waitingShare(),
                    step.left()));
        }

        @Override
        public void validated(Validated validation) {
            var figures = new StringBuilder();
            validation
                    .byStemDb()
                    .forEach((stem, value) -> figures.append(String.format(Locale.ROOT, "  %s %.2f", stem, value)));
            progress.say(String.format(
                    Locale.ROOT,
                    "step %d  validation %.2f dB%s %s",
                    validation.step(),
                    validation.meanDb(),
                    validation.best() ? ", the best so far" : "",
                    figures));
        }
    }
}
