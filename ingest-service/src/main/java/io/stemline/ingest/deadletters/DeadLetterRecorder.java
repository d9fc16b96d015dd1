package io.stemline.ingest.deadletters;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.stemline.events.Topics;
import io.stemline.pipeline.Broker;
import io.stemline.pipeline.PipelineException;
import io.stemline.pipeline.TopicPlan;
import io.stemline.pipeline.deadletters.DeadLetter;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings dead letters from their topics into the database, and with that to the entries that they are about.
 *
 * <ol>
 *   <li>Read some letters.
 *   <li>Write them and the failed entries in one transaction; a letter that is there already changes nothing. This fails: the letters
 *       are read again.
 *   <li>Commit the place reached. A crash before that: the letters are read again.
 * </ol>
 */
@Singleton
final class DeadLetterRecorder {
    private static final Logger LOGGER = LoggerFactory.getLogger(DeadLetterRecorder.class);
    private static final String GROUP = "ingest-service-dead-letters";
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(2);
    private static final Duration TO_STOP = Duration.ofSeconds(5);

    private final Broker broker;
    private final DeadLetterRows rows;
    private volatile boolean stopping;
    private Thread thread;

    DeadLetterRecorder(Broker broker, DeadLetterRows rows) {
        this.broker = broker;
        this.rows = rows;
    }

    void start(@Observes StartupEvent event) {
        thread = Thread.ofPlatform().name("dead-letters").start(this::run);
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        stopping = true;
        thread.join(TO_STOP);
    }

    private void run() {
        while (!stopping) {
            try (KafkaConsumer<String, byte[]> consumer = open()) {
                while (!stopping) {
                    record(consumer);
                }
            } catch (RuntimeException e) {
                LOGGER.atWarn().setCause(e).log("Dead letters are not recorded for now");
                pause();
            }
        }
    }

    private void record(KafkaConsumer<String, byte[]> consumer) {
        ConsumerRecords<String, byte[]> records = consumer.poll(POLL);
        if (records.isEmpty()) {
            return;
        }
        var letters = new ArrayList<DeadLetter>();
        for (ConsumerRecord<String, byte[]> record : records) {
            try {
                letters.add(DeadLetter.parse(record));
            } catch (PipelineException e) {
                LOGGER.atError().log("Passed over: {}", e.getMessage());
            }
        }
        rows.record(letters);
        consumer.commitSync();
    }

    private KafkaConsumer<String, byte[]> open() {
        Map<String, Object> properties = broker.properties();
        properties.put("group.id", GROUP);
        properties.put("enable.auto.commit", "false");
        properties.put("auto.offset.reset", "earliest");
        var consumer = new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer());
        List<String> topics = TopicPlan.allTopics().stream()
                .filter(topic -> topic.endsWith(Topics.deadLettersOf("")))
                .toList();
        consumer.subscribe(topics);
        return consumer;
    }

    private static void pause() {
        try {
            Thread.sleep(AFTER_FAILURE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
