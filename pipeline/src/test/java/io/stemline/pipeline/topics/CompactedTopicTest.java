package io.stemline.pipeline.topics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stemline.events.ModelPromoted;
import io.stemline.local.EmbeddedKafka;
import io.stemline.pipeline.Broker;
import io.stemline.pipeline.Platform;
import io.stemline.pipeline.events.EventPublisher;
import io.stemline.pipeline.events.OutgoingEvent;
import io.stemline.pipeline.events.ReceivedEvent;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CompactedTopicTest {

    private static final Duration SOON = Duration.ofSeconds(60);

    private final String topic = Platform.unique("promoted");
    private final List<String> told = new CopyOnWriteArrayList<>();

    @Test
    void whatHoldsAtTheStartIsToldOncePerKeyAndThenWhatIsNew() throws Exception {
        // Given
        Broker broker = Platform.broker();
        Platform.createTopics(broker, topic);
        publish(broker, "default", "first", "second", "third");
        publish(broker, "other", "fourth");

        // When
        try (var followed = CompactedTopic.follow(broker, topic, ModelPromoted.class, this::tell)) {

            // Then
            assertThat(followed.awaitCaughtUp(SOON)).isTrue();
            assertThat(told).containsExactlyInAnyOrder("default third", "other fourth");
            publish(broker, "default", "fifth");
            await().atMost(SOON).until(() -> told.size() == 3);
            assertThat(told).endsWith("default fifth");
            assertThat(followed.alive().well()).isTrue();
        }
    }

    @Test
    void anEmptyTopicIsReadToItsEndAtOnce() throws Exception {
        // Given
        Broker broker = Platform.broker();
        Platform.createTopics(broker, topic);

        // When
        try (var followed = CompactedTopic.follow(broker, topic, ModelPromoted.class, this::tell)) {

            // Then
            assertThat(followed.awaitCaughtUp(SOON)).isTrue();
            assertThat(told).isEmpty();
        }
    }

    @Test
    void whatIsNotReadableOrNotHandledDoesNotKeepTheRestBack() throws Exception {
        // Given
        Broker broker = Platform.broker();
        Platform.createTopics(broker, topic);
        publish(broker, "default", "good");
        try (var producer = broker.producer()) {
            producer.send(new ProducerRecord<>(topic, "default", "{not json".getBytes(UTF_8)))
                    .get();
        }

        // When
        try (var followed = CompactedTopic.follow(broker, topic, ModelPromoted.class, event -> {
            tell(event);
            if (event.event().modelId().equals("good")) {
                throw new IllegalStateException("not handled");
            }
        })) {
            assertThat(followed.awaitCaughtUp(SOON)).isTrue();
            publish(broker, "default", "better");

            // Then
            await().atMost(SOON).until(() -> told.size() == 2);
            assertThat(told).containsExactly("default good", "default better");
        }
    }

    @Test
    void aBrokerThatComesLateAndGoesAndComesBackIsFollowed(@TempDir Path directory) throws Exception {
        // Given
        int port;
        try (var kafka = EmbeddedKafka.start(directory, EmbeddedKafka.Settings.defaults())) {
            port = kafka.port();
            var before = Broker.at(kafka.bootstrapServers());
            Platform.createTopics(before, topic);
            publish(before, "default", "first");
        }
        var broker = Broker.at("localhost:" + port);
        var settings = EmbeddedKafka.Settings.defaults().withPort(port);
        try (var followed = CompactedTopic.follow(broker, topic, ModelPromoted.class, this::tell)) {
            assertThat(followed.awaitCaughtUp(Duration.ofMillis(500))).isFalse();

            // When
            try (var late = EmbeddedKafka.start(directory, settings)) {
                assertThat(late.port()).isEqualTo(port);
                assertThat(followed.awaitCaughtUp(SOON)).isTrue();
            }
            try (var again = EmbeddedKafka.start(directory, settings)) {
                publish(Broker.at(again.bootstrapServers()), "default", "second");

                // Then
                await().atMost(SOON).until(() -> told.contains("default second"));
            }
        }
        assertThat(told).containsExactly("default first", "default second");
    }

    private void tell(ReceivedEvent<ModelPromoted> event) {
        told.add(event.event().slot() + " " + event.event().modelId());
    }

    private void publish(Broker broker, String slot, String... modelIds) {
        try (var publisher = new EventPublisher(broker, URI.create("/test"), Clock.systemUTC())) {
            for (String modelId : modelIds) {
                var promoted = new ModelPromoted(
                        slot, modelId, Optional.empty(), "models/" + modelId + "/", "a".repeat(64), "a test");
                publisher
                        .publish(new OutgoingEvent(promoted, slot + modelId, topic))
                        .join();
            }
        }
    }
}
