package io.stemline.pipeline.queue;

import java.time.Duration;

/** What a queue tells about its work, for a service to count. Methods are called by many threads and must not block. */
public interface QueueMetrics {

    /** Counts nothing. */
    QueueMetrics NONE = new QueueMetrics() {
        @Override
        public void started() {}

        @Override
        public void ended(Ending ending, Duration took) {}

        @Override
        public void retried() {}

        @Override
        public void lockLost() {}
    };

    /** How the work on a record ended. */
    enum Ending {
        /** The work is done. */
        DONE,
        /** It will never be done; a dead letter says why. */
        GIVEN_UP,
        /** It failed, or was cut off, and the record is delivered again. */
        GIVEN_BACK
    }

    /** The work on a record starts. */
    void started();

    /** It ended, repetitions within the delivery included. */
    void ended(Ending ending, Duration took);

    /** A passing failure is tried again within the delivery. */
    void retried();

    /** The broker has taken a record from its worker; another may be working on it. */
    void lockLost();
}
