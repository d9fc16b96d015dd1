package io.stemline.cli.reports;

import io.stemline.reports.ReportException;
import io.stemline.reports.files.ReportFormat;
import io.stemline.reports.files.ReportWriter;
import io.stemline.reports.museval.MusevalWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * Where a report goes, and how it is written.
 *
 * @param path a file, or a folder for museval's form
 * @param format empty for museval's form in a folder
 */
public record ReportOutput(Path path, Optional<ReportFormat> format) {

    /** Formats by their names on the command line. */
    public enum Choice {
        HTML,
        CSV,
        JSON,
        MUSEVAL,
        PARQUET;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * The output that was asked for.
     *
     * @param path empty for {@code report} and the format's extension
     * @param choice empty for what the path's extension says
     * @param standard the format where neither says anything
     */
    public static ReportOutput of(Optional<Path> path, Optional<Choice> choice, ReportFormat standard) {
        boolean archive = path.filter(file -> extension(file).equals(ReportFormat.MUSEVAL.extension()))
                .isPresent();
        if (choice.filter(Choice.MUSEVAL::equals).isPresent() && !archive) {
            return new ReportOutput(path.orElse(Path.of("report-museval")), Optional.empty());
        }
        ReportFormat format = choice.map(wanted -> ReportFormat.valueOf(wanted.name()))
                .or(() -> path.flatMap(file -> ReportFormat.ofExtension(extension(file))))
                .orElse(standard);
        return new ReportOutput(path.orElse(Path.of("report." + format.extension())), Optional.of(format));
    }

    private static String extension(Path file) {
        String name = file.getFileName().toString();
        return name.substring(name.lastIndexOf('.') + 1);
    }

    /**
     * Writes a report.
     *
     * @throws ReportException if that fails
     */
    public void write(ReportWriter report) {
        try {
            if (format.isEmpty()) {
                museval(report).write(path);
                return;
            }
            if (format.get() == ReportFormat.MUSEVAL) {
                museval(report);
            }
            report.write(format.get(), path);
        } catch (IOException e) {
            throw new ReportException("%s: it cannot be written (%s)".formatted(path, e.getMessage()), e);
        }
    }

    private static MusevalWriter museval(ReportWriter report) {
        var museval = new MusevalWriter(report.report().scores());
        if (!museval.hasWindows()) {
            throw new ReportException(
                    "there are no windows of SDR, SIR, SAR or ISR, and museval's form has a place for nothing else");
        }
        return museval;
    }
}
