package io.stemline.pipeline.events;

import io.stemline.pipeline.Broker;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.KafkaProducer;

/**
 * Publishes events that belong to no result, such as progress. An event that belongs to a result goes through the outbox,
 * in the result's transaction.
 */
public final class EventPublisher implements AutoCloseable {

    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

    private final KafkaProducer<String, byte[]> producer;
    private final URI source;
    private final Clock clock;

    /**
     * @param source the service that speaks
     */
    public EventPublisher(Broker broker, URI source, Clock clock) {
        this.producer = broker.producer();
        this.source = source;
        this.clock = clock;
    }

    /** Completes when every in-sync replica has the event, or with what went wrong. */
    public CompletableFuture<Void> publish(OutgoingEvent outgoing) {
        var published = new CompletableFuture<Void>();
        producer.send(EventRecords.of(outgoing, source, OffsetDateTime.now(clock)), (metadata, failure) -> {
            if (failure == null) {
                published.complete(null);
            } else {
                published.completeExceptionally(failure);
            }
        });
        return published;
    }

    /** Waits a few seconds for what is on its way. */
    @Override
    public void close() {
        producer.close(CLOSE_LIMIT);
    }
}
