package io.stemline.pipeline.queue;

import io.stemline.pipeline.queue.Delivery.Place;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicIdPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One consumer of the queue: a thread that polls, and a thread that works.
 *
 * <p>In turns: poll; hand new records to the working thread; wait until their work is done or their locks are due for renewal;
 * acknowledge every polled record, with its outcome or with {@code RENEW}. After a renewal the next poll returns the same
 * records. The broker learns of outcomes with the next poll. Renewals are committed at once: a poll that carries a renewal makes
 * the client (4.3.1) fetch a further record beside the one at work, whose lock then runs out unseen.
 *
 * <p>What happens when things go wrong:
 * <ul>
 *   <li>The lock is lost (connection cut, broker restarted, machine asleep): the work goes on, as it is idempotent. If the
 *       record comes back to this worker, the work that runs is taken for the new delivery. Otherwise its outcome is dropped, and
 *       whoever has the record now finds the result.
 *   <li>An acknowledgement does not arrive: as if the lock had been lost.
 *   <li>The consumer fails: it is closed and another is opened, again and again with a pause, until the queue stops.
 *   <li>This process dies: the broker gives its records to others.
 *   <li>The admission closes: the consumer is closed once nothing is held, and what the client has fetched ahead goes back at
 *       once instead of lying under a lock. Another is opened when the admission opens.
 *   <li>The queue stops: no record is started any more, running work has its time, then is interrupted, and what is not done
 *       goes back.
 * </ul>
 */
final class Worker {

    private static final Logger LOGGER = LoggerFactory.getLogger(Worker.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);
    private static final Duration AFTER_INTERRUPTION = Duration.ofSeconds(5);
    private static final Duration COMMIT_LIMIT = Duration.ofSeconds(5);
    private static final String ANSWERED_FETCHES = "fetch-total";
    private static final Duration LOOK_AT_ADMISSION = Duration.ofMillis(200);
    private static final long LOOK_AT_STOP_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /** Renewing at a third of the lock leaves time for one renewal to fail. */
    private static final int RENEWALS_IN_A_LOCK = 3;

    private final Supplier<KafkaShareConsumer<String, byte[]>> open;
    private final Preparation preparation;
    private final String topic;
    private final JobHandler handler;
    private final QueueMetrics metrics;
    private final Duration lock;
    private final Admission admission;
    private final Thread polling;
    private final ExecutorService working;
    private final Map<Place, Delivery> held = new LinkedHashMap<>();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile Optional<Long> graceEndsNanos = Optional.empty();
    private volatile long busyUntilNanos = System.nanoTime();
    private volatile boolean busy = true;
    private boolean interrupted;

    /** What must be there before the first poll: topics and the settings of the group. */
    @FunctionalInterface
    interface Preparation {
        void await() throws InterruptedException;
    }

