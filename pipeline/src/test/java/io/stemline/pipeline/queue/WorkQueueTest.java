package io.stemline.pipeline.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stemline.events.Topics;
import io.stemline.local.EmbeddedKafka;
import io.stemline.pipeline.Broker;
import io.stemline.pipeline.HealthFact;
import io.stemline.pipeline.Platform;
import io.stemline.pipeline.deadletters.DeadLetter;
import io.stemline.pipeline.deadletters.DeadLetterTopics;
import io.stemline.pipeline.queue.QueueMetrics.Ending;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WorkQueueTest {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Backoff SHORT =
            new Backoff(Duration.ofMillis(10), Duration.ofMillis(100), Duration.ofMillis(500));

    private final Broker broker = Platform.broker();
    private final DeadLetterTopics letters = new DeadLetterTopics(broker);
    private final CountingMetrics metrics = new CountingMetrics();
    private final List<String> done = new CopyOnWriteArrayList<>();
    private final String topic = Platform.unique("songs");
    private final WorkQueue.Settings settings = WorkQueue.Settings.of(topic, Platform.unique("separator"))
            .withLock(Duration.ofMillis(1500))
            .withBackoff(SHORT)
            .withGrace(Duration.ofSeconds(5));

    @AfterEach
    void closeLetters() {
        letters.close();
    }

    @Test
    void aLongJobKeepsItsLockWhileOthersDrainTheQueue() throws Exception {
        // Given
        Platform.publish(broker, topic, List.of("long", "a", "b", "c", "d", "e"));
        var longDeliveries = new AtomicInteger();
        var othersDone = new CountDownLatch(5);
        JobHandler handler = job -> {
            if (key(job).equals("long")) {
                longDeliveries.incrementAndGet();
                othersDone.await();
                // Three locks' time.
                Thread.sleep(4500);
            }
            done.add(key(job));
            othersDone.countDown();
        };

        // When
        try (var queue = start(settings.withWorkers(2), handler)) {
            await().atMost(SOON).until(() -> done.size() == 6);
            assertThat(queue.alive().well()).isTrue();
        }

        // Then
        assertThat(done)
                .containsExactlyInAnyOrder("a", "b", "c", "d", "e", "long")
                .endsWith("long");
        assertThat(longDeliveries).hasValue(1);
        assertThat(metrics.locksLost).hasValue(0);
    }

    @Test
    void theRecordOfAWorkerThatIsKilledIsDeliveredAgain() throws Exception {
        // Given
        Platform.publish(broker, topic, List.of("song"));
        Process worker = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        BlockedWorker.class.getName(),
                        broker.bootstrapServers(),
                        topic,
                        settings.group())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        awaitLine(worker.inputReader(), "working 1");

        // When
        worker.destroyForcibly().waitFor();

        // Then
        var deliveries = new CopyOnWriteArrayList<Integer>();
        try (var queue = start(settings, job -> deliveries.add(job.delivery()))) {
            await().atMost(SOON).until(() -> !deliveries.isEmpty());
            assertThat(queue.alive().well()).isTrue();
        }
        assertThat(deliveries).containsExactly(2);
    }

    @Test
    void aPoisonRecordBecomesADeadLetterAndTheOthersGoOn() throws Exception {
        // Given
        Platform.publish(broker, topic, List.of("a", "poison", "b"));
        JobHandler handler = job -> {
            if (key(job).equals("poison")) {
                throw new PermanentFailure("poison.mp3: not audio that can be decoded");
            }
            done.add(key(job));
        };

        // When
        try (var queue = start(settings, handler)) {
            await().atMost(SOON).until(() -> metrics.endings.size() == 3);
            assertThat(queue.alive().well()).isTrue();
        }

        // Then
        assertThat(done).containsExactly("a", "b");
        DeadLetter letter = onlyLetter();
        assertThat(letter.original().key()).hasValue("poison");
        assertThat(letter.failure().reason()).isEqualTo("poison.mp3: not audio that can be decoded");
        assertThat(letter.failure().service()).isEqualTo(settings.group());
        assertThat(letter.place()).isEqualTo(new DeadLetter.Place(topic, 0, 1));
        assertThatNothingIsLeft();
    }

    @Test
    void aPassingFailureIsTriedAgainAndThenSucceeds() throws Exception {
        // Given
        Platform.publish(broker, topic, List.of("song"));
        var tries = new AtomicInteger();
        var deliveries = new CopyOnWriteArrayList<Integer>();
        JobHandler handler = job -> {
            deliveries.add(job.delivery());
            if (tries.incrementAndGet() < 3) {
                throw new IOException("store away");
            }
            done.add(key(job));
        };

        // When
        try (var queue = start(settings, handler)) {
            await().atMost(SOON).until(() -> !metrics.endings.isEmpty());
            assertThat(queue.alive().well()).isTrue();
        }

        // Then
        assertThat(done).containsExactly("song");
        assertThat(deliveries).containsExactly(1, 1, 1);
        assertThat(metrics.endings).containsExactly(Ending.DONE);
        assertThatNothingIsLeft();
    }

    @Test
    void aFailureAtEveryDeliveryBecomesADeadLetterAfterTheLastAttempt() throws Exception {
        // Given
        Platform.publish(broker, topic, List.of("song"));
        var deliveries = ConcurrentHashMap.<Integer>newKeySet();
        JobHandler handler = job -> {
            deliveries.add(job.delivery());
            throw new IOException("store away for good");
        };

        // When
        try (var queue = start(settings.withAttempts(3), handler)) {
            await().atMost(SOON).until(() -> metrics.endings.contains(Ending.GIVEN_UP));
            assertThat(queue.alive().well()).isTrue();
        }

        // Then
        assertThat(deliveries).containsExactlyInAnyOrder(1, 2, 3);
        assertThat(metrics.endings).containsExactly(Ending.GIVEN_BACK, Ending.GIVEN_BACK, Ending.GIVEN_UP);
        DeadLetter letter = onlyLetter();
        assertThat(letter.failure().reason()).isEqualTo("store away for good");
        assertThat(letter.failure().attempt()).isEqualTo(3);
        assertThat(letter.failure().exception()).isEqualTo("java.io.IOException");
        assertThatNothingIsLeft();
    }

    @Test
    void aRecordThatNoWorkerEverFinishedBecomesADeadLetterWithoutWork() throws Exception {
        // Given
        Platform.createTopics(broker, topic);
        new QueuePreparation(settings, broker).await();
        Platform.publish(broker, topic, List.of("killer"));
        giveBackWithoutWork(2);

        // When
        try (var queue = start(settings.withAttempts(2), job -> done.add(key(job)))) {
            await().atMost(SOON).until(() -> metrics.endings.contains(Ending.GIVEN_UP));
            assertThat(queue.alive().well()).isTrue();
        }

        // Then
        assertThat(done).isEmpty();
        assertThat(onlyLetter().failure().reason()).contains("delivered 3 times and never finished");
    }

    @Test
    void aStoppingQueueLetsRunningWorkEnd() throws Exception {
        // Given
        Platform.publish(broker, topic, List.of("running", "waiting"));
        var running = new CountDownLatch(1);
        JobHandler handler = job -> {
            running.countDown();
            Thread.sleep(1000);
            done.add(key(job));
        };
        WorkQueue queue = start(settings, handler);
        running.await();

        // When
        queue.close();

        // Then
        assertThat(done).containsExactly("running");
        assertThat(metrics.endings).containsExactly(Ending.DONE);
        assertThat(drainWithAnotherQueue(1)).containsExactly("waiting 1");
    }

    @Test
    void workThatOutlastsTheGracePeriodIsInterruptedAndGivenBack() throws Exception {
        // Given
        Platform.publish(broker, topic, List.of("endless"));
        var running = new CountDownLatch(1);
        JobHandler handler = job -> {
            running.countDown();
            new CountDownLatch(1).await();
        };
        WorkQueue queue = start(settings.withGrace(Duration.ofMillis(300)), handler);
        running.await();

        // When
        queue.close();

        // Then
        assertThat(metrics.endings).containsExactly(Ending.GIVEN_BACK);
        assertThat(drainWithAnotherQueue(1)).containsExactly("endless 2");
    }

    @Test
    void aJobGoesOnWhileTheBrokerRestartsAndIsAcknowledgedAfterwards(@TempDir Path directory) throws Exception {
        // Given
        var kafkaSettings = EmbeddedKafka.Settings.defaults();
        var kafka = EmbeddedKafka.start(directory, kafkaSettings);
        var ownBroker = Broker.at(kafka.bootstrapServers());
        Platform.publish(ownBroker, topic, List.of("song"));
        var running = new CountDownLatch(1);
        var restarted = new CountDownLatch(1);
        JobHandler handler = job -> {
            done.add(key(job));
            running.countDown();
            restarted.await();
        };
        try (var ownLetters = new DeadLetterTopics(ownBroker);
                var queue = WorkQueue.start(settings, ownBroker, handler, ownLetters, metrics)) {
            running.await();

            // When
            kafka.close();
            try (var second = EmbeddedKafka.start(directory, kafkaSettings.withPort(kafka.port()))) {
                await().atMost(SOON).until(() -> metrics.locksLost.get() > 0);
                Platform.publish(ownBroker, topic, List.of("next"));
                restarted.countDown();

                // Then
                await().atMost(SOON).until(() -> done.contains("next") && metrics.endings.size() == done.size());
                assertThat(queue.ready(Duration.ofSeconds(2))).allMatch(HealthFact::well);
                assertThat(second.port()).isEqualTo(kafka.port());
                queue.close();
            }
        }
        assertThat(done).contains("song", "next");
        assertThat(metrics.endings).containsOnly(Ending.DONE);
    }

    @Test
    void aQueueWaitsForABrokerThatStartsLater(@TempDir Path directory) throws Exception {
        // Given
        var kafka = EmbeddedKafka.start(directory, EmbeddedKafka.Settings.defaults());
        int port = kafka.port();
        var ownBroker = Broker.at(kafka.bootstrapServers());
        Platform.publish(ownBroker, topic, List.of("song"));
        kafka.close();
        try (var ownLetters = new DeadLetterTopics(ownBroker);
                var queue = WorkQueue.start(settings, ownBroker, job -> done.add(key(job)), ownLetters, metrics)) {
            assertThat(queue.ready(Duration.ofMillis(500)))
                    .extracting(HealthFact::well)
                    .containsExactly(true, false);

            // When
            try (var late = EmbeddedKafka.start(
                    directory, EmbeddedKafka.Settings.defaults().withPort(port))) {

                // Then
                await().atMost(SOON).until(() -> done.contains("song"));
                assertThat(late.port()).isEqualTo(port);
                queue.close();
            }
        }
    }

    @Test
    void aWorkerThatTakesSeveralRecordsAtOnceDoesEachOnce() throws Exception {
        // Given
        List<String> songs = IntStream.range(0, 300).mapToObj(Integer::toString).toList();
        Platform.publish(broker, topic, songs);
        JobHandler handler = job -> {
            if (key(job).equals("40")) {
                Thread.sleep(3000);
            }
            done.add(key(job));
        };

        // When
        try (var queue = start(settings.withRecordsPerPoll(50), handler)) {
            await().atMost(SOON).until(() -> metrics.endings.size() >= 300);
            assertThat(queue.alive().well()).isTrue();
        }

        // Then
        assertThat(done).containsExactlyInAnyOrderElementsOf(songs);
        assertThatNothingIsLeft();
    }

    @Test
    void aQueueThatLetsAnotherGoFirstTakesNothingUntilThatOneIsIdle() throws Exception {
        // Given
        String laterTopic = Platform.unique("later");
        WorkQueue.Settings laterSettings = WorkQueue.Settings.of(laterTopic, Platform.unique("separator-later"))
                .withLock(settings.lock());
        Platform.publish(broker, topic, List.of("first", "second"));
        Platform.publish(broker, laterTopic, List.of("later", "latest"));
        JobHandler slowly = job -> {
            Thread.sleep(1500);
            done.add(key(job));
        };

        // When
        try (var first = start(settings, slowly);
                var later =
                        start(laterSettings.withAdmission(Admission.whileIdle(first, Duration.ofSeconds(1))), slowly)) {
            await().atMost(SOON).until(() -> done.contains("later"));
            Platform.publish(broker, topic, List.of("third"));
            await().atMost(SOON).until(() -> done.size() == 5);
            assertThat(later.alive().well()).isTrue();
        }

        // Then
        assertThat(done).startsWith("first", "second", "later").contains("third", "latest");
        assertThat(metrics.locksLost).hasValue(0);
    }

    @Test
    void aClosedAdmissionHoldsNoRecordBackFromOthers() throws Exception {
        // Given
        Platform.publish(broker, topic, List.of("a", "b", "c"));
        var open = new AtomicBoolean(true);
        var deliveries = new CopyOnWriteArrayList<String>();

        // When
        try (var hesitant = start(settings.withAdmission(open::get), job -> {
            open.set(false);
            deliveries.add(key(job) + " " + job.delivery());
        })) {
            await().atMost(SOON).until(() -> deliveries.size() == 1);
            try (var other = start(settings, job -> deliveries.add(key(job) + " " + job.delivery()))) {
                await().atMost(SOON).until(() -> deliveries.size() == 3);
                assertThat(other.alive().well()).isTrue();
            }
            assertThat(hesitant.alive().well()).isTrue();
        }

        // Then
        assertThat(deliveries).containsExactly("a 1", "b 1", "c 1");
        assertThat(metrics.locksLost).hasValue(0);
    }

    private WorkQueue start(WorkQueue.Settings with, JobHandler handler) {
        return WorkQueue.start(with, broker, handler, letters, metrics);
    }

    private static String key(Job job) {
        return job.record().key();
    }

    private DeadLetter onlyLetter() {
        var records = Platform.read(broker, Topics.deadLettersOf(topic), record -> true);
        assertThat(records).hasSize(1);
        return DeadLetter.parse(records.getFirst());
    }

    /** Another worker of the same group is given nothing within a second. */
    private void assertThatNothingIsLeft() {
        try (var consumer = consumer()) {
            consumer.subscribe(List.of(topic));
            long until = System.nanoTime() + Duration.ofSeconds(1).toNanos();
            while (System.nanoTime() < until) {
                assertThat(consumer.poll(Duration.ofMillis(100))).isEmpty();
            }
        }
    }

    private List<String> drainWithAnotherQueue(int count) {
        var drained = new CopyOnWriteArrayList<String>();
        try (var queue = start(settings, job -> drained.add(key(job) + " " + job.delivery()))) {
            await().atMost(SOON).until(() -> drained.size() >= count);
            assertThat(queue.alive().well()).isTrue();
        }
        return drained;
    }

    private void giveBackWithoutWork(int times) {
        try (var consumer = consumer()) {
            consumer.subscribe(List.of(topic));
            for (int givenBack = 0; givenBack < times; ) {
                for (var record : consumer.poll(Duration.ofMillis(100))) {
                    consumer.acknowledge(record, AcknowledgeType.RELEASE);
                    givenBack++;
                }
                consumer.commitSync();
            }
        }
    }

    private KafkaShareConsumer<String, byte[]> consumer() {
        Map<String, Object> properties = broker.properties();
        properties.put("group.id", settings.group());
        properties.put("share.acknowledgement.mode", "explicit");
        properties.put("share.acquire.mode", "record_limit");
        properties.put("max.poll.records", "1");
        return new KafkaShareConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer());
    }

    private static void awaitLine(BufferedReader output, String wanted) throws IOException {
        String line = output.readLine();
        while (line != null && !line.equals(wanted)) {
            line = output.readLine();
        }
        assertThat(line).isEqualTo(wanted);
    }
}
