package io.stemline.ingest.console;

import io.smallrye.mutiny.Multi;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Somebody who has a page open: sent what differs from what was sent before, as an event {@code page}. It is one event for all parts
 * that changed, as most of what an event costs is the same for a short one and a long one, and many may watch.
 */
public final class Watch {
    /** The page as a whole, where it is not sent in parts. */
    static final String WHOLE = "page";

    /** So often at least something is sent: a connection that is gone is noticed then. */
    private static final Duration BETWEEN_SIGNS = Duration.ofSeconds(15);

    private Map<String, String> sent = Map.of();
    private long lastNanos = System.nanoTime();

    private Watch() {}

    /**
     * What one watcher is sent. Who cannot follow misses what came between.
     *
     * @param parts the HTML of the page's parts by their names, at every look
     */
    public static Multi<OutboundSseEvent> of(Multi<Map<String, String>> parts, Sse sse) {
        var watch = new Watch();
        return parts.onOverflow()
                .dropPreviousItems()
                .onItem()
                .transformToMultiAndConcatenate(seen -> Multi.createFrom().optional(watch.event(seen, sse)));
    }

    private Optional<OutboundSseEvent> event(Map<String, String> seen, Sse sse) {
        Map<String, String> news = news(seen);
        long now = System.nanoTime();
        if (news.isEmpty() && now - lastNanos < BETWEEN_SIGNS.toNanos()) {
            return Optional.empty();
        }
        lastNanos = now;
        return Optional.of(news.isEmpty() ? sse.newEvent("sign", "of life") : sse.newEvent("page", page(news)));
    }

    private static String page(Map<String, String> news) {
        return news.entrySet().stream()
                .map(part -> part.getKey().equals(WHOLE)
                        ? part.getValue()
                        : "<div data-part=\"%s\">%s</div>".formatted(part.getKey(), part.getValue()))
                .collect(Collectors.joining());
    }

    /** The parts that differ from those sent before, which are then taken as sent. */
    private Map<String, String> news(Map<String, String> parts) {
        var news = new LinkedHashMap<>(parts);
        news.entrySet().removeAll(sent.entrySet());
        sent = parts;
        return news;
    }
}
