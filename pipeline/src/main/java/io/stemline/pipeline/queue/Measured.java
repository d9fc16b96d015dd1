package io.stemline.pipeline.queue;

import io.stemline.pipeline.queue.QueueMetrics.Ending;
import java.time.Duration;

/** Counts and times the work. */
final class Measured implements JobHandler {

    private final JobHandler work;
    private final QueueMetrics metrics;

    Measured(JobHandler work, QueueMetrics metrics) {
        this.work = work;
        this.metrics = metrics;
    }

    @Override
    public void handle(Job job) throws Exception {
        long started = System.nanoTime();
        metrics.started();
        Ending ending = Ending.GIVEN_BACK;
        try {
            work.handle(job);
            ending = Ending.DONE;
        } catch (PermanentFailure e) {
            ending = Ending.GIVEN_UP;
            throw e;
        } finally {
            metrics.ended(ending, Duration.ofNanos(System.nanoTime() - started));
        }
    }
}
