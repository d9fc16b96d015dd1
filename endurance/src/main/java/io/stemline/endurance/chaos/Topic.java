package io.stemline.endurance.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** All that a topic holds. */
final class Topic {
    private static final Duration POLL = Duration.ofMillis(200);

    private Topic() {}

    /**
     * One record.
     *
     * @param eventId id of the event; empty if it is none
     */
    record Said(Optional<String> key, Optional<String> eventId) {}

    static List<Said> read(int kafkaPort, String topic) {
        var said = new ArrayList<Said>();
        try (var consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", "127.0.0.1:" + kafkaPort),
                new StringDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                consumer.poll(POLL).forEach(record -> said.add(said(record)));
            }
        }
        return said;
    }

    private static Said said(ConsumerRecord<String, byte[]> record) {
        return new Said(
                Optional.ofNullable(record.key()),
                Optional.ofNullable(record.headers().lastHeader("ce_id")).map(id -> new String(id.value(), UTF_8)));
    }
}
