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
import io.stemline.pipeline.queue.Admission;
import io.stemline.pipeline.queue.Backoff;
import io.stemline.pipeline.queue.WorkQueue;
import io.stemline.tables.TableVersion;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
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
 *   <li>Start the outbox relay, let the service prepare itself, then start the queues; those that let another go first come last.
 *   <li>To stop: no more records, running jobs get the grace period, what is not done goes back to the queue; then the relay ends.
 * </ol>
 */
@Singleton
public final class ServiceLifecycle {
    private static final Logger LOGGER = LoggerFactory.getLogger(ServiceLifecycle.class);

    /** Before the observers of the services themselves. */
    private static final int FIRST = 1;

    /** A queue that was given nothing for so long lets others work. */
    private static final Duration QUIET = Duration.ofSeconds(2);

    private final StemlineConfig config;
    private final DataSource database;
    private final Broker broker;
    private final TopicPlan topics;
    private final OutboxRelay relay;
    private final DeadLetterTopics letters;
    private final List<Preparation> preparations;
    private final List<QueueRole> roles;
    private final MeterRegistry metrics;
    private final Map<String, WorkQueue> queues = new ConcurrentHashMap<>(); // by topic

    ServiceLifecycle(
            StemlineConfig config,
            DataSource database,
            Broker broker,
            TopicPlan topics,
            OutboxRelay relay,
            DeadLetterTopics letters,
            @All List<Preparation> preparations,
            @All List<QueueRole> roles,
            MeterRegistry metrics) {
        this.config = config;
        this.database = database;
        this.broker = broker;
        this.topics = topics;
        this.relay = relay;
        this.letters = letters;
        this.preparations = preparations;
        this.roles = roles;
        this.metrics = metrics;
    }

    void start(@Observes @Priority(FIRST) StartupEvent event) throws InterruptedException {
        TableVersion.await(database, TableVersion.CURRENT, config.tables().patience());
        try (Admin admin = broker.admin()) {
            topics.create(admin, TopicPlan.allTopics());
        }
        for (Preparation preparation : preparations) {
            preparation.prepare();
        }
        roles.stream().filter(role -> role.after().isEmpty()).forEach(this::startQueue);
        roles.stream().filter(role -> role.after().isPresent()).forEach(this::startQueue);
    }

    private void startQueue(QueueRole role) {
        WorkQueue.Settings settings = settings(role);
        queues.put(
                role.topic(),
                WorkQueue.start(
                        settings, broker, role.handler(), letters, new MicrometerQueueMetrics(metrics, role.topic())));
        LOGGER.atInfo()
                .addKeyValue("topic", role.topic())
                .addKeyValue("workers", settings.workers())
                .log("Working on the queue");
    }

    void stop(@Observes ShutdownEvent event) {
        queues.values().forEach(WorkQueue::close);
        relay.close();
    }

    /** Whether all threads that must run do; says nothing of how long a job takes. */
    List<HealthFact> alive() {
        var facts = new ArrayList<HealthFact>();
        queues.values().forEach(queue -> facts.add(queue.alive()));
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
                .withWorkers(role.workers().getAsInt())
                .withAttempts(config.queue().deliveryLimit() - 1)
                .withLock(config.queue().lock())
                .withBackoff(new Backoff(
                        defaults.first(), defaults.longest(), config.queue().retryFor()))
                .withGrace(config.queue().grace())
                .withTopics(topics)
                .withAdmission(role.after().map(this::whileIdle).orElse(Admission.ALWAYS));
    }

    private Admission whileIdle(String topic) {
        WorkQueue first = queues.get(topic);
        if (first == null) {
            throw new IllegalStateException("no queue works on %s, which another is to let go first".formatted(topic));
        }
        return Admission.whileIdle(first, QUIET);
    }
}
