package io.stemline.cli.catalogue;

import java.util.Optional;

/**
 * An event that could not be worked on.
 *
 * @param topic where it was
 * @param service who gave it up
 * @param attempt at which delivery, from 1
 * @param name what the entry of a batch is called that it was about, where there was one
 * @param stack the stack trace
 * @param value the event as text
 */
public record DeadLetter(
        String id,
        String topic,
        String service,
        String reason,
        int attempt,
        Optional<String> eventId,
        Optional<String> itemId,
        Optional<String> name,
        String createdAt,
        Optional<String> retriedAt,
        String stack,
        String value) {}
