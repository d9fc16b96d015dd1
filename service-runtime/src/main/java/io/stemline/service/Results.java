package io.stemline.service;

import io.stemline.pipeline.events.OutgoingEvent;
import io.stemline.pipeline.outbox.ResultTransaction;
import io.stemline.pipeline.outbox.ResultTransaction.Effect;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.postgres.PostgresPlugin;

/**
 * Records results exactly once, as {@link ResultTransaction} does, written with Jdbi. What Jdbi works out about a statement is kept for the
 * next transaction: parsing them anew was a fifth of what a short track costs.
 */
@Singleton
public final class Results {
    private final ResultTransaction transactions;
    private final ThreadLocal<Connection> opening = new ThreadLocal<>();
    private final Jdbi jdbi = Jdbi.create(() -> Objects.requireNonNull(opening.get()))
            .installPlugin(new PostgresPlugin())
            .installPlugin(new StorableText());

    Results(ResultTransaction transactions) {
        this.transactions = transactions;
    }

    /**
     * @param eventId the incoming event that the result answers
     * @param result writes the result, without ending the transaction, and returns the events that tell of it
     * @throws SQLException if the database did not take it: nothing is recorded, or it is not known and trying again tells
     */
    public Effect record(String eventId, Function<Handle, List<OutgoingEvent>> result) throws SQLException {
        return transactions.record(eventId, connection -> result.apply(handleOn(connection)));
    }

    /** Whether an event has had its effect before: there is nothing left to do for it. */
    public boolean isRecorded(String eventId) throws SQLException {
        return transactions.isRecorded(eventId);
    }

    /** Nobody closes the handle: whoever opened the connection closes that. */
    private Handle handleOn(Connection connection) {
        opening.set(connection);
        try {
            return jdbi.open();
        } finally {
            opening.remove();
        }
    }
}
