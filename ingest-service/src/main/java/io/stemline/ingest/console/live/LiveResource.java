package io.stemline.ingest.console.live;

import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import io.stemline.ingest.console.Watch;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** The live page and its changes as they come. */
@Path("/")
@Blocking
public final class LiveResource {
    private final LiveBoard board;
    private final Multi<Map<String, String>> parts;

    LiveResource(LiveBoard board) {
        this.board = board;
        this.parts = board.views()
                .map(LiveParts::of)
                .broadcast()
                .withCancellationAfterLastSubscriberDeparture()
                .toAllSubscribers();
    }

    @GET
    @Produces(MediaType.TEXT_HTML)
    @Operation(hidden = true)
    public TemplateInstance page() {
        return new LiveParts.LivePage(LiveParts.of(board.look()));
    }

    @GET
    @Path("live")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Operation(hidden = true)
    public Multi<OutboundSseEvent> changes(@Context Sse sse) {
        return Watch.of(parts, sse);
    }
}
