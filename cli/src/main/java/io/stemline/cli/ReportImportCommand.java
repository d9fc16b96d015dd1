package io.stemline.cli;

import io.stemline.cli.reports.ReportOutput;
import io.stemline.cli.reports.ReportResult;
import io.stemline.reports.Report;
import io.stemline.reports.files.ReportFormat;
import io.stemline.reports.files.ReportWriter;
import io.stemline.reports.files.ScoreReading;
import io.stemline.reports.page.Listening;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Takes over other people's scores. */
@Command(
        name = "import-museval",
        description = {
            "Reads folders of museval's JSON, one folder a method and one file a track, into one file.",
            "'stemline report' sets that file beside others. What cannot be read is named and passed over."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  stemline report import-museval sisec18 -o published.json",
            "  stemline report scores/my-model published.json"
        },
        mixinStandardHelpOptions = true)
final class ReportImportCommand implements Callable<Integer> {

    @Parameters(arity = "1..*", paramLabel = "DIR", description = "Folders of methods, or of one method.")
    private List<Path> folders;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            required = true,
            description = "Where the scores go: .json to be reported on later, or .html, .csv, .parquet.")
    private Path output;

    @Mixin
    private CommonOptions common;

    @Override
    public Integer call() {
        var reading = new ScoreReading();
        folders.forEach(reading::add);
        String title =
                folders.getFirst().toAbsolutePath().normalize().getFileName().toString();
        Report report = reading.report(title, Instant.now());
        ReportOutput.of(Optional.of(output), Optional.empty(), ReportFormat.JSON)
                .write(new ReportWriter(report, Listening.NOWHERE, Optional.empty()));
        common.print(
                () -> ReportResult.of(report, output),
                style -> ReportResult.of(report, output).render(style));
        return Stemline.ALL_WELL;
    }
}
