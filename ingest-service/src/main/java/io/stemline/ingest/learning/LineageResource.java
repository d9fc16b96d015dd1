package io.stemline.ingest.learning;

import io.smallrye.common.annotation.Blocking;
import io.stemline.ingest.problems.ProblemException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Where things come from. */
@Path("/api/lineage")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Learning")
@Blocking
public final class LineageResource {
    private final Lineages lineages;

    LineageResource(Lineages lineages) {
        this.lineages = lineages;
    }

    @GET
    @Path("/{id: .+}")
    @Operation(
            summary =
                    "From a stem (its key), separation, evaluation, track, entry, model, run or request to the models, runs, data and requests behind it")
    public Lineage lineage(@PathParam("id") String id) {
        return lineages.of(id)
                .orElseThrow(() -> ProblemException.notFound(
                        "stem, separation, evaluation, track, entry, model, run or request", id));
    }
}
