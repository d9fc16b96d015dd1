package io.stemline.service;

import io.stemline.pipeline.Broker;
import io.stemline.pipeline.TopicPlan;
import io.stemline.pipeline.deadletters.DeadLetterTopics;
import io.stemline.pipeline.events.EventPublisher;
import io.stemline.pipeline.outbox.Outbox;
import io.stemline.pipeline.outbox.OutboxMetrics;
import io.stemline.pipeline.outbox.OutboxRelay;
import io.stemline.pipeline.outbox.ResultTransaction;
import io.stemline.pipeline.store.ObjectStore;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.postgres.PostgresPlugin;

/** The pipeline's parts as beans, set up from the configuration. */
final class PipelineBeans {
    private static final Duration RELAY_INTERVAL = Duration.ofSeconds(1);

    private final StemlineConfig config;
    private final String service;

    PipelineBeans(StemlineConfig config, @ConfigProperty(name = "quarkus.application.name") String service) {
        this.config = config;
        this.service = service;
    }

    @Produces
    @Singleton
    Broker broker() {
        return Broker.at(config.kafka().bootstrapServers());
    }

    @Produces
    @Singleton
    TopicPlan topics() {
        return new TopicPlan(config.kafka().partitions(), config.kafka().replicationFactor());
    }

    @Produces
    @Singleton
    ObjectStore objects() {
        return ObjectStores.open(config.store());
    }

    void close(@Disposes ObjectStore store) {
        ObjectStores.close(store);
    }

    @Produces
    @Singleton
    Jdbi database(DataSource dataSource) {
        return Jdbi.create(dataSource).installPlugin(new PostgresPlugin()).installPlugin(new StorableText());
    }

    @Produces
    @Singleton
    Outbox outbox() {
        return new Outbox(source(), Clock.systemUTC());
    }

    /** Closed by the {@link ServiceLifecycle}, after the queues. */
    @Produces
    @Singleton
    OutboxRelay relay(DataSource dataSource, Broker broker) {
        return OutboxRelay.start(dataSource, broker, RELAY_INTERVAL, OutboxMetrics.NONE);
    }

    @Produces
    @Singleton
    ResultTransaction results(DataSource dataSource, Outbox outbox, OutboxRelay relay) {
        return new ResultTransaction(dataSource, service, outbox, relay::nudge);
    }

    @Produces
    @Singleton
    DeadLetterTopics deadLetters(Broker broker) {
        return new DeadLetterTopics(broker);
    }

    void close(@Disposes DeadLetterTopics letters) {
        letters.close();
    }

    @Produces
    @Singleton
    EventPublisher events(Broker broker) {
        return new EventPublisher(broker, source(), Clock.systemUTC());
    }

    void close(@Disposes EventPublisher publisher) {
        publisher.close();
    }

    private URI source() {
        return URI.create("/stemline/" + service);
    }
}
