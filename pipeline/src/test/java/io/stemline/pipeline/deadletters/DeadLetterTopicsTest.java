package io.stemline.pipeline.deadletters;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stemline.events.Topics;
import io.stemline.pipeline.Broker;
import io.stemline.pipeline.PipelineException;
import io.stemline.pipeline.Platform;
import io.stemline.pipeline.deadletters.DeadLetter.Failure;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.api.Test;

final class DeadLetterTopicsTest {

    private static final Failure FAILURE = new Failure(
            "song.mp3: not audio", "separator", 2, "x.Y", "the stack", Instant.parse("2026-05-01T12:00:00.123456Z"));

    private final Broker broker = Platform.broker();
    private final String topic = Platform.unique("songs");

    @Test
    void aDeadLetterIsReadBackAsItWasWritten() throws Exception {
        // Given
        ConsumerRecord<String, byte[]> original = published("key", "value".getBytes(UTF_8));

        // When
        try (var letters = new DeadLetterTopics(broker)) {
            letters.write(DeadLetter.about(original, FAILURE));
        }

        // Then
        DeadLetter letter = DeadLetter.parse(only(Topics.deadLettersOf(topic)));
        assertThat(letter.failure()).isEqualTo(FAILURE);
        assertThat(letter.place()).isEqualTo(new DeadLetter.Place(topic, 0, 0));
        assertThat(letter.original().key()).hasValue("key");
        assertThat(letter.original().value().orElseThrow()).isEqualTo("value".getBytes(UTF_8));
        assertThat(letter.original().headers()).containsExactly(new RecordHeader("ce_id", "e1".getBytes(UTF_8)));
        assertThat(letter.eventId()).hasValue("e1");
        assertThat(letter.id()).isEqualTo("separator/" + topic + "/0/0");
    }

    @Test
    void aRecordWithoutKeyAndValueSurvivesToo() throws Exception {
        // Given
        ConsumerRecord<String, byte[]> original = published(null, null);

        // When
        try (var letters = new DeadLetterTopics(broker)) {
            letters.write(DeadLetter.about(original, FAILURE));
        }

        // Then
        DeadLetter.Original read =
                DeadLetter.parse(only(Topics.deadLettersOf(topic))).original();
        assertThat(read.key()).isEqualTo(Optional.empty());
        assertThat(read.value()).isEqualTo(Optional.empty());
    }

    @Test
    void aRepublishedRecordIsTheOriginalWithoutAnyTrace() throws Exception {
        // Given
        ConsumerRecord<String, byte[]> original = published("key", "value".getBytes(UTF_8));
        try (var letters = new DeadLetterTopics(broker)) {
            letters.write(DeadLetter.about(original, FAILURE));
            DeadLetter letter = DeadLetter.parse(only(Topics.deadLettersOf(topic)));

            // When
            letters.republish(letter);
        }

        // Then
        var records = Platform.read(broker, topic, record -> true);
        assertThat(records).hasSize(2);
        assertThat(records.getLast().key()).isEqualTo("key");
        assertThat(records.getLast().value()).isEqualTo("value".getBytes(UTF_8));
        assertThat(records.getLast().headers().toArray())
                .isEqualTo(new Header[] {new RecordHeader("ce_id", "e1".getBytes(UTF_8))});
    }

    @Test
    void anOriginalOfTheGreatestSizeStillFitsBesideItsStack() throws Exception {
        // Given
        byte[] incompressible = new byte[1_000_000];
        new java.util.Random(1).nextBytes(incompressible);
        ConsumerRecord<String, byte[]> original = published("key", incompressible);
        var deep = new Failure("deep", "separator", 1, "x.Y", "at x.y(z)\n".repeat(1600), FAILURE.time());

        // When
        try (var letters = new DeadLetterTopics(broker)) {
            letters.write(DeadLetter.about(original, deep));
        }

        // Then
        DeadLetter letter = DeadLetter.parse(only(Topics.deadLettersOf(topic)));
        assertThat(letter.original().value().orElseThrow()).isEqualTo(incompressible);
    }

    @Test
    void theStackIsBounded() {
        // Given
        Throwable thrown = new IllegalStateException("x".repeat(100_000));

        // When
        Failure failure = Failure.of(thrown, "separator", 1, FAILURE.time());

        // Then
        assertThat(failure.stack()).hasSize(16_000);
    }

    @Test
    void anyOtherRecordIsRefusedWithItsPlace() throws Exception {
        // Given
        ConsumerRecord<String, byte[]> original = published("key", "value".getBytes(UTF_8));

        // When
        assertThatThrownBy(() -> DeadLetter.parse(original))

                // Then
                .isInstanceOf(PipelineException.class)
                .hasMessage(topic + "-0@0: not a dead letter, it has no header stemline-dead-letter-topic");
    }

    private ConsumerRecord<String, byte[]> published(String key, byte[] value) throws Exception {
        Platform.createTopics(broker, topic, Topics.deadLettersOf(topic));
        List<Header> headers = List.of(new RecordHeader("ce_id", "e1".getBytes(UTF_8)));
        try (KafkaProducer<String, byte[]> producer = broker.producer()) {
            producer.send(new ProducerRecord<>(topic, null, null, key, value, headers))
                    .get();
        }
        return only(topic);
    }

    private ConsumerRecord<String, byte[]> only(String of) {
        var records = Platform.read(broker, of, record -> true);
        assertThat(records).hasSize(1);
        return records.getFirst();
    }
}
