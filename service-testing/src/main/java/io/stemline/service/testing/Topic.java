package io.stemline.service.testing;

import io.stemline.pipeline.Broker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** What lies on a topic, from its beginning. */
public final class Topic {
    private static final Duration POLL = Duration.ofMillis(200);

    private Topic() {}

    /** The first record that {@code wanted} says yes to; fails after {@code patience}. */
    public static ConsumerRecord<String, byte[]> await(
            Broker broker, String topic, Duration patience, Predicate<ConsumerRecord<String, byte[]>> wanted) {
        try (var consumer = open(broker, topic)) {
            long giveUpAt = System.nanoTime() + patience.toNanos();
            var seen = new ArrayList<String>();
            while (System.nanoTime() < giveUpAt) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                    if (wanted.test(record)) {
                        return record;
                    }
                    seen.add(String.valueOf(record.key()));
                }
            }
            throw new AssertionError("not on %s within %s; there were: %s".formatted(topic, patience, seen));
        }
    }

    private static KafkaConsumer<String, byte[]> open(Broker broker, String topic) {
        var consumer = new KafkaConsumer<>(broker.properties(), new StringDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        return consumer;
    }
}
