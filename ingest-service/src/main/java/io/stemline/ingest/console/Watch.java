package io.stemline.ingest.console;

import io.smallrye.mutiny.Multi;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Somebody who has a page open: sent the parts that differ from what was sent before, each as an event of its name. */
public final class Watch {
    /** So often at least something is sent: a connection that is gone is noticed then. */
    private static final Duration BETWEEN_SIGNS = Duration.ofSeconds(15);

    private Map<String, String> sent = Map.of();
    private long lastNanos = System.nanoTime();

    private Watch() {}

    /**
     * What one watcher is sent. Who cannot follow misses what came between.
     *
     * @param parts of the page by their names, at every look
     */
    public static Multi<OutboundSseEvent> of(Multi<Map<String, String>> parts, Sse sse) {
        var watch = new Watch();
        return parts.onOverflow()
                .dropPreviousItems()
                .onItem()
                .transformToMultiAndConcatenate(seen -> watch.events(seen, sse));
    }

    private Multi<OutboundSseEvent> events(Map<String, String> seen, Sse sse) {
        Map<String, String> news = news(seen);
        long now = System.nanoTime();
        if (news.isEmpty() && now - lastNanos < BETWEEN_SIGNS.toNanos()) {
            return Multi.createFrom().empty();
        }
        lastNanos = now;
        return news.isEmpty()
                ? Multi.createFrom().item(sse.newEvent("sign", "of life"))
                : Multi.createFrom()
                        .iterable(news.entrySet())
                        .map(part -> sse.newEvent(part.getKey(), part.getValue()));
    }

    /** The parts that differ from those sent before, which are then taken as sent. */
    private Map<String, String> news(Map<String, String> parts) {
        var news = new LinkedHashMap<>(parts);
        news.entrySet().removeAll(sent.entrySet());
        sent = parts;
        return news;
    }
}
