package io.stemline.pipeline.outbox;

import io.cloudevents.core.builder.CloudEventBuilder;
import io.stemline.pipeline.Broker;
import io.stemline.pipeline.HealthFact;
import io.stemline.pipeline.PipelineException;
import io.stemline.pipeline.events.EventRecords;
import io.stemline.pipeline.tracing.Traces;
import java.net.URI;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes what is in the outbox, in the order in which it was added.
 *
 * <p>A round, and what happens when a step fails:
 * <ol>
 *   <li>Wait for the turn: one relay publishes at a time, whatever the number of services, or the order would be lost. The lock
 *       belongs to the database transaction, so it is free again as soon as its holder is gone.
 *   <li>Read the oldest events.
 *   <li>Send them all; every in-sync replica must acknowledge each.
 *   <li>Delete those that were acknowledged, unless an earlier event of the same key was not: that one must come first.
 *   <li>Commit. A crash before it means that events are published again, with the same ids.
 * </ol>
 * The database or the broker is away: the round is tried again with growing pauses, for as long as it takes. Rounds follow each
 * other while there is something to publish; then {@link #nudge} or the polling interval starts the next.
 */
public final class OutboxRelay implements AutoCloseable {

    private static final Logger LOGGER = LoggerFactory.getLogger(OutboxRelay.class);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(10);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    private static final int EVENTS_A_ROUND = 1000;

    /** Any number that no one else uses for an advisory lock: "outbox" in ASCII. */
    private static final long TURN = 0x6f7574626f78L;

    private static final String WAIT_FOR_TURN =
            "set local lock_timeout = '5s'; select pg_advisory_xact_lock(" + TURN + ")";
    private static final String OLDEST = """
            select outbox_id, topic, event_key, event_id, type, source, event_time, json, trace_parent
            from outbox order by outbox_id limit ? for update skip locked""";
    private static final String DELETE = "delete from outbox where outbox_id = any (?)";

    private final DataSource database;
    private final KafkaProducer<String, byte[]> producer;
    private final Duration interval;
    private final OutboxMetrics metrics;
    private final Semaphore nudges = new Semaphore(0);
    private final Thread thread;
    private volatile boolean stopping;
    private volatile String lastFailure = "";

    private record Row(long id, String topic, String key, ProducerRecord<String, byte[]> record) {}

    private record Sent(Row row, Future<RecordMetadata> acknowledgement) {}

    /** Events belong together, and keep their order, when topic and key are the same. */
    private record Lane(String topic, String key) {}

    private OutboxRelay(DataSource database, Broker broker, Duration interval, OutboxMetrics metrics) {
        this.database = database;
        this.producer = broker.producer();
        this.interval = interval;
        this.metrics = metrics;
        this.thread = Thread.ofPlatform().daemon().name("outbox-relay").unstarted(this::run);
    }

    /**
     * Starts a relay; close it to stop.
     *
     * @param interval how often to look for events that other processes have added, or that nobody told of
     */
    public static OutboxRelay start(DataSource database, Broker broker, Duration interval, OutboxMetrics metrics) {
        var relay = new OutboxRelay(database, broker, interval, metrics);
        relay.thread.start();
        return relay;
    }

    /** Says that something was committed to the outbox. Returns at once. */
    public void nudge() {
        nudges.release();
    }

    /** Whether the relay's thread runs. */
    public HealthFact alive() {
        return new HealthFact("outbox relay", thread.isAlive(), thread.isAlive() ? "runs" : "has ended");
    }

    /** Whether the last round went well. */
    public HealthFact ready() {
        String failure = lastFailure;
        return new HealthFact("outbox", failure.isEmpty(), failure.isEmpty() ? "events are published" : failure);
    }

    /** Ends the current round and stops. What is left in the outbox stays there for the next relay. */
    @Override
    public void close() {
        stopping = true;
        nudge();
        try {
            thread.join(CLOSE_LIMIT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        producer.close(Duration.ZERO);
    }

    private void run() {
        Duration pause = interval;
        while (!stopping) {
            try {
                // Nudges that came before the round begins are answered by it; later ones start another.
                nudges.drainPermits();
                boolean more = publishOldest() == EVENTS_A_ROUND;
                lastFailure = "";
                pause = interval;
                if (!more) {
                    awaitNudge(pause);
                }
            } catch (SQLException | KafkaException | PipelineException e) {
                failed(e);
                pause = longer(pause);
                rest(pause);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void failed(Exception failure) {
        metrics.failed();
        if (lastFailure.isEmpty()) {
            LOGGER.atWarn().setCause(failure).log("events wait in the outbox");
        }
        lastFailure = "events wait in the outbox: " + failure.getMessage();
    }

    private static Duration longer(Duration pause) {
        Duration doubled = pause.multipliedBy(2);
        return doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
    }

    private void awaitNudge(Duration atMost) throws InterruptedException {
        boolean ignored = nudges.tryAcquire(atMost.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** A pause after a failure is not cut short by nudges, which would make it none under load, but by the end it is. */
    private void rest(Duration pause) {
        long until = System.nanoTime() + pause.toNanos();
        try {
            while (!stopping && System.nanoTime() < until) {
                Thread.sleep(Duration.ofMillis(50));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stopping = true;
        }
    }

    /** One round; the number of events that were read. */
    private int publishOldest() throws SQLException, InterruptedException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                List<Row> rows = readOldest(connection);
                List<Long> published = publish(rows);
                delete(connection, published);
                connection.commit();
                metrics.published(published.size());
                if (published.size() < rows.size()) {
                    throw new PipelineException("%d of %d events were not acknowledged by Kafka"
                            .formatted(rows.size() - published.size(), rows.size()));
                }
                return rows.size();
            } finally {
                // Harmless after a commit; after a failure it frees the rows and the turn even if the connection is
                // pooled.
                connection.rollback();
                connection.setAutoCommit(true);
            }
        }
    }

    private static List<Row> readOldest(Connection connection) throws SQLException {
        try (Statement turn = connection.createStatement()) {
            turn.execute(WAIT_FOR_TURN);
        }
        var rows = new ArrayList<Row>();
        try (PreparedStatement select = connection.prepareStatement(OLDEST)) {
            select.setInt(1, EVENTS_A_ROUND);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    rows.add(row(row));
                }
            }
        }
        return rows;
    }

    private static Row row(ResultSet row) throws SQLException {
        String topic = row.getString("topic");
        String key = row.getString("event_key");
        var envelope = CloudEventBuilder.v1()
                .withId(row.getString("event_id"))
                .withType(row.getString("type"))
                .withSource(URI.create(row.getString("source")))
                .withSubject(key)
                .withTime(row.getObject("event_time", OffsetDateTime.class))
                .withData("application/json", row.getBytes("json"))
                .build();
        ProducerRecord<String, byte[]> record = EventRecords.of(topic, key, envelope);
        String traceParent = row.getString("trace_parent");
        if (traceParent != null) {
            Traces.mark(record.headers(), traceParent);
        }
        return new Row(row.getLong("outbox_id"), topic, key, record);
    }

    /** Sends the rows and returns the ids of those that may be forgotten. */
    private List<Long> publish(List<Row> rows) throws InterruptedException {
        List<Sent> sent = send(rows);
        var published = new ArrayList<Long>();
        var blocked = new HashSet<Lane>();
        for (Sent one : sent) {
            var lane = new Lane(one.row().topic(), one.row().key());
            if (isAcknowledged(one) && !blocked.contains(lane)) {
                published.add(one.row().id());
            } else {
                blocked.add(lane);
            }
        }
        return published;
    }

    /** Stops at the first row that the producer could not even take, as each further one would wait as long as that. */
    private List<Sent> send(List<Row> rows) {
        var sent = new ArrayList<Sent>();
        for (Row row : rows) {
            var one = new Sent(row, producer.send(row.record()));
            sent.add(one);
            if (one.acknowledgement().state() == Future.State.FAILED
                    && one.acknowledgement().exceptionNow() instanceof TimeoutException) {
                break;
            }
        }
        return sent;
    }

    private static boolean isAcknowledged(Sent sent) throws InterruptedException {
        try {
            sent.acknowledgement().get();
            return true;
        } catch (ExecutionException e) {
            LOGGER.atWarn()
                    .addKeyValue("topic", sent.row().topic())
                    .addKeyValue("track", sent.row().key())
                    .log("not published yet: {}", e.getCause().getMessage());
            return false;
        }
    }

    private static void delete(Connection connection, List<Long> ids) throws SQLException {
        if (ids.isEmpty()) {
            return;
        }
        try (PreparedStatement delete = connection.prepareStatement(DELETE)) {
            delete.setArray(1, connection.createArrayOf("bigint", ids.toArray()));
            delete.executeUpdate();
        }
    }
}
