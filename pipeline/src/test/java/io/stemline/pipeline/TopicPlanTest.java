package io.stemline.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TopicPlanTest {

    @ParameterizedTest
    @ValueSource(strings = {"P2D", "-P400D"})
    void aRecordIsTakenAndDatedByTheBrokerHoweverWrongItsSendersClockIs(Duration wrongBy) throws Exception {
        // Given
        Broker broker = Platform.broker();
        Instant before = Instant.now();
        String topic = Platform.unique("topic");
        try (var admin = broker.admin()) {
            TopicPlan.defaults().create(admin, List.of(topic));
        }
        String key = Platform.unique("track");

        // When
        try (var producer = broker.producer()) {
            var record = new ProducerRecord<>(topic, null, before.plus(wrongBy).toEpochMilli(), key, new byte[0]);
            producer.send(record).get();
        }

        // Then
        List<ConsumerRecord<String, byte[]>> found =
                Platform.read(broker, topic, record -> record.key().equals(key));
        assertThat(found).hasSize(1);
        assertThat(Instant.ofEpochMilli(found.getFirst().timestamp()))
                .isBetween(before.minusSeconds(1), Instant.now().plusSeconds(1));
    }
}
