package io.stemline.pipeline.queue;

import io.stemline.pipeline.Broker;
import io.stemline.pipeline.PipelineException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates a queue's topics and sets up its share group, once, for all workers of the queue; tries until the broker is there.
 *
 * <p>The group reads from the beginning, so work that was published before the first worker ever started is done. It lets the
 * broker deliver a record more often than the queue works on it, so a dead letter can still be written after a crash.
 */
final class QueuePreparation {

    private static final Logger LOGGER = LoggerFactory.getLogger(QueuePreparation.class);
    private static final String DELIVERY_LIMIT = "share.delivery.count.limit";
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final WorkQueue.Settings settings;
    private final Broker broker;
    private boolean done;

    QueuePreparation(WorkQueue.Settings settings, Broker broker) {
        this.settings = settings;
        this.broker = broker;
    }

    /** Returns when all is prepared. */
    synchronized void await() throws InterruptedException {
        while (!done) {
            try (var admin = broker.admin()) {
                settings.topics().create(admin, settings.neededTopics());
                configureGroup(admin);
                done = true;
            } catch (PipelineException | KafkaException e) {
                LOGGER.atWarn()
                        .addKeyValue("topic", settings.topic())
                        .log("the queue cannot be prepared yet: {}", e.getMessage());
                wait(PAUSE.toMillis());
            }
        }
    }

    private void configureGroup(Admin admin) throws InterruptedException {
        var wanted = new LinkedHashMap<String, String>();
        wanted.put("share.auto.offset.reset", "earliest");
        wanted.put(
                "share.record.lock.duration.ms", Long.toString(settings.lock().toMillis()));
        configureGroup(admin, wanted);
        try {
            configureGroup(admin, Map.of(DELIVERY_LIMIT, Integer.toString(WorkQueue.Settings.BROKER_DELIVERY_LIMIT)));
        } catch (PipelineException e) {
            if (!(e.getCause() instanceof InvalidConfigurationException)) {
                throw e;
            }
            LOGGER.atWarn()
                    .addKeyValue("topic", settings.topic())
                    .log(
                            "this broker sets the limit of deliveries for all groups alike: its"
                                    + " group.share.delivery.count.limit must be more than {}, the attempts of this queue ({})",
                            settings.attempts(),
                            e.getMessage());
        }
    }

    private void configureGroup(Admin admin, Map<String, String> wanted) throws InterruptedException {
        var group = new ConfigResource(ConfigResource.Type.GROUP, settings.group());
        List<AlterConfigOp> changes = wanted.entrySet().stream()
                .map(entry ->
                        new AlterConfigOp(new ConfigEntry(entry.getKey(), entry.getValue()), AlterConfigOp.OpType.SET))
                .toList();
        try {
            admin.incrementalAlterConfigs(Map.of(group, changes)).all().get();
        } catch (ExecutionException e) {
            throw new PipelineException(
                    "share group " + settings.group() + " cannot be configured: "
                            + e.getCause().getMessage(),
                    e.getCause());
        }
    }
}
