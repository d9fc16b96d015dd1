package io.stemline.pipeline.queue;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tries work that failed for a passing reason again, within the same delivery: the record's lock is renewed meanwhile. When
 * the time for that is over, the failure goes on to the caller.
 */
final class Retrying implements JobHandler {

    private static final Logger LOGGER = LoggerFactory.getLogger(Retrying.class);

    private final JobHandler work;
    private final Backoff backoff;
    private final QueueMetrics metrics;

    Retrying(JobHandler work, Backoff backoff, QueueMetrics metrics) {
        this.work = work;
        this.backoff = backoff;
        this.metrics = metrics;
    }

    @Override
    public void handle(Job job) throws Exception {
        try {
            work.handle(job);
        } catch (PermanentFailure | InterruptedException e) {
            throw e;
        } catch (Throwable e) {
            tryAgain(job, e);
        }
    }

    private void tryAgain(Job job, Throwable firstFailure) throws Exception {
        long giveBackAt = System.nanoTime() + backoff.total().toNanos();
        Duration pause = backoff.first();
        Throwable failure = firstFailure;
        while (!job.interrupted() && System.nanoTime() + pause.toNanos() <= giveBackAt) {
            LOGGER.atWarn()
                    .addKeyValue("track", job.record().key())
                    .addKeyValue("record", job)
                    .addKeyValue("seconds", pause.toMillis() / 1e3)
                    .log("to be tried again: {}", failure.toString());
            Thread.sleep(pause);
            metrics.retried();
            pause = backoff.after(pause);
            try {
                work.handle(job);
                return;
            } catch (PermanentFailure | InterruptedException e) {
                throw e;
            } catch (Throwable e) {
                failure = e;
            }
        }
        rethrow(failure);
    }

    private static void rethrow(Throwable failure) throws Exception {
        switch (failure) {
            case Exception e -> throw e;
            case Error e -> throw e;
            default -> throw new IllegalStateException(failure);
        }
    }
}