    Worker(
            String name,
            Supplier<KafkaShareConsumer<String, byte[]>> open,
            Preparation preparation,
            WorkQueue.Settings settings,
            JobHandler handler,
            QueueMetrics metrics) {
        this.open = open;
        this.preparation = preparation;
        this.topic = settings.topic();
        this.handler = handler;
        this.metrics = metrics;
        this.lock = settings.lock();
        this.admission = settings.admission();
        this.polling = Thread.ofPlatform().daemon().name(name + "-poll").unstarted(this::run);
        this.working = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().daemon().name(name + "-work").factory());
    }

    void start() {
        polling.start();
    }

    boolean isAlive() {
        return polling.isAlive();
    }

    /** Whether it holds no record, and the broker has had none for it for {@code quiet}. */
    boolean hasAskedInVainFor(Duration quiet) {
        return !busy && System.nanoTime() - busyUntilNanos >= quiet.toNanos();
    }

    /** Asks the worker to stop; running work may go on for {@code grace}. Returns at once. */
    void stop(Duration grace) {
        graceEndsNanos = Optional.of(System.nanoTime() + grace.toNanos());
        stopped.countDown();
    }

    void join() throws InterruptedException {
        polling.join();
    }

    private boolean isStopping() {
        return graceEndsNanos.isPresent();
    }

    private void run() {
        try {
            preparation.await();
            while (!(isStopping() && held.isEmpty())) {
                if (mayPoll()) {
                    serveUntilFailure();
                } else {
                    boolean ignored = stopped.await(LOOK_AT_ADMISSION.toNanos(), TimeUnit.NANOSECONDS);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            working.shutdownNow();
        }
    }

    private void serveUntilFailure() throws InterruptedException {
        busy = true;
        try (var consumer = open.get()) {
            consumer.setAcknowledgementCommitCallback(this::acknowledged);
            consumer.subscribe(List.of(topic));
            serve(consumer);
        } catch (KafkaException | IllegalStateException e) {
            LOGGER.atError().addKeyValue("topic", topic).setCause(e).log("the consumer failed; another is opened");
            boolean ignored = stopped.await(PAUSE_AFTER_FAILURE.toNanos(), TimeUnit.NANOSECONDS);
        } finally {
            held.values().forEach(delivery -> delivery.setLockLost(true));
            dropLost(Set.of());
        }
    }

    /** Until the queue stops or its admission closes, and in both cases until nothing is held. */
    private void serve(KafkaShareConsumer<String, byte[]> consumer) throws InterruptedException {
        while (!held.isEmpty() || (!isStopping() && admission.isOpen())) {
            var records = new HashMap<Place, ConsumerRecord<String, byte[]>>();
            for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                records.put(Place.of(record), record);
                take(record);
            }
            noteWhetherBusy(consumer);
            awaitWork(records, renewalNanos(consumer));
            boolean renewing = false;
            for (ConsumerRecord<String, byte[]> record : records.values()) {
                renewing |= acknowledge(consumer, record) == AcknowledgeType.RENEW;
            }
            if (renewing) {
                consumer.commitSync(COMMIT_LIMIT);
            }
            dropLost(records.keySet());
        }
        consumer.commitSync(COMMIT_LIMIT);
    }

    private boolean mayPoll() {
        return !held.isEmpty() || admission.isOpen();
    }

    private void noteWhetherBusy(KafkaShareConsumer<String, byte[]> consumer) {
        if (!held.isEmpty()) {
            busy = true;
        } else if (busy && wasAnswered(consumer)) {
            busyUntilNanos = System.nanoTime();
            busy = false;
        }
    }

    /** An empty poll says nothing while the consumer is still joining its group: only the broker's answer does. */
    private static boolean wasAnswered(KafkaShareConsumer<String, byte[]> consumer) {
        return consumer.metrics().values().stream()
                .filter(metric -> metric.metricName().name().equals(ANSWERED_FETCHES))
                .anyMatch(metric -> metric.metricValue() instanceof Double answers && answers > 0);
    }

    private void take(ConsumerRecord<String, byte[]> record) {
        Place place = Place.of(record);
        var known = Optional.ofNullable(held.get(place));
        known.ifPresent(delivery -> delivery.setLockLost(false));
        if (known.isEmpty()) {
            var delivery = new Delivery(record, handler);
            held.put(place, delivery);
            if (isStopping()) {
                delivery.withdraw();
            } else {
                working.execute(delivery);
            }
        }
    }

    private long renewalNanos(KafkaShareConsumer<String, byte[]> consumer) {
        long lockMillis =
                consumer.acquisitionLockTimeoutMs().map(Integer::longValue).orElse(lock.toMillis());
        return TimeUnit.MILLISECONDS.toNanos(lockMillis) / RENEWALS_IN_A_LOCK;
    }

    /** Returns when the work on all of the records has ended, or when their locks must be renewed. */
    private void awaitWork(Map<Place, ConsumerRecord<String, byte[]>> records, long renewalNanos)
            throws InterruptedException {
        long renewAt = System.nanoTime() + renewalNanos;
        for (Place place : records.keySet()) {
            Delivery delivery = held.get(place);
            long left = renewAt - System.nanoTime();
            while (left > 0 && !delivery.awaitFinished(Math.min(left, LOOK_AT_STOP_NANOS))) {
                endWorkIfStopping();
                left = renewAt - System.nanoTime();
            }
        }
        endWorkIfStopping();
    }

    private void endWorkIfStopping() throws InterruptedException {
        if (graceEndsNanos.isEmpty()) {
            return;
        }
        held.values().forEach(Delivery::withdraw);
        if (!interrupted && System.nanoTime() >= graceEndsNanos.get()) {
            interrupted = true;
            held.values().forEach(Delivery::interrupt);
            long giveUpAt = System.nanoTime() + AFTER_INTERRUPTION.toNanos();
            for (Delivery delivery : held.values()) {
                boolean ignored = delivery.awaitFinished(Math.max(0, giveUpAt - System.nanoTime()));
            }
        }
    }

    private AcknowledgeType acknowledge(
            KafkaShareConsumer<String, byte[]> consumer, ConsumerRecord<String, byte[]> record) {
        Place place = Place.of(record);
        Delivery delivery = held.get(place);
        AcknowledgeType acknowledgement = AcknowledgeType.RENEW;
        if (delivery.isFinished() || interrupted) {
            acknowledgement = delivery.outcome();
            held.remove(place);
        }
        consumer.acknowledge(record, acknowledgement);
        return acknowledgement;
    }

    /** Called within poll and commit, on the polling thread. */
    private void acknowledged(Map<TopicIdPartition, Set<Long>> offsets, Exception failure) {
        if (failure != null) {
            offsets.forEach(
                    (partition, refused) -> refused(partition.topic(), partition.partition(), refused, failure));
        }
    }

    private void refused(String ofTopic, int partition, Set<Long> offsets, Exception failure) {
        LOGGER.atWarn()
                .addKeyValue("topic", ofTopic)
                .addKeyValue("records", offsets.size())
                .log("the broker refused acknowledgements, the records are delivered again: {}", failure.toString());
        for (long offset : offsets) {
            metrics.lockLost();
            Optional.ofNullable(held.get(new Place(ofTopic, partition, offset)))
                    .ifPresent(delivery -> delivery.setLockLost(true));
        }
    }

    /** Forgets deliveries that are over and that nobody waits for any more. */
    private void dropLost(Set<Place> polled) {
        for (Map.Entry<Place, Delivery> entry : new ArrayList<>(held.entrySet())) {
            Delivery delivery = entry.getValue();
            boolean over = delivery.isFinished() || interrupted;
            if (over && delivery.isLockLost() && !polled.contains(entry.getKey())) {
                held.remove(entry.getKey());
            }
        }
    }
}
