package io.stemline.ingest.reseparation;

import io.smallrye.common.annotation.Blocking;
import io.stemline.ingest.batches.BatchView;
import io.stemline.ingest.problems.ProblemException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;

/** Separating tracks again, behind all other work. */
@Path("/api/reseparations")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Reseparations")
@Blocking
public final class ReseparationResource {
    private final Reseparations reseparations;

    ReseparationResource(Reseparations reseparations) {
        this.reseparations = reseparations;
    }

    @POST
    @ResponseStatus(201)
    @Operation(summary = "Separate tracks again: those older than a model, or those named. All other work goes first")
    public BatchView begin(ReseparationRequest request) {
        if (request == null
                || request.olderThan().isPresent() != request.tracks().isEmpty()) {
            throw ProblemException.malformed(
                    "say which tracks: either {\"olderThan\": \"model-2\"} or {\"tracks\": [\"id\"]}");
        }
        return request.olderThan()
                .map(modelId -> reseparations.olderThan(modelId, request.modelId()))
                .orElseGet(() -> reseparations.named(request.tracks(), request.modelId()));
    }
}
