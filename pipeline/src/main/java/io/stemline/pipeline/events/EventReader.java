package io.stemline.pipeline.events;

import io.cloudevents.CloudEvent;
import io.cloudevents.kafka.KafkaMessageFactory;
import io.cloudevents.rw.CloudEventRWException;
import io.stemline.events.Event;
import io.stemline.events.EventCodec;
import io.stemline.events.UnreadableEventException;
import io.stemline.pipeline.queue.PermanentFailure;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads events out of Kafka records. */
public final class EventReader {
    private static final int MOST_ID_CHARACTERS = 500;

    private EventReader() {}

    /**
     * @param type the event that the record must hold
     * @throws PermanentFailure if it is no CloudEvent, breaks its schema, or is another event: no repetition helps
     */
    public static <E extends Event> ReceivedEvent<E> read(ConsumerRecord<String, byte[]> record, Class<E> type) {
        CloudEvent envelope = envelope(record);
        Event event = decode(record, envelope);
        if (!type.isInstance(event)) {
            throw new PermanentFailure("%s: the event %s is a %s where a %s is expected"
                    .formatted(
                            place(record), envelope.getId(), event.getClass().getSimpleName(), type.getSimpleName()));
        }
        return new ReceivedEvent<>(
                type.cast(event), envelope.getId(), envelope.getSource(), Optional.ofNullable(envelope.getTime()));
    }

    private static CloudEvent envelope(ConsumerRecord<String, byte[]> record) {
        try {
            CloudEvent envelope = KafkaMessageFactory.createReader(record).toEvent();
            requireUsable(envelope.getId());
            return envelope;
        } catch (CloudEventRWException | IllegalArgumentException | IllegalStateException e) {
            throw new PermanentFailure(place(record) + ": not a CloudEvent (" + e.getMessage() + ")", e);
        }
    }

    /** The tables of events that were processed have an index of their ids, which does not hold any text. */
    private static void requireUsable(String id) {
        if (id.length() > MOST_ID_CHARACTERS || id.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                    "its id has control characters, or more than %d characters".formatted(MOST_ID_CHARACTERS));
        }
    }

    private static Event decode(ConsumerRecord<String, byte[]> record, CloudEvent envelope) {
        try {
            return EventCodec.decode(envelope);
        } catch (UnreadableEventException e) {
            throw new PermanentFailure(place(record) + ": " + e.getMessage(), e);
        }
    }

    private static String place(ConsumerRecord<String, byte[]> record) {
        return record.topic() + "-" + record.partition() + "@" + record.offset();
    }
}
