package io.stemline.ingest.console.datasets;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import io.stemline.ingest.console.Addresses;
import io.stemline.ingest.datasets.DatasetResource;
import io.stemline.ingest.datasets.DatasetView;
import io.stemline.ingest.problems.ProblemException;
import io.stemline.registry.Split;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestQuery;

/** The pages of data sets. */
@Path("/datasets")
@Produces(MediaType.TEXT_HTML)
@Blocking
public final class DatasetPages {
    private static final int TRACKS = 200;

    private final DatasetResource datasets;

    DatasetPages(DatasetResource datasets) {
        this.datasets = datasets;
    }

    @CheckedTemplate(basePath = "datasets", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
    record DatasetsPage(List<Line> lines) implements TemplateInstance {}

    /** @param splits how many tracks are in each split */
    record Line(DatasetView dataset, List<Count> splits) {}

    record Count(String split, int tracks) {}

    @CheckedTemplate(basePath = "datasets", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
    record DatasetPage(
            Line line,
            List<DatasetView.Track> tracks,
            List<DatasetView.Refusal> refusals,
            Optional<String> before,
            Optional<String> after)
            implements TemplateInstance {}

    @GET
    @Operation(hidden = true)
    public TemplateInstance all() {
        return new DatasetsPage(datasets.all().stream().map(DatasetPages::line).toList());
    }

    @GET
    @Path("/{name}")
    @Operation(hidden = true)
    public TemplateInstance dataset(@PathParam("name") String name, @RestQuery @DefaultValue("0") int offset) {
        if (offset < 0) {
            throw ProblemException.malformed("there is no track before the first");
        }
        DatasetView.Whole whole = datasets.dataset(name);
        int tracks = whole.tracks().size();
        return new DatasetPage(
                line(whole.dataset()),
                whole.tracks().stream().skip(offset).limit(TRACKS).toList(),
                whole.refusals(),
                offset == 0 ? Optional.empty() : Optional.of(address(name, Math.max(0, offset - TRACKS))),
                offset + TRACKS >= tracks ? Optional.empty() : Optional.of(address(name, offset + TRACKS)));
    }

    private static String address(String name, int offset) {
        return Addresses.of("/datasets/" + Addresses.path(name), Map.of("offset", Integer.toString(offset)));
    }

    private static Line line(DatasetView dataset) {
        return new Line(
                dataset,
                Arrays.stream(Split.values())
                        .map(split -> new Count(words(split), dataset.splits().getOrDefault(split, 0)))
                        .toList());
    }

    private static String words(Split split) {
        return switch (split) {
            case TRAIN -> "training";
            case VALIDATION -> "validation";
            case TEST -> "test";
            case SET_ASIDE -> "set aside";
        };
    }
}
