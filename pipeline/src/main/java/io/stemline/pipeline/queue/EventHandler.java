package io.stemline.pipeline.queue;

import io.stemline.events.Event;
import io.stemline.pipeline.events.EventReader;
import io.stemline.pipeline.events.ReceivedEvent;

/** Does the work that one kind of event asks for. See {@link JobHandler} for what may be thrown and what must hold. */
@FunctionalInterface
public interface EventHandler<E extends Event> {

    /** Returning means that the work is done and safe. */
    void handle(ReceivedEvent<E> event) throws Exception;

    /** A handler of jobs that reads the event first; a record that does not hold one is a permanent failure. */
    static <E extends Event> JobHandler reading(Class<E> type, EventHandler<E> handler) {
        return job -> handler.handle(EventReader.read(job.record(), type));
    }
}
