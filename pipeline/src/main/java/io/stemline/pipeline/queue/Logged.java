package io.stemline.pipeline.queue;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/** Tells the log how the work ended: failures as warnings, the rest for those who look closely. */
final class Logged implements JobHandler {

    private static final Logger LOGGER = LoggerFactory.getLogger(Logged.class);

    private final JobHandler work;

    Logged(JobHandler work) {
        this.work = work;
    }

    @Override
    public void handle(Job job) throws Exception {
        long started = System.nanoTime();
        try {
            work.handle(job);
            describe(LOGGER.atDebug(), job, started).log("done");
        } catch (PermanentFailure e) {
            describe(LOGGER.atWarn(), job, started).log("given up: {}", e.getMessage());
            throw e;
        } catch (Throwable e) {
            if (job.interrupted()) {
                describe(LOGGER.atInfo(), job, started).log("given back, as the queue stops");
            } else {
                describe(LOGGER.atWarn(), job, started).setCause(e).log("given back");
            }
            throw e;
        }
    }

    private static LoggingEventBuilder describe(LoggingEventBuilder event, Job job, long startedNanos) {
        return event.addKeyValue("topic", job.record().topic())
                .addKeyValue("track", job.record().key())
                .addKeyValue("record", job)
                .addKeyValue("attempt", job.delivery())
                .addKeyValue("seconds", (System.nanoTime() - startedNanos) / 1e9);
    }
}
