package io.stemline.cli.reports;

import io.stemline.cli.batches.BatchOutcome;
import io.stemline.cli.catalogue.Catalogue;
import io.stemline.reports.Report;
import io.stemline.reports.files.ReportFormat;
import io.stemline.reports.files.ReportWriter;
import io.stemline.reports.page.Listening;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** The report that a run leaves beside its stems, with links to them. */
public final class BatchReport {
    private static final String FILE = "report.html";

    private BatchReport() {}

    /**
     * Writes it.
     *
     * @param folder where the stems are
     * @return its file
     * @throws io.stemline.cli.catalogue.CatalogueException if the catalogue has none
     * @throws IOException if it cannot be written
     */
    public static Path write(Catalogue catalogue, BatchOutcome outcome, Path folder) throws IOException {
        Report report = catalogue.batchReport(outcome.batch().batchId());
        Path file = folder.resolve(FILE);
        new ReportWriter(report, stems(outcome, folder), Optional.empty()).write(ReportFormat.HTML, file);
        return file;
    }

    private static Listening stems(BatchOutcome outcome, Path folder) {
        Map<String, String> addresses = new HashMap<>();
        outcome.tracks()
                .forEach(track -> track.delivery()
                        .ifPresent(delivery -> track.item()
                                .separationId()
                                .ifPresent(id -> addresses.put(id, address(folder.relativize(delivery.folder()))))));
        return track -> Optional.ofNullable(addresses.get(track.separationId()));
    }

    private static String address(Path relative) {
        return StreamSupport.stream(relative.spliterator(), false)
                .map(part -> URLEncoder.encode(part.toString(), StandardCharsets.UTF_8)
                        .replace("+", "%20"))
                .collect(Collectors.joining("/", "./", "/"));
    }
}
