package io.stemline.pipeline.topics;

import io.stemline.events.Event;
import io.stemline.pipeline.Broker;
import io.stemline.pipeline.HealthFact;
import io.stemline.pipeline.events.EventReader;
import io.stemline.pipeline.events.ReceivedEvent;
import io.stemline.pipeline.queue.PermanentFailure;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows a topic on which the last event of each key is what holds now. Every follower hears everything: there is no group.
 *
 * <ol>
 *   <li>Read from the start to what was the end when reading began, then tell the last event of each key. Older ones are not told.
 *   <li>From then on tell what is new, of several events of a key that arrive together the last one.
 * </ol>
 *
 * <p>What happens when things go wrong:
 * <ul>
 *   <li>The broker or the topic is away: tried again with a pause, for as long as it takes. What holds was told before and is not
 *       told again.
 *   <li>A record is not a readable event: logged and passed over; what its key had before holds.
 *   <li>The handler fails: logged, and the next event is told when it comes. Whoever wants to try again does so itself.
 * </ul>
 */
public final class CompactedTopic<E extends Event> implements AutoCloseable {

    private static final Logger LOGGER = LoggerFactory.getLogger(CompactedTopic.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);
    private static final String ANSWER_LIMIT_MILLIS = "10000";

    private final Broker broker;
    private final String topic;
    private final Class<E> type;
    private final Consumer<ReceivedEvent<E>> handler;
    private final Map<String, String> told = new HashMap<>(); // event id by key
    private final CountDownLatch caughtUp = new CountDownLatch(1);
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread thread;
    private volatile Optional<KafkaConsumer<String, byte[]>> reading = Optional.empty();

    private CompactedTopic(Broker broker, String topic, Class<E> type, Consumer<ReceivedEvent<E>> handler) {
        this.broker = broker;
        this.topic = topic;
        this.type = type;
        this.handler = handler;
        this.thread = Thread.ofPlatform().daemon().name(topic + "-follow").unstarted(this::run);
    }

    /**
     * Starts to follow and returns at once; close it to stop.
     *
     * @param handler is told events one after another, on one thread; while it works nothing is read
     */
    public static <E extends Event> CompactedTopic<E> follow(
            Broker broker, String topic, Class<E> type, Consumer<ReceivedEvent<E>> handler) {
        var followed = new CompactedTopic<>(broker, topic, type, handler);
        followed.thread.start();
        return followed;
    }

    /** Waits until the handler has been told what held when following began; whether that happened within {@code patience}. */
    public boolean awaitCaughtUp(Duration patience) throws InterruptedException {
        return caughtUp.await(patience.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Whether the thread runs. That says nothing of the broker. */
    public HealthFact alive() {
        String sentence = caughtUp.getCount() == 0 ? "is followed" : "has not been read to its end yet";
        return new HealthFact("topic " + topic, thread.isAlive(), sentence);
    }

    /** Stops; a handler at work ends first. */
    @Override
    public void close() {
        stopped.countDown();
        reading.ifPresent(KafkaConsumer::wakeup);
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!isStopping()) {
            try (var consumer = open()) {
                reading = Optional.of(consumer);
                read(consumer);
            } catch (WakeupException | InterruptException e) {
                return;
            } catch (KafkaException e) {
                LOGGER.atWarn().addKeyValue("topic", topic).log("cannot be read for now: {}", e.getMessage());
                pause();
            }
        }
    }

    private void read(KafkaConsumer<String, byte[]> consumer) {
        if (isStopping()) {
            return;
        }
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
        if (partitions.isEmpty()) {
            throw new KafkaException("there is no topic " + topic);
        }
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        var latest = new LinkedHashMap<String, ReceivedEvent<E>>();
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        while (!isStopping()
                && partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
            keepLatest(consumer, latest);
        }
        while (!isStopping()) {
            latest.values().forEach(this::tell);
            latest.clear();
            caughtUp.countDown();
            keepLatest(consumer, latest);
        }
    }

    private void keepLatest(KafkaConsumer<String, byte[]> consumer, Map<String, ReceivedEvent<E>> latest) {
        for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
            if (record.key() == null || record.value() == null) {
                latest.remove(record.key());
                told.remove(record.key());
                continue;
            }
            try {
                latest.put(record.key(), EventReader.read(record, type));
            } catch (PermanentFailure e) {
                LOGGER.atError().addKeyValue("topic", topic).log("passed over: {}", e.getMessage());
            }
        }
    }

    private void tell(ReceivedEvent<E> event) {
        if (isStopping() || event.id().equals(told.put(event.event().key(), event.id()))) {
            return;
        }
        try {
            handler.accept(event);
        } catch (RuntimeException e) {
            LOGGER.atError()
                    .addKeyValue("topic", topic)
                    .addKeyValue("key", event.event().key())
                    .setCause(e)
                    .log("what a service does with an event failed");
        }
    }

    private KafkaConsumer<String, byte[]> open() {
        Map<String, Object> properties = broker.properties();
        properties.put("enable.auto.commit", "false");
        properties.put("auto.offset.reset", "earliest");
        properties.put("allow.auto.create.topics", "false");
        properties.put("default.api.timeout.ms", ANSWER_LIMIT_MILLIS);
        return new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer());
    }

    private boolean isStopping() {
        return stopped.getCount() == 0;
    }

    private void pause() {
        try {
            boolean ignored = stopped.await(PAUSE_AFTER_FAILURE.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
