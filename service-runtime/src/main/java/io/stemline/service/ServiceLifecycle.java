package io.stemline.service;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.stemline.pipeline.Broker;
import io.stemline.pipeline.HealthFact;
import io.stemline.pipeline.TopicPlan;
import io.stemline.pipeline.deadletters.DeadLetterTopics;
import io.stemline.pipeline.outbox.OutboxRelay;
import io.stemline.pipeline.queue.Backoff;
import io.stemline.pipeline.queue.WorkQueue;
import io.stemline.tables.TableVersion;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.apache.kafka.clients.admin.Admin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Start and stop of every service.
 *
 * <ol>
 *   <li>Wait for the tables in the version needed; where they do not come, the service ends with a sentence that says so.
 *   <li>Create the topics that are missing.
 *   <li>Start the outbox relay, then the queues.
 *   <li>To stop: no more records, running jobs get the grace period, what is not done goes back to the queue; then the relay ends.
 * </ol>
 */
@Singleton
public final class ServiceLifecycle {
    private static final Logger LOGGER = LoggerFactory.getLogger(ServiceLifecycle.class);

    /** Before the observers of the services themselves. */
    private static final int FIRST = 1;

    private final StemlineConfig config;
    private final DataSource database;
    private final Broker broker;
    private final TopicPlan topics;
    private final OutboxRelay relay;
    private final DeadLetterTopics letters;
    private final List<QueueRole> roles;
    private final MeterRegistry metrics;
    private final List<WorkQueue> queues = new ArrayList<>();

    ServiceLifecycle(
            StemlineConfig config,
            DataSource database,
            Broker broker,
            TopicPlan topics,
            OutboxRelay relay,
            DeadLetterTopics letters,
            @All List<QueueRole> roles,
            MeterRegistry metrics) {
        this.config = config;
        this.database = database;
        this.broker = broker;
        this.topics = topics;
        this.relay = relay;
        this.letters = letters;
        this.roles = roles;
        this.metrics = metrics;
    }

    void start(@Observes @Priority(FIRST) StartupEvent event) throws InterruptedException {
        TableVersion.await(database, TableVersion.CURRENT, config.tables().patience());
        try (Admin admin = broker.admin()) {
            topics.create(admin, TopicPlan.allTopics());
        }
        for (QueueRole role : roles) {
            queues.add(WorkQueue.start(
                    settings(role),
                    broker,
                    role.handler(),
                    letters,
                    new MicrometerQueueMetrics(metrics, role.topic())));
            LOGGER.atInfo()
                    .addKeyValue("topic", role.topic())
                    .addKeyValue("workers", role.workers())
                    .log("Working on the queue");
        }
    }

    void stop(@Observes ShutdownEvent event) {
        queues.forEach(WorkQueue::close);
        relay.close();
    }

    /** Whether all threads that must run do; says nothing of how long a job takes. */
    List<HealthFact> alive() {
        var facts = new ArrayList<HealthFact>();
        queues.forEach(queue -> facts.add(queue.alive()));
        facts.add(relay.alive());
        return facts;
    }

    /** Whether work can be done right now. */
    List<HealthFact> ready(Duration patience) throws InterruptedException {
        var facts = new ArrayList<>(alive());
        facts.add(broker.answers(patience));
        facts.add(relay.ready());
        return facts;
    }

    private WorkQueue.Settings settings(QueueRole role) {
        Backoff defaults = Backoff.defaults();
        return WorkQueue.Settings.of(role.topic(), role.group())
                .withWorkers(role.workers())
                .withAttempts(config.queue().deliveryLimit() - 1)
                .withLock(config.queue().lock())
                .withBackoff(new Backoff(
                        defaults.first(), defaults.longest(), config.queue().retryFor()))
                .withGrace(config.queue().grace())
                .withTopics(topics);
    }
}
