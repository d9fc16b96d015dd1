package io.stemline.pipeline.events;

import io.stemline.events.Event;
import java.util.UUID;

/**
 * An event to be published.
 *
 * @param event what it says
 * @param id the same for the same fact, so that whoever receives it twice can tell
 */
public record OutgoingEvent(Event event, String id) {

    public OutgoingEvent {
        if (id.isBlank()) {
            throw new IllegalArgumentException("an event needs an id");
        }
    }

    /** An event that is never repeated, such as one on progress. */
    public static OutgoingEvent once(Event event) {
        return new OutgoingEvent(event, UUID.randomUUID().toString());
    }
}
