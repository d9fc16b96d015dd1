package io.stemline.ingest.console.live;

import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What the live page shows, as JSON. A class of its own: addresses below {@code /api} are looked for in classes that begin there. */
@Path("/api/live")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Live")
@Blocking
public final class LiveApi {
    private final LiveBoard board;

    LiveApi(LiveBoard board) {
        this.board = board;
    }

    @GET
    @Operation(summary = "What goes on right now: batches, tracks in work, queues, workers, speed, the last failures")
    public LiveView live() {
        return board.look();
    }
}
