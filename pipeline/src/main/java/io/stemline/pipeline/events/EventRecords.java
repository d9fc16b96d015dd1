package io.stemline.pipeline.events;

import io.cloudevents.CloudEvent;
import io.cloudevents.kafka.KafkaMessageFactory;
import io.stemline.events.EventCodec;
import java.net.URI;
import java.time.OffsetDateTime;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Writes events as Kafka records: CloudEvents in binary mode, on the topic that they are for. */
public final class EventRecords {

    private EventRecords() {}

    /**
     * @param source the service that says it
     * @param time when it was said
     */
    public static ProducerRecord<String, byte[]> of(OutgoingEvent outgoing, URI source, OffsetDateTime time) {
        CloudEvent envelope = EventCodec.encode(outgoing.event(), outgoing.id(), source, time);
        return of(outgoing.topic(), outgoing.event().key(), envelope);
    }

    /** The record of an event that is already in its envelope. */
    public static ProducerRecord<String, byte[]> of(String topic, String key, CloudEvent envelope) {
        return KafkaMessageFactory.<String>createWriter(topic, key).writeBinary(envelope);
    }
}
