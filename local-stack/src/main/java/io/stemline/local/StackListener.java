package io.stemline.local;

import java.nio.file.Path;
import java.time.Duration;

/** Hears what happens to the processes of a stack, from several threads. */
public interface StackListener {

    /** Hears nothing. */
    StackListener NONE = new StackListener() {
        @Override
        public void starting(String process) {}

        @Override
        public void ready(String process, Duration afterStart) {}

        @Override
        public void died(String process, int status, Duration untilRestart, Path log) {}

        @Override
        public void recovered(String process) {}
    };

    /** A process is being started for the first time. */
    void starting(String process);

    /** A process takes requests for the first time. */
    void ready(String process, Duration afterStart);

    /**
     * A process that should be there ended by itself. It is started again.
     *
     * @param status its exit status
     * @param untilRestart how long the stack waits before it starts it again
     * @param log what it wrote
     */
    void died(String process, int status, Duration untilRestart, Path log);

    /** A process that died takes requests again. */
    void recovered(String process);
}
