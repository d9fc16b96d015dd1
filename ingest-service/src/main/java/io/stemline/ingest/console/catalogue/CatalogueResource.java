package io.stemline.ingest.console.catalogue;

import io.smallrye.common.annotation.Blocking;
import io.stemline.ingest.batches.BatchView;
import io.stemline.ingest.problems.ProblemException;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestQuery;

/** The catalogue, and what can be done with its entries. */
@Path("/api/catalogue")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Catalogue")
@Blocking
public final class CatalogueResource {
    private static final int LIMIT = 1000;

    private final Catalogue catalogue;
    private final CatalogueActions actions;
    private final ManifestExport manifests;

    CatalogueResource(Catalogue catalogue, CatalogueActions actions, ManifestExport manifests) {
        this.catalogue = catalogue;
        this.actions = actions;
        this.manifests = manifests;
    }

    /** Entries by their ids; all that match the address where none are given. */
    @Schema(description = "Entries by their ids; where there are none, all that the address asks for")
    public record EntrySelection(
            @Schema(description = "Ids of entries", examples = "[\"20261121-114500-k3x9-0\"]")
            List<String> items) {
        public EntrySelection {
            items = items == null ? List.of() : List.copyOf(items);
        }

        Selection selection(CatalogueParameters parameters) {
            return items.isEmpty() ? new Selection.Matching(parameters.query()) : new Selection.Items(items);
        }
    }

    @Schema(description = "Entries to be separated again, and how")
    public record SeparationRequest(
            @Schema(description = "Ids of entries; all that the address asks for where absent")
            List<String> items,

            @Schema(description = "The model to use", examples = "spleeter-4stems")
            String modelId,

            @Schema(description = "How stems are written", defaultValue = "wav-float")
            Optional<String> encoding) {}

    /** How many entries something was done with. */
    public record Changed(int changed) {}

    @GET
    @Operation(summary = "Entries by title, artist, batch, state, model and score, a page at a time")
    public CatalogueView page(@BeanParam CatalogueParameters parameters, @RestQuery @DefaultValue("100") int limit) {
        if (limit < 1 || limit > LIMIT) {
            throw ProblemException.malformed("a page has 1 to %d entries, not %d".formatted(LIMIT, limit));
        }
        return catalogue.page(parameters.query(), limit);
    }

    @POST
    @Path("/separate")
    @ResponseStatus(201)
    @Operation(summary = "Have the tracks of entries separated by another model, as a new batch")
    public BatchView separate(@BeanParam CatalogueParameters parameters, SeparationRequest request)
            throws SQLException {
        if (request == null || request.modelId() == null || request.modelId().isBlank()) {
            throw ProblemException.malformed("say which model to use: {\"modelId\": \"...\"}");
        }
        return actions.separateWith(
                new EntrySelection(request.items()).selection(parameters),
                request.modelId(),
                request.encoding().orElse("wav-float"));
    }

    @POST
    @Path("/retry")
    @Operation(summary = "Try entries again that failed; others are left alone")
    public Changed retry(@BeanParam CatalogueParameters parameters, EntrySelection entries)
            throws InterruptedException, SQLException {
        EntrySelection selected = entries == null ? new EntrySelection(List.of()) : entries;
        return new Changed(actions.retry(selected.selection(parameters)));
    }

    @GET
    @Path("/manifest")
    @Produces("text/csv")
    @Operation(summary = "Entries as a manifest that can be submitted again")
    public Response manifest(@BeanParam CatalogueParameters parameters, @RestQuery List<String> item) {
        return manifest(new EntrySelection(item).selection(parameters));
    }

    Response manifest(Selection selection) {
        StreamingOutput csv = output -> manifests.write(selection, output);
        return Response.ok(csv)
                .type("text/csv; charset=utf-8")
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"manifest.csv\"")
                .build();
    }
}
