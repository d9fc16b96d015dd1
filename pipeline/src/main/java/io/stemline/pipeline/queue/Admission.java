package io.stemline.pipeline.queue;

import java.time.Duration;

/**
 * Whether the workers of a queue may take another record. It is asked before each; records that were taken are finished whatever
 * the answer becomes. While it says no, the workers have no connection to the group, so that no record waits with them.
 */
@FunctionalInterface
public interface Admission {

    /** Always yes. */
    Admission ALWAYS = () -> true;

    /** Called often and by all workers; must not block. */
    boolean isOpen();

    /**
     * For work that lets the work of another queue go first: yes while the workers of that queue in this process have asked for
     * records in vain for {@code quiet}. What other processes do does not count: a machine with nothing better to do helps.
     *
     * @param quiet so that a short gap between two records of the first queue is not filled
     */
    static Admission whileIdle(WorkQueue first, Duration quiet) {
        return () -> first.isIdle(quiet);
    }
}
