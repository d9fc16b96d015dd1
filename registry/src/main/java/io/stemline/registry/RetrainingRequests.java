package io.stemline.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stemline.events.ContentIds;
import io.stemline.events.EventType;
import io.stemline.events.RetrainingRequested;
import io.stemline.pipeline.events.OutgoingEvent;
import io.stemline.pipeline.outbox.Outbox;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * Who asks for a better model, and why. For each slot one request is open at a time: what asks meanwhile joins it, and after it has
 * been closed nothing is asked for a while.
 */
public final class RetrainingRequests {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Outbox outbox;

    public RetrainingRequests(Outbox outbox) {
        this.outbox = outbox;
    }

    /**
     * What somebody asks for.
     *
     * @param modelId the model to improve: the active one
     * @param policy which policy asks, or {@code person}
     * @param reason the sentence that says why
     * @param evidence ids of the evaluations behind it, and other facts in words
     */
    public record Asking(String slot, String modelId, String policy, String reason, List<String> evidence) {
        public Asking {
            evidence = List.copyOf(evidence);
        }
    }

    /** What came of asking. */
    public sealed interface Answer {
        /** There is a request now, and its event is on its way. */
        record Opened(String requestId) implements Answer {}

        /** There was one already; it carries this reason too, unless it said so itself. */
        record Joined(String requestId) implements Answer {}

        /** The last one was closed a short time ago. */
        record CoolingDown(Instant until) implements Answer {}
    }

    /**
     * Asks for a better model.
     *
     * @param coolDown how long after the last request was closed nothing is asked; zero for a person who insists
     */
    public Answer ask(Handle transaction, Asking asking, Duration coolDown) throws SQLException {
        Locks.take(transaction, "requests of " + asking.slot());
        Optional<String> open = open(transaction, asking.slot());
        if (open.isPresent()) {
            join(transaction, open.get(), asking);
            return new Answer.Joined(open.get());
        }
        Optional<Instant> coolUntil = lastClosed(transaction, asking.slot())
                .map(closed -> closed.plus(coolDown))
                .filter(until -> until.isAfter(now(transaction)));
        if (coolUntil.isPresent()) {
            return new Answer.CoolingDown(coolUntil.get());
        }
        String requestId = "request-" + UUID.randomUUID();
        transaction
                .createUpdate("""
                        insert into retraining_request (request_id, slot, model_id, policy, reason, evidence)
                        values (:requestId, :slot, :modelId, :policy, :reason, :evidence::jsonb)
                        """)
                .bind("requestId", requestId)
                .bind("slot", asking.slot())
                .bind("modelId", asking.modelId())
                .bind("policy", asking.policy())
                .bind("reason", asking.reason())
                .bind("evidence", json(asking.evidence()))
                .execute();
        var event = new RetrainingRequested(
                requestId, asking.modelId(), asking.policy(), asking.reason(), asking.evidence());
        outbox.add(
                transaction.getConnection(),
                new OutgoingEvent(event, ContentIds.event(EventType.RETRAINING_REQUESTED, requestId)));
        return new Answer.Opened(requestId);
    }

    /** Closes a request; one that is closed stays as it is. */
    public static void close(Handle transaction, String requestId, String outcome) {
        transaction
                .createUpdate("""
                        update retraining_request set closed_at = clock_timestamp(), outcome = :outcome
                        where request_id = :requestId and closed_at is null
                        """)
                .bind("requestId", requestId)
                .bind("outcome", outcome)
                .execute();
    }

    /** Closes the request that nothing more is done about, and ends its run, if it has one that has not ended. */
    public static void giveUp(Handle transaction, String requestId, String reason) {
        transaction
                .createUpdate("""
                        update training_run set state = 'FAILED', reason = :reason, changed_at = clock_timestamp(),
                                                ended_at = clock_timestamp()
                        where request_id = :requestId and state in ('PREPARING', 'TRAINING')
                        """)
                .bind("requestId", requestId)
                .bind("reason", reason)
                .execute();
        close(transaction, requestId, "FAILED: " + reason);
    }

    /** What of a request was given up. */
    public enum Step {
        /** The making of a candidate. */
        TRAINING("FAILED"),
        /** What follows a candidate that is there. */
        JUDGING("TRAINED");

        private final String runState;

        Step(String runState) {
            this.runState = runState;
        }
    }

    /**
     * Opens a request again that was given up at this step, and its run with it: whoever gets it goes on with what there is. Nothing
     * happens if another request is open by now, or this one has come further.
     */
    public static void reopen(Handle transaction, String requestId, Step step) {
        Optional<String> slot = transaction
                .createQuery("select slot from retraining_request where request_id = :requestId")
                .bind("requestId", requestId)
                .mapTo(String.class)
                .findOne();
        slot.ifPresent(of -> Locks.take(transaction, "requests of " + of));
        if (slot.isEmpty() || open(transaction, slot.get()).isPresent()) {
            return;
        }
        int reopened = transaction
                .createUpdate("""
                        update retraining_request set closed_at = null, outcome = null
                        where request_id = :requestId and outcome like 'FAILED: %'
                          and coalesce((select state from training_run where request_id = :requestId), 'FAILED') = :runState
                          and not exists (select 1 from trial where request_id = :requestId)
                        """)
                .bind("requestId", requestId)
                .bind("runState", step.runState)
                .execute();
        if (reopened == 1) {
            transaction.createUpdate("""
                            update training_run set state = 'PREPARING', reason = null, ended_at = null,
                                                    changed_at = to_timestamp(0)
                            where request_id = :requestId and state = 'FAILED'
                            """).bind("requestId", requestId).execute();
        }
    }

    private static void join(Handle transaction, String requestId, Asking asking) {
        transaction
                .createUpdate("""
                        insert into joined_request (request_id, policy, reason, evidence)
                        select :requestId, :policy, :reason, :evidence::jsonb
                        where not exists (select 1 from retraining_request
                                          where request_id = :requestId and policy = :policy and reason = :reason)
                        on conflict (request_id, policy) do update
                        set reason = excluded.reason, evidence = excluded.evidence
                        """)
                .bind("requestId", requestId)
                .bind("policy", asking.policy())
                .bind("reason", asking.reason())
                .bind("evidence", json(asking.evidence()))
                .execute();
    }

    private static Optional<String> open(Handle transaction, String slot) {
        return transaction
                .createQuery("select request_id from retraining_request where slot = :slot and closed_at is null")
                .bind("slot", slot)
                .mapTo(String.class)
                .findOne();
    }

    private static Optional<Instant> lastClosed(Handle transaction, String slot) {
        return transaction
                .createQuery("select max(closed_at) from retraining_request where slot = :slot")
                .bind("slot", slot)
                .mapTo(OffsetDateTime.class)
                .findOne()
                .map(OffsetDateTime::toInstant);
    }

    /** The database's time, so that services whose clocks differ agree. */
    private static Instant now(Handle transaction) {
        return transaction
                .createQuery("select clock_timestamp()")
                .mapTo(OffsetDateTime.class)
                .one()
                .toInstant();
    }

    private static String json(List<String> evidence) {
        try {
            return JSON.writeValueAsString(evidence);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not writable as JSON: " + evidence, e);
        }
    }
}
