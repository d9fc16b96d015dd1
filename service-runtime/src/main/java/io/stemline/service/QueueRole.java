package io.stemline.service;

import io.stemline.pipeline.queue.JobHandler;
import java.util.Optional;
import java.util.function.IntSupplier;

/**
 * A queue that a service works on. A service produces one bean of this type for each of its queues; the life cycle does the rest.
 *
 * @param topic where the records are
 * @param group the share group: every record goes to one worker of each group; also the service's name in dead letters
 * @param workers jobs at the same time in this process; asked once, when the service has prepared itself
 * @param handler does the work
 * @param after topic of another queue of this service whose work goes first: this one's is begun while that one is idle
 */
public record QueueRole(String topic, String group, IntSupplier workers, JobHandler handler, Optional<String> after) {

    /** A queue whose number of workers is known, and that waits for no other. */
    public QueueRole(String topic, String group, int workers, JobHandler handler) {
        this(topic, group, () -> workers, handler, Optional.empty());
    }
}
