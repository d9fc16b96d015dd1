package io.stemline.pipeline.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.stemline.events.Progress;
import io.stemline.events.Topics;
import io.stemline.pipeline.Broker;
import io.stemline.pipeline.Platform;
import io.stemline.pipeline.deadletters.DeadLetterTopics;
import io.stemline.pipeline.events.EventReader;
import io.stemline.pipeline.events.OutgoingEvent;
import io.stemline.pipeline.events.ReceivedEvent;
import io.stemline.pipeline.outbox.ResultTransaction.Effect;
import io.stemline.pipeline.queue.QueueMetrics;
import io.stemline.pipeline.queue.WorkQueue;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ResultTransactionTest {

    private final DataSource database = Platform.database();
    private final Broker broker = Platform.broker();
    private final String service = Platform.unique("separator");
    private final Outbox outbox = new Outbox(URI.create("/" + service), Clock.systemUTC());
    private OutboxRelay relay;
    private ResultTransaction results;

    @BeforeEach
    void startRelay() throws Exception {
        Platform.createTopics(broker, Topics.PROGRESS);
        relay = OutboxRelay.start(database, broker, Duration.ofSeconds(30), OutboxMetrics.NONE);
        results = new ResultTransaction(database, service, outbox, relay::nudge);
    }

    @AfterEach
    void stopRelay() {
        relay.close();
    }

    @Test
    void aResultAndItsEventAreRecordedTogetherAndTheEventLeavesAtOnce() throws Exception {
        // Given
        String song = trackId(1);

        // When
        Effect effect = results.record("event-1", connection -> {
            insertSong(connection, song);
            return List.of(progress(song));
        });

        // Then
        assertThat(effect).isEqualTo(Effect.RECORDED);
        assertThat(songs()).isEqualTo(1);
        await().atMost(Duration.ofSeconds(10)).until(() -> published(song).size() == 1);
        ReceivedEvent<Progress> event = published(song).getFirst();
        assertThat(event.event()).isEqualTo(new Progress(song, service, "separating", 0.5, Optional.empty()));
        assertThat(event.id()).isEqualTo("id-of-" + song);
        assertThat(event.source()).isEqualTo(URI.create("/" + service));
        assertThat(event.time()).isPresent();
    }

    @Test
    void anEventThatComesTwiceHasItsEffectOnce() throws Exception {
        // Given
        String song = trackId(2);
        ResultTransaction.Result result = connection -> {
            insertSong(connection, song);
            return List.of(progress(song));
        };
        results.record("event-1", result);

        // When
        Effect second = results.record("event-1", result);

        // Then
        assertThat(second).isEqualTo(Effect.DUPLICATE);
        assertThat(results.isRecorded("event-1")).isTrue();
        assertThat(results.isRecorded("event-2")).isFalse();
        assertThat(songs()).isEqualTo(1);
        results.publish(List.of(progress(trackId(3))));
        await().atMost(Duration.ofSeconds(10)).until(() -> published(trackId(3)).size() == 1);
        assertThat(published(song)).hasSize(1);
    }

    @Test
    void anEventThatComesToEightWorkersAtOnceHasItsEffectOnce() throws Exception {
        // Given
        String song = trackId(4);
        Callable<Effect> recording = () -> results.record("event-1", connection -> {
            insertSong(connection, song);
            return List.of(progress(song));
        });

        // When
        List<Effect> effects;
        try (var workers = Executors.newFixedThreadPool(8)) {
            effects = workers
                    .invokeAll(
                            IntStream.range(0, 8).mapToObj(worker -> recording).toList())
                    .stream()
                    .map(Future::resultNow)
                    .toList();
        }

        // Then
        assertThat(effects).containsOnlyOnce(Effect.RECORDED).hasSize(8);
        assertThat(songs()).isEqualTo(1);
    }

    @Test
    void aResultThatFailsLeavesNothingAndMayComeAgain() throws Exception {
        // Given
        String song = trackId(5);
        ResultTransaction.Result failing = connection -> {
            insertSong(connection, song);
            throw new SQLException("the database is going away");
        };

        // When
        assertThatThrownBy(() -> results.record("event-1", failing)).isInstanceOf(SQLException.class);
        Effect again = results.record("event-1", connection -> List.of());

        // Then
        assertThat(again).isEqualTo(Effect.RECORDED);
        assertThat(songs()).isZero();
    }

    @Test
    void aThousandSmallJobsOnSeveralWorkersEachHaveTheirEffectOnce() throws Exception {
        // Given
        String topic = Platform.unique("songs");
        List<String> songs = IntStream.range(1000, 2000)
                .mapToObj(ResultTransactionTest::trackId)
                .toList();
        Platform.publish(broker, topic, songs);
        Platform.publish(broker, topic, songs.subList(0, 100));
        var jobs = new AtomicInteger();
        var settings = WorkQueue.Settings.of(topic, service).withWorkers(4).withRecordsPerPoll(10);

        // When
        try (var letters = new DeadLetterTopics(broker);
                var queue = WorkQueue.start(
                        settings,
                        broker,
                        job -> {
                            String song = job.record().key();
                            Effect effect = results.record(song, connection -> {
                                insertSong(connection, song);
                                return List.of(progress(song));
                            });
                            assertThat(effect).isNotNull();
                            jobs.incrementAndGet();
                        },
                        letters,
                        QueueMetrics.NONE)) {
            await().atMost(Duration.ofSeconds(120)).until(() -> jobs.get() >= 1100);
            assertThat(queue.alive().well()).isTrue();
        }

        // Then
        assertThat(songs()).isEqualTo(1000);
        await().atMost(Duration.ofSeconds(60)).until(() -> allPublished().size() >= 1000);
        assertThat(allPublished())
                .extracting(event -> event.event().trackId())
                .containsExactlyInAnyOrderElementsOf(songs);
    }

    private OutgoingEvent progress(String song) {
        return new OutgoingEvent(new Progress(song, service, "separating", 0.5, Optional.empty()), "id-of-" + song);
    }

    /** Batches stand for any result; their name says which test they belong to. */
    private void insertSong(Connection connection, String song) throws SQLException {
        try (var insert = connection.prepareStatement("insert into batch (batch_id, name) values (?, ?)")) {
            insert.setString(1, service + song);
            insert.setString(2, service);
            insert.executeUpdate();
        }
    }

    private int songs() throws SQLException {
        try (var connection = database.getConnection();
                var select = connection.prepareStatement("select count(*) from batch where name = ?")) {
            select.setString(1, service);
            try (var row = select.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
    }

    private List<ReceivedEvent<Progress>> published(String song) {
        return allPublished().stream()
                .filter(event -> event.event().trackId().equals(song))
                .toList();
    }

    private List<ReceivedEvent<Progress>> allPublished() {
        return Platform.read(broker, Topics.PROGRESS, record -> true).stream()
                .map(record -> EventReader.read(record, Progress.class))
                .filter(event -> event.event().service().equals(service))
                .toList();
    }

    private static String trackId(int number) {
        return HexFormat.of().toHexDigits(number).repeat(8);
    }
}
