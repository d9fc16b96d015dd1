package io.stemline.pipeline.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stemline.pipeline.PipelineException;
import io.stemline.pipeline.deadletters.DeadLetter;
import io.stemline.pipeline.queue.QueueMetrics.Ending;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DecoratorsTest {

    private static final Backoff SHORT = new Backoff(Duration.ofMillis(1), Duration.ofMillis(4), Duration.ofMillis(40));
    private static final Clock NOON = Clock.fixed(Instant.parse("2026-05-01T12:00:00Z"), ZoneOffset.UTC);

    private final CountingMetrics metrics = new CountingMetrics();
    private final List<DeadLetter> letters = new ArrayList<>();
    private final AtomicInteger calls = new AtomicInteger();

    @Test
    void aPassingFailureIsTriedAgainUntilItPasses() throws Exception {
        // Given
        JobHandler retrying = new Retrying(failing(2, new IOException("store away")), SHORT, metrics);

        // When
        retrying.handle(delivered(1));

        // Then
        assertThat(calls).hasValue(3);
        assertThat(metrics.retried).hasValue(2);
    }

    @Test
    void anOutOfMemoryErrorMayPass() throws Exception {
        // Given
        JobHandler retrying = new Retrying(failing(1, new OutOfMemoryError("device")), SHORT, metrics);

        // When
        retrying.handle(delivered(1));

        // Then
        assertThat(calls).hasValue(2);
    }

    @Test
    void aFailureThatDoesNotPassGoesOnWhenItsTimeIsOver() {
        // Given
        JobHandler retrying = new Retrying(failing(Integer.MAX_VALUE, new IOException("store away")), SHORT, metrics);

        // When
        assertThatThrownBy(() -> retrying.handle(delivered(1)))

                // Then
                .isInstanceOf(IOException.class)
                .hasMessage("store away");
        // Pauses of 1, 2, 4, 4, ... ms within 40 ms are at most 11.
        assertThat(calls.get()).isBetween(2, 12);
    }

    @Test
    void aPermanentFailureIsNotTriedAgain() {
        // Given
        JobHandler retrying = new Retrying(failing(1, new PermanentFailure("not audio")), SHORT, metrics);

        // When
        assertThatThrownBy(() -> retrying.handle(delivered(1)))

                // Then
                .isInstanceOf(PermanentFailure.class);
        assertThat(calls).hasValue(1);
    }

    @Test
    void aJobThatTheQueueInterruptedIsNotTriedAgain() {
        // Given
        Job job = delivered(1);
        job.markInterrupted();
        JobHandler retrying = new Retrying(failing(1, new IOException("cut off")), SHORT, metrics);

        // When
        assertThatThrownBy(() -> retrying.handle(job))

                // Then
                .isInstanceOf(IOException.class);
        assertThat(calls).hasValue(1);
    }

    @Test
    void aPermanentFailureIsADeadLetterAtOnce() {
        // Given
        JobHandler handler = deadLettering(failing(1, new PermanentFailure("song.mp3: not audio")));

        // When
        assertThatThrownBy(() -> handler.handle(delivered(1)))

                // Then
                .isInstanceOf(PermanentFailure.class)
                .hasMessage("song.mp3: not audio");
        assertThat(letters).hasSize(1);
        DeadLetter.Failure failure = letters.getFirst().failure();
        assertThat(failure.reason()).isEqualTo("song.mp3: not audio");
        assertThat(failure.service()).isEqualTo("separator");
        assertThat(failure.attempt()).isEqualTo(1);
        assertThat(failure.exception()).isEqualTo("io.stemline.pipeline.queue.PermanentFailure");
        assertThat(failure.stack()).contains("DecoratorsTest");
        assertThat(failure.time()).isEqualTo("2026-05-01T12:00:00Z");
        assertThat(letters.getFirst().id()).isEqualTo("separator/songs/0/7");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aPassingFailureBeforeTheLastAttemptIsGivenBack(int delivery) {
        // Given
        JobHandler handler = deadLettering(failing(1, new IOException("store away")));

        // When
        assertThatThrownBy(() -> handler.handle(delivered(delivery)))

                // Then
                .isInstanceOf(IOException.class);
        assertThat(letters).isEmpty();
    }

    @Test
    void aPassingFailureAtTheLastAttemptIsADeadLetterWithItsReason() {
        // Given
        JobHandler handler = deadLettering(failing(1, new IOException("store away")));

        // When
        assertThatThrownBy(() -> handler.handle(delivered(3)))

                // Then
                .isInstanceOf(PermanentFailure.class);
        assertThat(letters).hasSize(1);
        assertThat(letters.getFirst().failure().reason()).isEqualTo("store away");
        assertThat(letters.getFirst().failure().attempt()).isEqualTo(3);
    }

    @Test
    void aRecordDeliveredMoreOftenThanItsAttemptsIsNotWorkedOn() {
        // Given
        JobHandler handler = deadLettering(failing(0, new IOException("never thrown")));

        // When
        assertThatThrownBy(() -> handler.handle(delivered(4)))

                // Then
                .isInstanceOf(PermanentFailure.class);
        assertThat(calls).hasValue(0);
        assertThat(letters.getFirst().failure().reason())
                .isEqualTo("songs-0@7: delivered 4 times and never finished; its workers died");
    }

    @Test
    void anInterruptedJobIsNoDeadLetterEvenAtItsLastAttempt() {
        // Given
        Job job = delivered(3);
        job.markInterrupted();
        JobHandler handler = deadLettering(failing(1, new IOException("cut off")));

        // When
        assertThatThrownBy(() -> handler.handle(job))

                // Then
                .isInstanceOf(IOException.class);
        assertThat(letters).isEmpty();
    }

    @Test
    void nothingIsRejectedBeforeItsDeadLetterIsWritten() {
        // Given
        var tries = new AtomicInteger();
        JobHandler handler = new DeadLettering(
                failing(1, new PermanentFailure("not audio")),
                letter -> {
                    if (tries.incrementAndGet() == 1) {
                        throw new PipelineException("broker away");
                    }
                    letters.add(letter);
                },
                "separator",
                3,
                NOON);

        // When
        assertThatThrownBy(() -> handler.handle(delivered(1)))

                // Then
                .isInstanceOf(PermanentFailure.class);
        assertThat(tries).hasValue(2);
        assertThat(letters).hasSize(1);
    }

    @Test
    void everyEndingIsCounted() {
        // Given
        JobHandler done = new Measured(failing(0, new IOException("never thrown")), metrics);
        JobHandler givenUp = new Measured(failing(9, new PermanentFailure("not audio")), metrics);
        JobHandler givenBack = new Measured(failing(9, new IOException("store away")), metrics);

        // When
        for (JobHandler handler : List.of(done, givenUp, givenBack)) {
            try {
                handler.handle(delivered(1));
            } catch (Exception e) {
                assertThat(e).isInstanceOfAny(PermanentFailure.class, IOException.class);
            }
        }

        // Then
        assertThat(metrics.endings).containsExactly(Ending.DONE, Ending.GIVEN_UP, Ending.GIVEN_BACK);
        assertThat(metrics.started).hasValue(3);
    }

    private JobHandler deadLettering(JobHandler work) {
        return new DeadLettering(work, letters::add, "separator", 3, NOON);
    }

    /** Fails so often, then works. */
    private JobHandler failing(int times, Throwable failure) {
        return job -> {
            if (calls.incrementAndGet() <= times) {
                switch (failure) {
                    case Exception e -> throw e;
                    case Error e -> throw e;
                    default -> throw new AssertionError(failure);
                }
            }
        };
    }

    private static Job delivered(int times) {
        return new Job(new ConsumerRecord<>(
                "songs",
                0,
                7,
                0,
                TimestampType.CREATE_TIME,
                4,
                4,
                "song",
                "song".getBytes(),
                new RecordHeaders(),
                Optional.empty(),
                Optional.of((short) times)));
    }
}
