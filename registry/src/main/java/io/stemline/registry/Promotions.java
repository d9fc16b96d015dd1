package io.stemline.registry;

import io.stemline.events.ContentIds;
import io.stemline.events.EventType;
import io.stemline.events.ModelPromoted;
import io.stemline.pipeline.events.OutgoingEvent;
import io.stemline.pipeline.outbox.Outbox;
import io.stemline.registry.Promotion.DecidedBy;
import io.stemline.registry.RegisteredModel.State;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * Which model is active, and how that changed. The event {@code model.promoted} leaves with the transaction that changed it. Whoever
 * decides on a candidate ends its trial, and closes the request behind it.
 */
public final class Promotions {
    private final Outbox outbox;

    public Promotions(Outbox outbox) {
        this.outbox = outbox;
    }

    /** The active model; absent until the first promotion: it is then the one of the configuration. */
    public static Optional<RegisteredModel> active(Handle handle, String slot) {
        return handle.createQuery("select model_id from slot where slot = :slot")
                .bind("slot", slot)
                .mapTo(String.class)
                .findOne()
                .map(modelId -> Models.require(handle, modelId));
    }

    /**
     * Makes a model the active one.
     *
     * @param previousModelId the model that it takes over from, where there was no promotion before
     * @throws RegistryException if the model is not registered, or is active already
     */
    public Promotion promote(
            Handle transaction,
            String slot,
            String modelId,
            Optional<String> previousModelId,
            DecidedBy decidedBy,
            String reason)
            throws SQLException {
        Optional<OpenTrial> trial = lockTrial(transaction, modelId);
        Locks.take(transaction, "slot " + slot);
        Optional<String> previous =
                active(transaction, slot).map(RegisteredModel::modelId).or(() -> previousModelId);
        RegisteredModel model = Models.require(transaction, modelId);
        if (previous.equals(Optional.of(modelId))) {
            throw new RegistryException("model %s is active already".formatted(modelId));
        }
        transaction
                .createUpdate("""
                        insert into slot (slot, model_id) values (:slot, :modelId)
                        on conflict (slot) do update set model_id = excluded.model_id, changed_at = now()
                        """)
                .bind("slot", slot)
                .bind("modelId", modelId)
                .execute();
        long id = transaction
                .createUpdate("""
                        insert into promotion (slot, model_id, previous_model_id, decided_by, reason)
                        values (:slot, :modelId, :previous, :decidedBy, :reason)
                        """)
                .bind("slot", slot)
                .bind("modelId", modelId)
                .bind("previous", previous)
                .bind("decidedBy", decidedBy)
                .bind("reason", reason)
                .executeAndReturnGeneratedKeys("promotion_id")
                .mapTo(Long.class)
                .one();
        if (model.state() != State.INSTALLED) {
            Models.setState(transaction, modelId, State.PROMOTED, Optional.of(reason));
        }
        trial.ifPresent(open -> end(transaction, open, "PROMOTED", decidedBy, reason));
        var event = new ModelPromoted(slot, modelId, previous, model.packagePrefix(), model.weightsSha256(), reason);
        outbox.add(
                transaction.getConnection(),
                new OutgoingEvent(event, ContentIds.event(EventType.MODEL_PROMOTED, slot, Long.toString(id))));
        return history(transaction, slot).getFirst();
    }

    /**
     * Makes the model active again that was so before the last change.
     *
     * @throws RegistryException if there was no change, or the model before it has no package in the object store
     */
    public Promotion rollBack(Handle transaction, String slot, String reason) throws SQLException {
        Locks.take(transaction, "slot " + slot);
        Promotion last = history(transaction, slot).stream()
                .findFirst()
                .orElseThrow(
                        () -> new RegistryException("no model was ever promoted, so there is nothing to take back"));
        String before = last.previousModelId()
                .orElseThrow(() -> new RegistryException(
                        "the model before %s is not known; promote the one that you want".formatted(last.modelId())));
        return promote(transaction, slot, before, Optional.empty(), DecidedBy.PERSON, reason);
    }

    /**
     * Decides against a candidate; it is kept.
     *
     * @throws RegistryException if it is not registered, or is the active model
     */
    public static void refuse(Handle transaction, String modelId, DecidedBy decidedBy, String reason) {
        Optional<OpenTrial> trial = lockTrial(transaction, modelId);
        Models.require(transaction, modelId);
        if (active(transaction, Slots.DEFAULT)
                .filter(model -> model.modelId().equals(modelId))
                .isPresent()) {
            throw new RegistryException("model %s is active; roll it back or promote another one".formatted(modelId));
        }
        Models.setState(transaction, modelId, State.REFUSED, Optional.of(reason));
        trial.ifPresent(open -> end(transaction, open, "REFUSED", decidedBy, reason));
    }

    private record OpenTrial(String trialId, Optional<String> requestId) {}

    /** The trial before the slot, as whoever decides at the end of a trial holds it already: no two wait in a circle. */
    private static Optional<OpenTrial> lockTrial(Handle transaction, String candidateId) {
        return transaction
                .createQuery("select * from trial where candidate_id = :id and state = 'OPEN' for update")
                .bind("id", candidateId)
                .map((row, context) ->
                        new OpenTrial(row.getString("trial_id"), Optional.ofNullable(row.getString("request_id"))))
                .findOne();
    }

    private static void end(Handle transaction, OpenTrial trial, String state, DecidedBy decidedBy, String reason) {
        String said = decidedBy == DecidedBy.PERSON ? "by hand, before the trial ended: " + reason : reason;
        transaction
                .createUpdate("""
                        update trial set state = :state, reason = :reason, decided_at = clock_timestamp() where trial_id = :id
                        """)
                .bind("state", state)
                .bind("reason", said)
                .bind("id", trial.trialId())
                .execute();
        trial.requestId().ifPresent(requestId -> RetrainingRequests.close(transaction, requestId, state + ": " + said));
    }

    /** All changes of a slot, newest first. */
    public static List<Promotion> history(Handle handle, String slot) {
        return handle.createQuery("select * from promotion where slot = :slot order by promotion_id desc")
                .bind("slot", slot)
                .map(Promotions::promotion)
                .list();
    }

    private static Promotion promotion(ResultSet row, StatementContext context) throws SQLException {
        return new Promotion(
                row.getString("slot"),
                row.getString("model_id"),
                Optional.ofNullable(row.getString("previous_model_id")),
                DecidedBy.valueOf(row.getString("decided_by")),
                row.getString("reason"),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }
}
