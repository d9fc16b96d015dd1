package io.stemline.pipeline.outbox;

import io.stemline.pipeline.events.OutgoingEvent;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;

/**
 * Records the result of an event exactly once.
 *
 * <p>In one database transaction:
 * <ol>
 *   <li>Note the event as processed by this service. It is noted already, or another worker commits it first: roll back, say
 *       {@code DUPLICATE}, nothing is doubled.
 *   <li>Write the result. It fails: roll back, the event may come again.
 *   <li>Add the outgoing events to the outbox.
 *   <li>Commit. The connection is lost meanwhile: it is not known whether it happened, the event comes again, and step 1 tells.
 * </ol>
 * After that the relay is told, so that the events leave at once.
 */
public final class ResultTransaction {

    private static final String NOTE =
            "insert into processed_event (service, event_id) values (?, ?) on conflict do nothing";

    private static final String LOOK = "select 1 from processed_event where service = ? and event_id = ?";

    private final DataSource database;
    private final String service;
    private final Outbox outbox;
    private final Runnable committed;

    /** What became of an event. */
    public enum Effect {
        /** The result is recorded and its events are on their way. */
        RECORDED,
        /** The same event had its effect before; this time it had none. */
        DUPLICATE
    }

    /** Writes a result in the transaction that is open on the connection, and returns the events that tell of it. */
    @FunctionalInterface
    public interface Result {
        /** Neither commits nor rolls back. */
        List<OutgoingEvent> write(Connection connection) throws SQLException;
    }

    /**
     * @param service whose events these are; an event has its effect once in each service
     * @param committed called after each commit, such as {@link OutboxRelay#nudge}
     */
    public ResultTransaction(DataSource database, String service, Outbox outbox, Runnable committed) {
        this.database = database;
        this.service = service;
        this.outbox = outbox;
        this.committed = committed;
    }

    /**
     * @param eventId the incoming event that the result answers
     * @throws SQLException if the database did not take it: nothing is recorded, or it is not known and trying again tells
     */
    public Effect record(String eventId, Result result) throws SQLException {
        try (Connection connection = database.getConnection()) {
            Effect effect = inTransaction(connection, () -> {
                if (!note(connection, eventId)) {
                    return Effect.DUPLICATE;
                }
                outbox.add(connection, result.write(connection));
                return Effect.RECORDED;
            });
            if (effect == Effect.RECORDED) {
                committed.run();
            }
            return effect;
        }
    }

    /** Whether an event has had its effect before: there is nothing left to do for it. */
    public boolean isRecorded(String eventId) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement look = connection.prepareStatement(LOOK)) {
            look.setString(1, service);
            look.setString(2, eventId);
            try (ResultSet row = look.executeQuery()) {
                return row.next();
            }
        }
    }

    /** Publishes events that answer no event: they begin something, or tell of a result again. */
    public void publish(List<OutgoingEvent> events) throws SQLException {
        try (Connection connection = database.getConnection()) {
            Effect ignored = inTransaction(connection, () -> {
                outbox.add(connection, events);
                return Effect.RECORDED;
            });
        }
        committed.run();
    }

    private boolean note(Connection connection, String eventId) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(NOTE)) {
            insert.setString(1, service);
            insert.setString(2, eventId);
            return insert.executeUpdate() == 1;
        }
    }

    @FunctionalInterface
    private interface Steps {
        Effect take() throws SQLException;
    }

    private static Effect inTransaction(Connection connection, Steps steps) throws SQLException {
        boolean autoCommit = connection.getAutoCommit();
        connection.setAutoCommit(false);
        try {
            Effect effect = steps.take();
            connection.commit();
            connection.setAutoCommit(autoCommit);
            return effect;
        } catch (SQLException | RuntimeException | Error e) {
            rollBack(connection, autoCommit, e);
            throw e;
        }
    }

    private static void rollBack(Connection connection, boolean autoCommit, Throwable reason) {
        try {
            connection.rollback();
            connection.setAutoCommit(autoCommit);
        } catch (SQLException e) {
            reason.addSuppressed(e);
        }
    }
}
