package io.stemline.ingest.reports;

import io.smallrye.common.annotation.Blocking;
import io.stemline.ingest.problems.ProblemException;
import io.stemline.reports.Report;
import io.stemline.reports.files.ReportFormat;
import io.stemline.reports.files.ReportWriter;
import io.stemline.reports.museval.MusevalWriter;
import io.stemline.reports.page.Listening;
import io.stemline.reports.page.PageFrame;
import io.stemline.reports.rows.CatalogueReports;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/**
 * Reports, made when they are asked for. The format is what the address ends in, {@code .html}, {@code .csv}, {@code .json},
 * {@code .parquet}, or {@code .zip} for museval's folders; without an end, what the request accepts, and JSON if that is anything.
 */
@Path("/api/reports")
@Tag(name = "Reports")
@Blocking
public final class ReportResource {
    /** The page of a track in the console. */
    private static final Listening TRACK_PAGES =
            track -> Optional.of("/tracks/" + track.track().id());

    private final CatalogueReports reports;

    ReportResource(DataSource database) {
        this.reports = new CatalogueReports(database);
    }

    @GET
    @Path("/batches/{name}")
    @Produces(MediaType.WILDCARD)
    @Operation(
            summary =
                    "Scores, checks and failures of a batch: {batchId}.html, .csv, .json, .parquet, or .zip with museval's files")
    public Response ofBatch(
            @PathParam("name") String name,
            @QueryParam("against") Optional<String> against,
            @Context HttpHeaders headers) {
        int dot = name.lastIndexOf('.');
        String batchId = dot < 0 ? name : name.substring(0, dot);
        ReportFormat format = format(dot < 0 ? "" : name.substring(dot), headers);
        Report report =
                reports.ofBatch(batchId, Instant.now()).orElseThrow(() -> ProblemException.notFound("batch", batchId));
        return answer(report, format, against);
    }

    @GET
    @Path("/{name: models(\\.[a-z]+)?}")
    @Produces(MediaType.WILDCARD)
    @Operation(
            summary =
                    "Scores and checks of models side by side: models.html?model=a&model=b, .csv, .json, .parquet or .zip")
    public Response ofModels(
            @PathParam("name") String name,
            @QueryParam("model") List<String> modelIds,
            @QueryParam("against") Optional<String> against,
            @Context HttpHeaders headers) {
        if (modelIds.isEmpty()) {
            throw ProblemException.malformed("say which models: ?model=unet-1&model=repet");
        }
        ReportFormat format = format(name.substring("models".length()), headers);
        return answer(reports.ofModels(modelIds.stream().distinct().toList(), Instant.now()), format, against);
    }

    @GET
    @Path("/datasets/{name}")
    @Produces(MediaType.WILDCARD)
    @Operation(
            summary =
                    "All that was made of a data set's tracks, models side by side: {dataset}.html, .csv, .json, .parquet or .zip")
    public Response ofDataset(
            @PathParam("name") String name,
            @QueryParam("against") Optional<String> against,
            @Context HttpHeaders headers) {
        // Names of data sets may have dots in them, so an end is one only if it is known.
        int dot = name.lastIndexOf('.');
        Optional<ReportFormat> named = dot < 0 ? Optional.empty() : ReportFormat.ofExtension(name.substring(dot + 1));
        String dataset = named.isPresent() ? name.substring(0, dot) : name;
        Report report = reports.ofDataset(dataset, Instant.now())
                .orElseThrow(() -> ProblemException.notFound("data set", dataset));
        return answer(report, named.orElseGet(() -> format("", headers)), against);
    }

    private static ReportFormat format(String end, HttpHeaders headers) {
        if (!end.isEmpty()) {
            return ReportFormat.ofExtension(end.substring(1))
                    .orElseThrow(() -> ProblemException.unusable(
                            "unknown-format",
                            "there are no reports that end in '%s'; there are: %s".formatted(end, ends())));
        }
        return headers.getAcceptableMediaTypes().stream()
                .filter(type -> !type.isWildcardType())
                .flatMap(type -> Arrays.stream(ReportFormat.values())
                        .filter(format -> MediaType.valueOf(format.mediaType()).isCompatible(type)))
                .findFirst()
                .orElse(ReportFormat.JSON);
    }

    private static String ends() {
        return Arrays.stream(ReportFormat.values())
                .map(format -> "." + format.extension())
                .collect(Collectors.joining(", "));
    }

    private static Response answer(Report report, ReportFormat format, Optional<String> against) {
        if (format == ReportFormat.MUSEVAL && !new MusevalWriter(report.scores()).hasWindows()) {
            throw ProblemException.unusable(
                    "no-windows",
                    "there are no windows of SDR, SIR, SAR or ISR in '%s', and museval's form has a place for nothing else"
                            .formatted(report.title()));
        }
        StreamingOutput body = stream -> new ReportWriter(report, TRACK_PAGES, against).write(format, stream);
        Response.ResponseBuilder response = Response.ok(body).type(format.mediaType());
        if (format == ReportFormat.HTML) {
            response.header("Content-Security-Policy", PageFrame.contentSecurityPolicy());
        }
        return response.build();
    }
}
