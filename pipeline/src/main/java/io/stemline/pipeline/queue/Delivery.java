package io.stemline.pipeline.queue;

import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A record that a worker holds, from its delivery to its acknowledgement, and the work on it. */
final class Delivery implements Runnable {

    /** Where a record is, which tells it from every other. */
    record Place(String topic, int partition, long offset) {
        static Place of(ConsumerRecord<String, byte[]> record) {
            return new Place(record.topic(), record.partition(), record.offset());
        }
    }

    private final Job job;
    private final JobHandler handler;
    private final CountDownLatch finished = new CountDownLatch(1);
    private volatile AcknowledgeType outcome = AcknowledgeType.RELEASE;
    private Optional<Thread> thread = Optional.empty();
    private boolean started;
    private boolean withdrawn;

    /** Only the polling thread knows: the broker does not count the record as this worker's any more. */
    private boolean lockLost;

    Delivery(ConsumerRecord<String, byte[]> record, JobHandler handler) {
        this.job = new Job(record);
        this.handler = handler;
    }

    @Override
    public void run() {
        if (!start()) {
            return;
        }
        try {
            handler.handle(job);
            outcome = AcknowledgeType.ACCEPT;
        } catch (PermanentFailure e) {
            outcome = AcknowledgeType.REJECT;
        } catch (Throwable e) {
            // Decorators around the handler have told what it is. Here it only means that the record goes back.
            outcome = AcknowledgeType.RELEASE;
        } finally {
            finish();
        }
    }

    /** How to acknowledge; {@code RELEASE} unless the work says otherwise. Settled once {@link #isFinished}. */
    AcknowledgeType outcome() {
        return outcome;
    }

    boolean isFinished() {
        return finished.getCount() == 0;
    }

    /** Waits for the work to end; whether it did. */
    boolean awaitFinished(long nanos) throws InterruptedException {
        return finished.await(nanos, TimeUnit.NANOSECONDS);
    }

    /** Ends a delivery whose work has not started. Work that has started goes on. */
    synchronized void withdraw() {
        if (!started) {
            withdrawn = true;
            finished.countDown();
        }
    }

    /** Interrupts the work, which may end at once, later or not at all. */
    synchronized void interrupt() {
        withdraw();
        job.markInterrupted();
        thread.ifPresent(Thread::interrupt);
    }

    boolean isLockLost() {
        return lockLost;
    }

    void setLockLost(boolean lost) {
        lockLost = lost;
    }

    @Override
    public String toString() {
        return job.toString();
    }

    private synchronized boolean start() {
        if (withdrawn) {
            return false;
        }
        started = true;
        thread = Optional.of(Thread.currentThread());
        return true;
    }

    private synchronized void finish() {
        thread = Optional.empty();
        // An interruption that came too late must not hit the next job on this thread.
        boolean ignored = Thread.interrupted();
        finished.countDown();
    }
}
