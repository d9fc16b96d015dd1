package io.stemline.pipeline.queue;

import io.stemline.pipeline.PipelineException;
import io.stemline.pipeline.deadletters.DeadLetter;
import io.stemline.pipeline.deadletters.DeadLetter.Failure;
import io.stemline.pipeline.deadletters.DeadLetters;
import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a dead letter for a record that is given up, and then tells the queue so with a {@link PermanentFailure}.
 *
 * <p>A record is given up when its work says that no repetition helps, when its last attempt fails, and, without working on
 * it, when it has been delivered more often than that: then every worker that had it died, and the next would too.
 *
 * <p>A letter that cannot be written is tried again until it can, or until the queue stops; the record is kept meanwhile, and
 * nothing is rejected without its letter.
 */
final class DeadLettering implements JobHandler {

    private static final Logger LOGGER = LoggerFactory.getLogger(DeadLettering.class);
    private static final Backoff PAUSES = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(10), Duration.ZERO);

    private final JobHandler work;
    private final DeadLetters letters;
    private final String service;
    private final int attempts;
    private final Clock clock;

    DeadLettering(JobHandler work, DeadLetters letters, String service, int attempts, Clock clock) {
        this.work = work;
        this.letters = letters;
        this.service = service;
        this.attempts = attempts;
        this.clock = clock;
    }

    @Override
    public void handle(Job job) throws Exception {
        if (job.delivery() > attempts) {
            throw giveUp(
                    job,
                    new PermanentFailure("%s: delivered %d times and never finished; its workers died"
                            .formatted(job, job.delivery())));
        }
        try {
            work.handle(job);
        } catch (PermanentFailure e) {
            throw giveUp(job, e);
        } catch (Throwable e) {
            if (job.interrupted() || job.delivery() < attempts) {
                throw e;
            }
            throw giveUp(job, e);
        }
    }

    private PermanentFailure giveUp(Job job, Throwable reason) throws InterruptedException {
        var letter = DeadLetter.about(job.record(), Failure.of(reason, service, job.delivery(), clock.instant()));
        writeAtLast(job, letter);
        return reason instanceof PermanentFailure permanent
                ? permanent
                : new PermanentFailure(
                        "%s: failed at each of %d deliveries, at last with: %s".formatted(job, job.delivery(), reason),
                        reason);
    }

    private void writeAtLast(Job job, DeadLetter letter) throws InterruptedException {
        Duration pause = PAUSES.first();
        while (true) {
            try {
                letters.write(letter);
                return;
            } catch (PipelineException e) {
                LOGGER.atError().addKeyValue("record", job).setCause(e).log("the dead letter is not written yet");
            }
            Thread.sleep(pause);
            pause = PAUSES.after(pause);
        }
    }
}
