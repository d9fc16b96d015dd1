package io.stemline.cli;

import io.stemline.cli.reports.ReportOutput;
import io.stemline.cli.reports.ReportOutput.Choice;
import io.stemline.cli.reports.ReportResult;
import io.stemline.reports.Report;
import io.stemline.reports.files.ReportFormat;
import io.stemline.reports.files.ReportWriter;
import io.stemline.reports.files.ScoreReading;
import io.stemline.reports.page.Listening;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a report from scores in folders, of a running stack, or of both side by side. */
@Command(
        name = "report",
        description = {
            "Makes a report on scores: medians with intervals, box plots, differences, best and worst tracks.",
            "Scores come from folders (of museval, 'stemline evaluate' or 'stemline test'), from reports in JSON, and from"
                    + " batches, models and data sets of a running Stemline; they stand in the same charts."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  stemline report scores/my-model scores/irm2 -o report.html",
            "  stemline report --batch 20261121-120000-ab12",
            "  stemline report --model unet-1 --model repet published.json --against unet-1",
            "  stemline report scores/my-model --format parquet"
        },
        mixinStandardHelpOptions = true,
        subcommands = ReportImportCommand.class)
final class ReportCommand implements Callable<Integer> {

    @Parameters(
            arity = "0..*",
            paramLabel = "DIR|FILE",
            description = "Folders of scores, of one method or of several; reports in JSON.")
    private List<Path> sources = List.of();

    @Option(names = "--batch", paramLabel = "ID", description = "A batch of the running Stemline; can be repeated.")
    private List<String> batches = List.of();

    @Option(
            names = {"-m", "--model"},
            paramLabel = "ID",
            description = "All that a model has separated in the running Stemline; can be repeated.")
    private List<String> models = List.of();

    @Option(
            names = "--dataset",
            paramLabel = "NAME",
            description = "All that was made of a data set's tracks in the running Stemline; can be repeated.")
    private List<String> datasets = List.of();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Where the report goes; its extension says the format (default: report.html).")
    private Optional<Path> output = Optional.empty();

    @Option(
            names = {"-f", "--format"},
            paramLabel = "FORMAT",
            description = "${COMPLETION-CANDIDATES}; museval's is a folder of JSON files, or a .zip of them.")
    private Optional<Choice> format = Optional.empty();

    @Option(
            names = "--against",
            paramLabel = "METHOD",
            description = "The method that all others are compared with (default: the best model).")
    private Optional<String> against = Optional.empty();

    @Option(names = "--title", paramLabel = "TEXT", description = "The heading.")
    private Optional<String> title = Optional.empty();

    @Mixin
    private StackOption stack;

    @Mixin
    private CommonOptions common;

    @Override
    public Integer call() {
        boolean asksStack = !batches.isEmpty() || !models.isEmpty() || !datasets.isEmpty();
        if (sources.isEmpty() && !asksStack) {
            throw CommandFailure.wrongUse(
                    "say what to report on: a folder of scores, or --batch, --model or --dataset of a running Stemline");
        }
        var reading = new ScoreReading();
        sources.forEach(reading::add);
        Listening listening = asksStack ? askStack(reading) : Listening.NOWHERE;
        Report report = reading.report(title.orElseGet(this::heading), Instant.now());
        requireMethod(report);
        ReportOutput destination = ReportOutput.of(output, format, ReportFormat.HTML);
        destination.write(new ReportWriter(report, listening, against));
        common.print(
                () -> ReportResult.of(report, destination.path()),
                style -> ReportResult.of(report, destination.path()).render(style));
        return Stemline.ALL_WELL;
    }

    private Listening askStack(ScoreReading reading) {
        URI address = stack.address();
        try (var catalogue = stack.catalogue()) {
            batches.forEach(batch -> reading.add(catalogue.batchReport(batch)));
            datasets.forEach(dataset -> reading.add(catalogue.datasetReport(dataset)));
            if (!models.isEmpty()) {
                reading.add(catalogue.modelReport(models));
            }
        }
        return track ->
                Optional.of(address.resolve("/tracks/" + track.track().id()).toString());
    }

    private void requireMethod(Report report) {
        against.ifPresent(method -> {
            List<String> there =
                    report.scores().methods().stream().map(one -> one.id()).toList();
            if (!there.contains(method)) {
                throw CommandFailure.wrongUse(
                        "--against: there is no '%s' in it; there are: %s".formatted(method, String.join(", ", there)));
            }
        });
    }

    private String heading() {
        return Stream.of(
                        sources.stream()
                                .map(source -> source.toAbsolutePath()
                                        .normalize()
                                        .getFileName()
                                        .toString()),
                        batches.stream().map(batch -> "batch " + batch),
                        models.stream(),
                        datasets.stream().map(dataset -> "data set " + dataset))
                .flatMap(names -> names)
                .collect(Collectors.joining(", "));
    }
}
