package io.stemline.pipeline.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stemline.events.ModelPromoted;
import io.stemline.events.Progress;
import io.stemline.events.Topics;
import io.stemline.pipeline.Broker;
import io.stemline.pipeline.Platform;
import io.stemline.pipeline.TopicPlan;
import io.stemline.pipeline.queue.PermanentFailure;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class EventReaderTest {

    private static final String TRACK = "0123456789abcdef".repeat(4);
    private static final Progress PROGRESS = new Progress(TRACK, "separator", "separating", 0.25, Optional.empty());

    private final Broker broker = Platform.broker();

    @Test
    void aPublishedEventIsReadBackWithItsEnvelope() throws Exception {
        // Given
        String id = Platform.unique("event");
        Platform.createTopics(broker, Topics.PROGRESS);
        var noon = Clock.fixed(Instant.parse("2026-05-01T12:00:00Z"), ZoneOffset.UTC);

        // When
        try (var publisher = new EventPublisher(broker, URI.create("/separator"), noon)) {
            publisher.publish(new OutgoingEvent(PROGRESS, id)).get();
        }

        // Then
        var records = Platform.read(broker, Topics.PROGRESS, record -> id.equals(header(record, "ce_id")));
        assertThat(records).hasSize(1);
        assertThat(records.getFirst().key()).isEqualTo(TRACK);
        assertThat(header(records.getFirst(), "ce_type")).isEqualTo("io.stemline.progress.v1");
        assertThat(header(records.getFirst(), "ce_specversion")).isEqualTo("1.0");
        assertThat(header(records.getFirst(), "content-type")).isEqualTo("application/json");
        assertThat(EventReader.read(records.getFirst(), Progress.class))
                .isEqualTo(new ReceivedEvent<>(
                        PROGRESS,
                        id,
                        URI.create("/separator"),
                        Optional.of(OffsetDateTime.parse("2026-05-01T12:00:00Z"))));
    }

    @Test
    void aRecordThatIsNoCloudEventIsAPermanentFailure() {
        // Given
        var record = new ConsumerRecord<>("songs", 1, 7, "key", "hello".getBytes(UTF_8));

        // When
        assertThatThrownBy(() -> EventReader.read(record, Progress.class))

                // Then
                .isInstanceOf(PermanentFailure.class)
                .hasMessageStartingWith("songs-1@7: not a CloudEvent");
    }

    @Test
    void anEventThatBreaksItsSchemaIsAPermanentFailure() {
        // Given
        ConsumerRecord<String, byte[]> record = event("io.stemline.progress.v1", "{\"trackId\": 5}");

        // When
        assertThatThrownBy(() -> EventReader.read(record, Progress.class))

                // Then
                .isInstanceOf(PermanentFailure.class)
                .hasMessageStartingWith("songs-1@7: event e1: breaks io.stemline.progress.v1");
    }

    @ParameterizedTest
    @MethodSource("idsThatNoTableHolds")
    void anEventWithAnIdThatNoTableHoldsIsAPermanentFailure(String id) {
        // Given
        ConsumerRecord<String, byte[]> record =
                event("io.stemline.progress.v1", new String(io.stemline.events.EventCodec.toJson(PROGRESS), UTF_8));
        record.headers().remove("ce_id").add("ce_id", id.getBytes(UTF_8));

        // When
        assertThatThrownBy(() -> EventReader.read(record, Progress.class))

                // Then
                .isInstanceOf(PermanentFailure.class)
                .hasMessage("songs-1@7: not a CloudEvent (its id has control characters, or more than 500 characters)");
    }

    private static Stream<String> idsThatNoTableHolds() {
        return Stream.of("e\0", "e\n", "e".repeat(501));
    }

    @Test
    void anotherEventThanTheExpectedIsAPermanentFailure() {
        // Given
        ConsumerRecord<String, byte[]> record =
                event("io.stemline.progress.v1", new String(io.stemline.events.EventCodec.toJson(PROGRESS), UTF_8));

        // When
        assertThatThrownBy(() -> EventReader.read(record, ModelPromoted.class))

                // Then
                .isInstanceOf(PermanentFailure.class)
                .hasMessage("songs-1@7: the event e1 is a Progress where a ModelPromoted is expected");
    }

    @Test
    void topicsAreCreatedOnceAndEachIsKeptAsLongAsItMust() throws Exception {
        // Given
        try (var admin = broker.admin()) {
            TopicPlan.defaults().create(admin, TopicPlan.allTopics());

            // When
            new TopicPlan(3, (short) 1).create(admin, TopicPlan.allTopics());

            // Then
            assertThat(admin.listTopics().names().get()).containsAll(TopicPlan.allTopics());
            assertThat(setting(admin, Topics.MODEL_PROMOTED, "cleanup.policy")).isEqualTo("compact");
            assertThat(setting(admin, Topics.AUDIO_READY, "retention.ms")).isEqualTo("-1");
            assertThat(setting(admin, Topics.deadLettersOf(Topics.AUDIO_READY), "retention.ms"))
                    .isEqualTo("-1");
            assertThat(setting(admin, Topics.PROGRESS, "retention.ms")).isEqualTo("86400000");
        }
    }

    private static String setting(org.apache.kafka.clients.admin.Admin admin, String topic, String name)
            throws Exception {
        var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        Map<ConfigResource, org.apache.kafka.clients.admin.Config> configs =
                admin.describeConfigs(List.of(resource)).all().get();
        return configs.get(resource).get(name).value();
    }

    private static ConsumerRecord<String, byte[]> event(String type, String json) {
        var record = new ConsumerRecord<>("songs", 1, 7, TRACK, json.getBytes(UTF_8));
        Map.of(
                        "ce_specversion",
                        "1.0",
                        "ce_id",
                        "e1",
                        "ce_type",
                        type,
                        "ce_source",
                        "/x",
                        "content-type",
                        "application/json")
                .forEach((name, value) -> record.headers().add(new RecordHeader(name, value.getBytes(UTF_8))));
        return record;
    }

    private static String header(ConsumerRecord<String, byte[]> record, String name) {
        var header = record.headers().lastHeader(name);
        return header == null ? "" : new String(header.value(), UTF_8);
    }
}
