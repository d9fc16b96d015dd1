package io.stemline.ingest.deadletters;

import java.time.Instant;
import java.util.Optional;

/**
 * A dead letter as the API shows it.
 *
 * @param topic where the record was
 * @param service who gave it up
 * @param attempt at which delivery, from 1
 * @param itemId the entry of a batch that it was about, where there was one
 * @param name what that entry is called
 * @param stack the stack trace
 * @param value the record's value as text, cut off where it is long
 * @param retriedAt when it was last sent through again
 */
public record DeadLetterView(
        String id,
        String topic,
        String service,
        String reason,
        int attempt,
        Optional<String> eventId,
        Optional<String> itemId,
        Optional<String> name,
        Instant createdAt,
        Optional<Instant> retriedAt,
        String stack,
        String value) {}
