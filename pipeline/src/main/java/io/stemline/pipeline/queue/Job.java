package io.stemline.pipeline.queue;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/** One record that a worker has to deal with, at one of its deliveries. */
public final class Job {

    private final ConsumerRecord<String, byte[]> record;
    private volatile boolean interrupted;

    Job(ConsumerRecord<String, byte[]> record) {
        this.record = record;
    }

    /** The record; its key is the id of the track or model, its value the event. */
    public ConsumerRecord<String, byte[]> record() {
        return record;
    }

    /** How often the record has been delivered, this time included: 1 when it is new. */
    public int delivery() {
        return record.deliveryCount().orElse((short) 1);
    }

    /**
     * Whether the queue is stopping and has interrupted the thread that works on this job. Whatever the work throws from then
     * on is no failure: the record goes back to the queue.
     */
    public boolean interrupted() {
        return interrupted;
    }

    void markInterrupted() {
        interrupted = true;
    }

    /** Topic, partition and offset, as logs show it. */
    @Override
    public String toString() {
        return record.topic() + "-" + record.partition() + "@" + record.offset();
    }
}
