package io.stemline.pipeline.queue;

/**
 * Does the work of one record. It may run twice for the same record, also at the same time on two machines, so what it leaves
 * behind must be the same as if it had run once.
 */
@FunctionalInterface
public interface JobHandler {

    /**
     * Returning means that the work is done and safe: the record is acknowledged after that.
     *
     * @throws PermanentFailure if no repetition helps
     * @throws Exception anything else may pass and is tried again
     */
    void handle(Job job) throws Exception;
}
