package io.stemline.pipeline.deadletters;

import io.stemline.events.Topics;
import io.stemline.pipeline.Broker;
import io.stemline.pipeline.PipelineException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;

/** Dead letters on Kafka: those about a record of a topic are on {@code <topic>.dead-letters}. Safe for use by many threads. */
public final class DeadLetterTopics implements DeadLetters, AutoCloseable {

    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

    private final KafkaProducer<String, byte[]> producer;

    /** Opens a producer; {@link #close} it. */
    public DeadLetterTopics(Broker broker) {
        this.producer = broker.producer();
    }

    /** Returns once every in-sync replica has the letter. */
    @Override
    public void write(DeadLetter letter) throws InterruptedException {
        send(letter.toRecord(Topics.deadLettersOf(letter.place().topic())));
    }

    /** Puts the original back on its topic, as if it had just been published. Returns once it is safe there. */
    public void republish(DeadLetter letter) throws InterruptedException {
        send(letter.toOriginalRecord());
    }

    @Override
    public void close() {
        producer.close(CLOSE_LIMIT);
    }

    private void send(ProducerRecord<String, byte[]> record) throws InterruptedException {
        try {
            producer.send(record).get();
        } catch (ExecutionException e) {
            throw failed(record, e.getCause());
        } catch (KafkaException e) {
            throw failed(record, e);
        }
    }

    private static PipelineException failed(ProducerRecord<String, byte[]> record, Throwable cause) {
        return new PipelineException(
                "the record was not written to " + record.topic() + " (" + cause.getMessage() + ")", cause);
    }
}
