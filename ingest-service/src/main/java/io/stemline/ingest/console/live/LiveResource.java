package io.stemline.ingest.console.live;

import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** The live page and its changes as they come. */
@Path("/")
@Blocking
public final class LiveResource {
    /** So often at least something is sent: a connection that is gone is noticed then. */
    private static final int LOOKS_BETWEEN_SIGNS = 15;

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
        var watch = new LiveParts.Watch();
        var quiet = new AtomicInteger();
        return parts.onOverflow().dropPreviousItems().onItem().transformToMultiAndConcatenate(seen -> {
            Map<String, String> news = watch.news(seen);
            if (news.isEmpty() && quiet.incrementAndGet() < LOOKS_BETWEEN_SIGNS) {
                return Multi.createFrom().empty();
            }
            quiet.set(0);
            return news.isEmpty()
                    ? Multi.createFrom().item(sse.newEvent("sign", "of life"))
                    : Multi.createFrom()
                            .iterable(news.entrySet())
                            .map(part -> sse.newEvent(part.getKey(), part.getValue()));
        });
    }
}
