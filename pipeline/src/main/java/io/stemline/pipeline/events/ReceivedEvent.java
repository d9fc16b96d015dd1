package io.stemline.pipeline.events;

import io.stemline.events.Event;
import java.net.URI;
import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * An event as it came from a topic.
 *
 * @param event what it says
 * @param id tells a repetition
 * @param source who said it
 * @param time when, if the sender tells
 */
public record ReceivedEvent<E extends Event>(E event, String id, URI source, Optional<OffsetDateTime> time) {}
