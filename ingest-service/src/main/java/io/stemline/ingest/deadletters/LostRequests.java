package io.stemline.ingest.deadletters;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.stemline.events.Topics;
import io.stemline.pipeline.deadletters.DeadLetter;
import io.stemline.registry.RetrainingRequests;
import io.stemline.registry.RetrainingRequests.Step;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Requests for better models that the trainer gave up. A request that stayed open would keep everybody from asking again: it is closed
 * with the reason, and opened again when its letter is sent through again. Every method works inside the caller's transaction.
 */
@Singleton
final class LostRequests {
    private static final String TRAINER = "trainer-service";

    private static final String OF_RUN = "select request_id from training_run where run_id = :runId";

    private final ObjectMapper json;

    LostRequests(ObjectMapper json) {
        this.json = json;
    }

    /** A request, and what of it was given up. */
    private record Lost(String requestId, Step step) {}

    void close(Handle transaction, DeadLetter letter) {
        String reason = "given up at attempt %d: %s; ask again, or retry its dead letter"
                .formatted(letter.failure().attempt(), letter.failure().reason());
        lost(transaction, letter).ifPresent(lost -> RetrainingRequests.giveUp(transaction, lost.requestId, reason));
    }

    void open(Handle transaction, DeadLetter letter) {
        lost(transaction, letter).ifPresent(lost -> RetrainingRequests.reopen(transaction, lost.requestId, lost.step));
    }

    /** Empty if the letter is about something else. */
    private Optional<Lost> lost(Handle transaction, DeadLetter letter) {
        if (!letter.failure().service().equals(TRAINER)) {
            return Optional.empty();
        }
        return switch (letter.place().topic()) {
            case Topics.RETRAINING_REQUESTED ->
                text(letter, "requestId").map(requestId -> new Lost(requestId, Step.TRAINING));
            case Topics.MODEL_TRAINED ->
                text(letter, "trainingRunId")
                        .flatMap(runId -> transaction
                                .createQuery(OF_RUN)
                                .bind("runId", runId)
                                .mapTo(String.class)
                                .findOne())
                        .map(requestId -> new Lost(requestId, Step.JUDGING));
            default -> Optional.empty();
        };
    }

    private Optional<String> text(DeadLetter letter, String field) {
        return letter.original().value().flatMap(value -> {
            try {
                return Optional.ofNullable(json.readTree(value))
                        .map(event -> event.path(field))
                        .filter(found -> found.isTextual())
                        .map(found -> found.asText());
            } catch (IOException e) {
                // What is no event names no request.
                return Optional.empty();
            }
        });
    }
}
