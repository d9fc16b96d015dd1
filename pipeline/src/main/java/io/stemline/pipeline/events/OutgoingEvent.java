package io.stemline.pipeline.events;

import io.stemline.events.Event;
import io.stemline.events.EventType;
import java.util.UUID;

/**
 * An event to be published.
 *
 * @param event what it says
 * @param id the same for the same fact, so that whoever receives it twice can tell
 * @param topic where it goes
 */
public record OutgoingEvent(Event event, String id, String topic) {

    public OutgoingEvent {
        if (id.isBlank()) {
            throw new IllegalArgumentException("an event needs an id");
        }
    }

    /** An event for the topic of its type. */
    public OutgoingEvent(Event event, String id) {
        this(event, id, EventType.of(event).topic());
    }

    /** An event that is never repeated, such as one on progress. */
    public static OutgoingEvent once(Event event) {
        return new OutgoingEvent(event, UUID.randomUUID().toString());
    }
}
