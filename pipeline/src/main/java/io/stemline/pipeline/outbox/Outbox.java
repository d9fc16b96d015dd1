package io.stemline.pipeline.outbox;

import io.stemline.events.EventCodec;
import io.stemline.events.EventType;
import io.stemline.pipeline.events.OutgoingEvent;
import io.stemline.pipeline.tracing.Traces;
import java.net.URI;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;

/** Events that wait in the database for their transaction to commit, and then for a {@link OutboxRelay} to publish them. */
public final class Outbox {

    private static final String INSERT = """
            insert into outbox (topic, event_key, event_id, type, source, event_time, json, trace_parent)
            values (?, ?, ?, ?, ?, ?, ?, ?)""";

    private final URI source;
    private final Clock clock;

    /**
     * @param source the service that says what the events say
     */
    public Outbox(URI source, Clock clock) {
        this.source = source;
        this.clock = clock;
    }

    /** Adds events to the transaction that is open on {@code connection}; they are published in this order once it commits. */
    public void add(Connection connection, List<OutgoingEvent> events) throws SQLException {
        if (events.isEmpty()) {
            return;
        }
        OffsetDateTime now = OffsetDateTime.now(clock);
        String traceParent = Traces.current().orElse(null);
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            for (OutgoingEvent outgoing : events) {
                EventType type = EventType.of(outgoing.event());
                insert.setString(1, outgoing.topic());
                insert.setString(2, outgoing.event().key());
                insert.setString(3, outgoing.id());
                insert.setString(4, type.typeName());
                insert.setString(5, source.toString());
                insert.setObject(6, now);
                insert.setBytes(7, EventCodec.toJson(outgoing.event()));
                insert.setString(8, traceParent);
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    /** Adds one event. */
    public void add(Connection connection, OutgoingEvent event) throws SQLException {
        add(connection, List.of(event));
    }
}
