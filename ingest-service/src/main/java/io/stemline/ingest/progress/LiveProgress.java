package io.stemline.ingest.progress;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.stemline.events.Progress;
import io.stemline.events.Topics;
import io.stemline.pipeline.Broker;
import io.stemline.pipeline.events.EventReader;
import io.stemline.pipeline.queue.PermanentFailure;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens to {@code stemline.progress} from now on and remembers the last word on each entry for a short while. Only for watching:
 * what is missed is missed.
 */
@Singleton
public final class LiveProgress {
    private static final Logger LOGGER = LoggerFactory.getLogger(LiveProgress.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration REMEMBERED = Duration.ofSeconds(20);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(2);
    private static final Duration TO_STOP = Duration.ofSeconds(5);

    private final Broker broker;
    private final Map<String, Seen> lastWords = new ConcurrentHashMap<>(); // by item
    private volatile boolean stopping;
    private Thread listener;

    LiveProgress(Broker broker) {
        this.broker = broker;
    }

    void start(@Observes StartupEvent event) {
        listener = Thread.ofPlatform().name("live-progress").daemon().start(this::run);
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        stopping = true;
        listener.join(TO_STOP);
    }

    /** The entries of a batch that are under work right now, in their order. */
    public List<Working> workingOn(String batchId) {
        Instant forgotten = Instant.now().minus(REMEMBERED);
        return lastWords.values().stream()
                .filter(seen ->
                        seen.batchId.equals(batchId) && seen.working.at().isAfter(forgotten))
                .filter(seen -> seen.working.fraction() < 1)
                .map(Seen::working)
                .sorted(Comparator.comparing(Working::itemId))
                .toList();
    }

    /** All entries that are under work right now, those heard of last first. */
    public List<Working> working() {
        Instant forgotten = Instant.now().minus(REMEMBERED);
        return lastWords.values().stream()
                .map(Seen::working)
                .filter(working -> working.at().isAfter(forgotten) && working.fraction() < 1)
                .sorted(Comparator.comparing(Working::at).reversed())
                .toList();
    }

    private void run() {
        while (!stopping) {
            try (KafkaConsumer<String, byte[]> consumer = open()) {
                while (!stopping) {
                    consumer.poll(POLL).forEach(this::remember);
                    forgetTheOld();
                }
            } catch (KafkaException e) {
                LOGGER.atWarn().log("Progress is not heard for now: {}", e.getMessage());
                pause();
            }
        }
    }

    private KafkaConsumer<String, byte[]> open() {
        var consumer = new KafkaConsumer<>(broker.properties(), new StringDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(Topics.PROGRESS).stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        return consumer;
    }

    private void remember(ConsumerRecord<String, byte[]> record) {
        try {
            Progress progress = EventReader.read(record, Progress.class).event();
            progress.origin()
                    .ifPresent(origin -> lastWords.put(
                            origin.itemId(),
                            new Seen(
                                    origin.batchId(),
                                    new Working(
                                            origin.itemId(),
                                            progress.service(),
                                            progress.stage(),
                                            progress.fraction(),
                                            Instant.now()))));
        } catch (PermanentFailure e) {
            LOGGER.atDebug().log("Not understood: {}", e.getMessage());
        }
    }

    private void forgetTheOld() {
        Instant forgotten = Instant.now().minus(REMEMBERED);
        lastWords.values().removeIf(seen -> seen.working.at().isBefore(forgotten));
    }

    private static void pause() {
        try {
            Thread.sleep(AFTER_FAILURE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private record Seen(String batchId, Working working) {}
}
