package io.stemline.reports.files;

import io.stemline.reports.Report;
import io.stemline.reports.museval.MusevalWriter;
import io.stemline.reports.page.HtmlReport;
import io.stemline.reports.page.Listening;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * Writes a report in any format.
 *
 * @param listening where tracks can be listened to; of interest to pages only
 * @param against the method that a page compares others with; the best model if it is empty
 */
public record ReportWriter(Report report, Listening listening, Optional<String> against) {

    /** Writes to a stream, which stays open. */
    public void write(ReportFormat format, OutputStream stream) throws IOException {
        switch (format) {
            case HTML ->
                stream.write(new HtmlReport(report, listening, against).html().getBytes(StandardCharsets.UTF_8));
            case CSV -> FigureCsv.write(report.scores(), stream);
            case JSON -> ReportJson.write(report, stream);
            case PARQUET -> FigureParquet.write(report.scores(), stream);
            case MUSEVAL -> new MusevalWriter(report.scores()).writeArchive(stream);
        }
    }

    /** Writes a file, the whole of it or nothing. */
    public void write(ReportFormat format, Path file) throws IOException {
        Path whole = file.toAbsolutePath();
        Files.createDirectories(whole.getParent());
        Path unfinished = whole.resolveSibling("." + whole.getFileName() + ".part");
        try {
            try (OutputStream stream = Files.newOutputStream(unfinished)) {
                write(format, stream);
            }
            Files.move(unfinished, whole, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }
}
