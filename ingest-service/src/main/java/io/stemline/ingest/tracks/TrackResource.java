package io.stemline.ingest.tracks;

import io.smallrye.common.annotation.Blocking;
import io.stemline.ingest.problems.ProblemException;
import io.stemline.pipeline.store.ObjectStore;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Tracks and their stems. */
@Path("/api")
@Tag(name = "Tracks")
@Blocking
public final class TrackResource {
    private final Tracks tracks;
    private final ObjectStore store;

    TrackResource(Tracks tracks, ObjectStore store) {
        this.tracks = tracks;
        this.store = store;
    }

    @GET
    @Path("/tracks/{trackId}")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "One track with everything that was made of it")
    public TrackView track(@PathParam("trackId") String trackId) {
        return tracks.find(trackId).orElseThrow(() -> ProblemException.notFound("track", trackId));
    }

    @GET
    @Path("/separations/{separationId}/stems/{stem}")
    @Produces(MediaType.WILDCARD)
    @Operation(summary = "The audio file of a stem")
    public Response stem(@PathParam("separationId") String separationId, @PathParam("stem") String stem) {
        String object = tracks.stemObject(separationId, stem)
                .orElseThrow(() -> ProblemException.notFound("stem", separationId + "/" + stem));
        String fileName = object.substring(object.lastIndexOf('/') + 1);
        long bytes = store.size(object);
        return Response.ok(store.get(object))
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"%s\"".formatted(fileName))
                .header(HttpHeaders.CONTENT_LENGTH, bytes)
                .type(store.contentType(object))
                .build();
    }
}
