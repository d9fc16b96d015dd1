package io.stemline.cli;

import java.util.concurrent.atomic.AtomicBoolean;

/** Ctrl-C: what fails from then on fails because everything is being stopped, and nobody wants to read about it. */
final class Interruption {

    private static final AtomicBoolean UNDER_WAY = new AtomicBoolean();

    private Interruption() {}

    /** Does something once this process is told to end by a signal, until the returned handle is closed. */
    static Watch onInterruption(Runnable action) {
        var hook = new Thread(
                () -> {
                    UNDER_WAY.set(true);
                    action.run();
                },
                "interruption");
        Runtime.getRuntime().addShutdownHook(hook);
        return () -> {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                // The end has begun, and the hook with it.
                UNDER_WAY.set(true);
            }
        };
    }

    static boolean isUnderWay() {
        return UNDER_WAY.get();
    }

    /** Ends the watch. */
    interface Watch extends AutoCloseable {
        @Override
        void close();
    }
}
