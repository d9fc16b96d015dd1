package io.stemline.ingest.console;

import io.quarkus.qute.TemplateInstance;
import io.smallrye.mutiny.Multi;
import io.stemline.ingest.progress.Looks;
import jakarta.inject.Singleton;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pages that go on with what they show. While anybody has a page open it is made again every other second, once for all who have
 * it open, and sent to them whole as the event {@code page} when it has changed; the browser replaces the parts that differ. A
 * page that cannot be made just now stays as it is.
 */
@Singleton
public final class WatchedPages {
    private static final Logger LOGGER = LoggerFactory.getLogger(WatchedPages.class);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);

    private final Map<String, Multi<Map<String, String>>> watched = new ConcurrentHashMap<>();

    /**
     * A page as it changes, beginning with how it is now.
     *
     * @param address what tells the page from all others
     */
    public Multi<OutboundSseEvent> changes(String address, Supplier<TemplateInstance> page, Sse sse) {
        // What is not there is told at once.
        String now = page.get().render();
        Multi<Map<String, String>> looks = watched.computeIfAbsent(address, first -> looks(first, page));
        return Watch.of(
                Multi.createBy().concatenating().streams(Multi.createFrom().item(Map.of(Watch.WHOLE, now)), looks),
                sse);
    }

    private Multi<Map<String, String>> looks(String address, Supplier<TemplateInstance> page) {
        return Looks.every(BETWEEN_LOOKS, () -> look(address, page))
                .filter(Optional::isPresent)
                .map(html -> Map.of(Watch.WHOLE, html.get()))
                .onTermination()
                .invoke(() -> watched.remove(address))
                .broadcast()
                .withCancellationAfterLastSubscriberDeparture()
                .toAllSubscribers();
    }

    private static Optional<String> look(String address, Supplier<TemplateInstance> page) {
        try {
            return Optional.of(page.get().render());
        } catch (RuntimeException e) {
            LOGGER.atDebug().setCause(e).log("{} cannot be shown just now", address);
            return Optional.empty();
        }
    }
}
