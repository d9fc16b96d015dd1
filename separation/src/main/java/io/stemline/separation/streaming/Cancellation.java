package io.stemline.separation.streaming;

import java.util.ArrayList;
import java.util.List;

/** Stops separations from another thread. */
public final class Cancellation {

    private final List<Runnable> actions = new ArrayList<>();
    private boolean cancelled;

    /** Stops all separations that were given this token, now and later. */
    public void cancel() {
        List<Runnable> toRun;
        synchronized (this) {
            cancelled = true;
            toRun = List.copyOf(actions);
        }
        toRun.forEach(Runnable::run);
    }

    /** Whether {@link #cancel} was called. */
    public synchronized boolean isCancelled() {
        return cancelled;
    }

    void onCancel(Runnable action) {
        boolean alreadyCancelled;
        synchronized (this) {
            actions.add(action);
            alreadyCancelled = cancelled;
        }
        if (alreadyCancelled) {
            action.run();
        }
    }

    synchronized void forget(Runnable action) {
        actions.remove(action);
    }
}
