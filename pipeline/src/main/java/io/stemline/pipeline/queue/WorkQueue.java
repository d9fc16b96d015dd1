package io.stemline.pipeline.queue;

import io.stemline.events.Topics;
import io.stemline.pipeline.Broker;
import io.stemline.pipeline.HealthFact;
import io.stemline.pipeline.TopicPlan;
import io.stemline.pipeline.deadletters.DeadLetters;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * A queue of jobs on a Kafka topic, shared by any number of workers here and on other machines.
 *
 * <p>The life of a record:
 * <ol>
 *   <li>It waits until the queue's {@link Admission} is open.
 *   <li>It is received, under a lock that is renewed for as long as it takes.
 *   <li>Delivered too often: dead letter, rejected.
 *   <li>Worked on. A passing failure is tried again with growing pauses, for a while.
 *   <li>Done: accepted. Failed for good: dead letter, rejected. Failed for now: given back, and delivered again at once, here or
 *       elsewhere. Failed at its last attempt: dead letter, rejected.
 * </ol>
 * At every step a crash means that the record is delivered again. Nothing is acknowledged before its result, or its dead letter,
 * is safe.
 */
public final class WorkQueue implements AutoCloseable {
    /**
     * A few records; the first comes whatever its length. However few of them a consumer takes, the broker goes through all that
     * a fetch may hold to find where it ends: with Kafka's 50 MB every fetch walks along the whole of a long queue.
     */
    private static final String FETCH_BYTES = "32768";

    private final Settings settings;
    private final Broker broker;
    private final List<Worker> workers;

    private WorkQueue(Settings settings, Broker broker, JobHandler handler, QueueMetrics metrics) {
        this.settings = settings;
        this.broker = broker;
        var preparation = new QueuePreparation(settings, broker);
        this.workers = IntStream.range(0, settings.workers())
                .mapToObj(number -> new Worker(
                        settings.topic() + "-" + number,
                        () -> openConsumer(settings, broker),
                        preparation::await,
                        settings,
                        handler,
                        metrics))
                .toList();
    }

    /**
     * How a queue works.
     *
     * @param topic where the records are
     * @param group the share group: every record goes to one worker of each group. Also the service's name in dead letters
     * @param workers consumers in this process, each with one job at a time
     * @param attempts how many deliveries of a record are worked on, 1 to 9
     * @param lock how long the broker waits for a sign of life before it gives a record to another worker
     * @param backoff pauses between tries within a delivery
     * @param recordsPerPoll records that a worker takes at once: 1 unless jobs take milliseconds. A worker asks the broker for
     *     each batch, so with 1 it does a few hundred records a second at best; with 50 it does thousands
     * @param grace how long running work may go on when the queue stops
     * @param topics how topics are created if they are missing
     * @param admission whether another record may be taken
     */
    public record Settings(
            String topic,
            String group,
            int workers,
            int attempts,
            Duration lock,
            Backoff backoff,
            int recordsPerPoll,
            Duration grace,
            TopicPlan topics,
            Admission admission) {

        /** The broker drops a record at its tenth delivery at the latest, so the last attempt must be before. */
        static final int BROKER_DELIVERY_LIMIT = 10;

        public Settings {
            if (workers < 1) {
                throw new IllegalArgumentException("workers: " + workers + " is less than 1");
            }
            if (attempts < 1 || attempts >= BROKER_DELIVERY_LIMIT) {
                throw new IllegalArgumentException("attempts: " + attempts + " is not between 1 and 9");
            }
            if (recordsPerPoll < 1) {
                throw new IllegalArgumentException("records per poll: " + recordsPerPoll + " is less than 1");
            }
            if (lock.toMillis() < 1000) {
                throw new IllegalArgumentException("lock: " + lock + " is less than a second");
            }
        }

        /** One worker, four attempts, a lock of 30 s, five minutes of tries in each delivery, 30 s to stop. */
        public static Settings of(String topic, String group) {
            return new Settings(
                    topic,
                    group,
                    1,
                    4,
                    Duration.ofSeconds(30),
                    Backoff.defaults(),
                    1,
                    Duration.ofSeconds(30),
                    TopicPlan.defaults(),
                    Admission.ALWAYS);
        }

        public Settings withWorkers(int newWorkers) {
            return new Settings(
                    topic, group, newWorkers, attempts, lock, backoff, recordsPerPoll, grace, topics, admission);
        }

        public Settings withAttempts(int newAttempts) {
            return new Settings(
                    topic, group, workers, newAttempts, lock, backoff, recordsPerPoll, grace, topics, admission);
        }

        public Settings withLock(Duration newLock) {
            return new Settings(
                    topic, group, workers, attempts, newLock, backoff, recordsPerPoll, grace, topics, admission);
        }

        public Settings withBackoff(Backoff newBackoff) {
            return new Settings(
                    topic, group, workers, attempts, lock, newBackoff, recordsPerPoll, grace, topics, admission);
        }

        public Settings withRecordsPerPoll(int newRecordsPerPoll) {
            return new Settings(
                    topic, group, workers, attempts, lock, backoff, newRecordsPerPoll, grace, topics, admission);
        }

        public Settings withGrace(Duration newGrace) {
            return new Settings(
                    topic, group, workers, attempts, lock, backoff, recordsPerPoll, newGrace, topics, admission);
        }

        public Settings withTopics(TopicPlan newTopics) {
            return new Settings(
                    topic, group, workers, attempts, lock, backoff, recordsPerPoll, grace, newTopics, admission);
        }

        public Settings withAdmission(Admission newAdmission) {
            return new Settings(
                    topic, group, workers, attempts, lock, backoff, recordsPerPoll, grace, topics, newAdmission);
        }

        /** The topic and the one for its dead letters. */
        List<String> neededTopics() {
            return List.of(topic, Topics.deadLettersOf(topic));
        }
    }

