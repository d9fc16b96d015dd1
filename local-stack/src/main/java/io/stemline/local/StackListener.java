package io.stemline.local;

import java.nio.file.Path;
import java.time.Duration;

/** Hears what happens to the processes of a stack, from several threads; what is not overridden is not heard. */
public interface StackListener {

    /** Hears nothing. */
    StackListener NONE = new StackListener() {};

    /** A process is being started for the first time. */
    default void starting(String process) {}

    /** A process takes requests for the first time. */
    default void ready(String process, Duration afterStart) {}

    /**
     * A process that should be there ended by itself. It is started again.
     *
     * @param status its exit status
     * @param untilRestart how long the stack waits before it starts it again
     * @param log what it wrote
     */
    default void died(String process, int status, Duration untilRestart, Path log) {}

    /** A process that died takes requests again. */
    default void recovered(String process) {}
}
