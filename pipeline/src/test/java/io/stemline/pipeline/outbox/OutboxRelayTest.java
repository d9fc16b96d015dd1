package io.stemline.pipeline.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stemline.events.Progress;
import io.stemline.events.Topics;
import io.stemline.local.EmbeddedDatabase;
import io.stemline.local.EmbeddedKafka;
import io.stemline.pipeline.Broker;
import io.stemline.pipeline.Platform;
import io.stemline.pipeline.events.EventReader;
import io.stemline.pipeline.events.OutgoingEvent;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each test has a broker and a database of its own, as they go away and come back. */
final class OutboxRelayTest {

    private static final Duration SOON = Duration.ofSeconds(90);
    private static final String TRACK = "0123456789abcdef".repeat(4);
    private static final String OTHER_TRACK = "fedcba9876543210".repeat(4);

    private final Outbox outbox = new Outbox(URI.create("/separator"), Clock.systemUTC());
    private final AtomicInteger failures = new AtomicInteger();
    private final OutboxMetrics metrics = new OutboxMetrics() {
        @Override
        public void published(int events) {}

        @Override
        public void failed() {
            failures.incrementAndGet();
        }
    };

    @TempDir
    private Path directory;

    private EmbeddedKafka kafka;
    private EmbeddedDatabase postgres;
    private DataSource database;
    private Broker broker;

    @BeforeEach
    void start() throws Exception {
        kafka = EmbeddedKafka.start(directory.resolve("kafka"), EmbeddedKafka.Settings.defaults());
        postgres = EmbeddedDatabase.start(directory.resolve("database"), EmbeddedDatabase.Settings.defaults());
        database = Platform.source(postgres);
        Flyway.configure().dataSource(database).load().migrate();
        broker = Broker.at(kafka.bootstrapServers());
        Platform.createTopics(broker, Topics.PROGRESS);
    }

    @AfterEach
    void stop() {
        kafka.close();
        postgres.close();
    }

    @Test
    void eventsAreInOrderAndNoneIsLostWhileBrokerAndDatabaseGoAndComeBack() throws Exception {
        // Given
        try (var relay = OutboxRelay.start(database, broker, Duration.ofMillis(100), metrics)) {
            add(TRACK, 0, 500);
            await().atMost(SOON).until(() -> waiting() == 0);

            // When
            kafka.close();
            add(TRACK, 500, 1000);
            relay.nudge();
            kafka = EmbeddedKafka.start(
                    directory.resolve("kafka"),
                    EmbeddedKafka.Settings.defaults().withPort(kafka.port()));
            await().atMost(SOON).until(() -> waiting() == 0);
            postgres.close();
            await().atMost(SOON).until(() -> !relay.ready().well());
            postgres = EmbeddedDatabase.start(
                    directory.resolve("database"),
                    EmbeddedDatabase.Settings.defaults().withPort(postgres.port()));
            add(TRACK, 1000, 1500);

            // Then
            await().atMost(SOON).until(() -> waiting() == 0 && relay.ready().well());
            assertThat(relay.alive().well()).isTrue();
        }
        assertThat(published(TRACK).stream().distinct().toList())
                .isEqualTo(IntStream.range(0, 1500).boxed().toList());
    }

    @Test
    void severalRelaysKeepTheOrderOfOne() throws Exception {
        // Given
        try (var first = OutboxRelay.start(database, broker, Duration.ofMillis(10), metrics);
                var second = OutboxRelay.start(database, broker, Duration.ofMillis(10), metrics)) {

            // When
            for (int batch = 0; batch < 50; batch++) {
                add(TRACK, batch * 100, batch * 100 + 100);
                first.nudge();
                second.nudge();
            }
            await().atMost(SOON).until(() -> waiting() == 0);
        }

        // Then
        assertThat(published(TRACK)).isEqualTo(IntStream.range(0, 5000).boxed().toList());
        assertThat(failures).hasValue(0);
    }

    @Test
    void anEventThatTheBrokerRefusesHoldsUpItsOwnTrackOnly() throws Exception {
        // Given
        try (var connection = database.getConnection()) {
            String tooLong = "x".repeat(3_000_000);
            outbox.add(
                    connection,
                    new OutgoingEvent(new Progress(TRACK, tooLong, "separating", 0, Optional.empty()), "too-long"));
        }
        add(TRACK, 1, 2);
        add(OTHER_TRACK, 0, 10);

        // When
        try (var relay = OutboxRelay.start(database, broker, Duration.ofMillis(100), metrics)) {
            await().atMost(SOON).until(() -> waiting() == 2 && failures.get() > 0);
            assertThat(relay.ready().sentence()).contains("2 of ").contains("were not acknowledged");
        }

        // Then
        assertThat(published(OTHER_TRACK).stream().distinct().toList())
                .isEqualTo(IntStream.range(0, 10).boxed().toList());
        assertThat(waiting()).isEqualTo(2);
    }

    @Test
    void whatIsRolledBackIsNotPublished() throws Exception {
        // Given
        try (var relay = OutboxRelay.start(database, broker, Duration.ofMillis(50), metrics);
                Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            outbox.add(connection, event(TRACK, 0));
            relay.nudge();

            // When
            connection.rollback();
            outbox.add(connection, event(TRACK, 1));
            connection.commit();
            await().atMost(SOON).until(() -> !published(TRACK).isEmpty());
        }

        // Then
        assertThat(published(TRACK)).containsExactly(1);
    }

    private void add(String track, int from, int to) throws SQLException {
        try (var connection = database.getConnection()) {
            connection.setAutoCommit(false);
            outbox.add(
                    connection,
                    IntStream.range(from, to)
                            .mapToObj(number -> event(track, number))
                            .toList());
            connection.commit();
        }
    }

    private static OutgoingEvent event(String track, int number) {
        return new OutgoingEvent(
                new Progress(track, "separator", "separating", 0.5, Optional.empty()), Integer.toString(number));
    }

    private int waiting() throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement();
                var row = statement.executeQuery("select count(*) from outbox")) {
            row.next();
            return row.getInt(1);
        }
    }

    /** Numbers of the events on the topic, in the topic's order. */
    private List<Integer> published(String track) {
        return Platform.read(broker, Topics.PROGRESS, record -> record.key().equals(track)).stream()
                .map(record -> Integer.parseInt(
                        EventReader.read(record, Progress.class).id()))
                .toList();
    }
}