    /**
     * Starts the workers and returns at once; they wait for the broker if it is not there yet. Close the queue to stop them.
     *
     * @param handler does the work; it is called by all workers at the same time
     * @param letters where records go that cannot be done
     */
    public static WorkQueue start(
            Settings settings, Broker broker, JobHandler handler, DeadLetters letters, QueueMetrics metrics) {
        JobHandler retrying = new Retrying(handler, settings.backoff(), metrics);
        JobHandler deadLettering =
                new DeadLettering(retrying, letters, settings.group(), settings.attempts(), Clock.systemUTC());
        JobHandler decorated = new Traced(new Logged(new Measured(deadLettering, metrics)), settings.group());
        var queue = new WorkQueue(settings, broker, decorated, metrics);
        queue.workers.forEach(Worker::start);
        return queue;
    }

    /** Whether the workers' threads run. That says nothing of the broker, nor of how long a job takes. */
    public HealthFact alive() {
        long running = workers.stream().filter(Worker::isAlive).count();
        String sentence = "%d of %d workers run".formatted(running, workers.size());
        return new HealthFact("queue " + settings.topic(), running == workers.size(), sentence);
    }

    /** Whether no worker has a record, and none was given one for {@code quiet} though it asked. */
    public boolean isIdle(Duration quiet) {
        return workers.stream().allMatch(worker -> worker.hasAskedInVainFor(quiet));
    }

    /** Whether the workers run and the broker answers, asked now, waiting at most {@code patience}. */
    public List<HealthFact> ready(Duration patience) throws InterruptedException {
        var facts = new ArrayList<HealthFact>();
        facts.add(alive());
        facts.add(broker.answers(patience));
        return List.copyOf(facts);
    }

    /**
     * Stops: no more records are started, running work may go on for the grace period, what is not done by then is interrupted
     * and goes back to the queue. Returns when all that has happened.
     */
    @Override
    public void close() {
        workers.forEach(worker -> worker.stop(settings.grace()));
        try {
            for (Worker worker : workers) {
                worker.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static KafkaShareConsumer<String, byte[]> openConsumer(Settings settings, Broker broker) {
        var properties = broker.properties();
        properties.put("group.id", settings.group());
        properties.put("share.acknowledgement.mode", "explicit");
        properties.put("share.acquire.mode", "record_limit");
        properties.put("max.poll.records", Integer.toString(settings.recordsPerPoll()));
        properties.put("fetch.max.bytes", FETCH_BYTES);
        return new KafkaShareConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer());
    }
}
