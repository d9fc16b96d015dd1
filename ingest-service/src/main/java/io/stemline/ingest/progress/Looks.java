package io.stemline.ingest.progress;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import java.time.Duration;
import java.util.function.Supplier;

/** Looking at something again and again while somebody watches. */
public final class Looks {
    private Looks() {}

    /**
     * Looks on a thread that may wait for the database. A look that is due while another goes on is left out, and so are looks after a
     * slow one, until four times as long has passed: whoever watches a large batch does not slow it down.
     */
    public static <T> Multi<T> every(Duration interval, Supplier<T> look) {
        return Multi.createFrom().deferred(() -> {
            var pace = new Pace();
            return Multi.createFrom()
                    .ticks()
                    .every(interval)
                    .onOverflow()
                    .drop()
                    .emitOn(Infrastructure.getDefaultWorkerPool())
                    .filter(tick -> pace.isDue())
                    .map(tick -> pace.timed(look));
        });
    }

    /** When one watcher may look again; looks of one watcher come one after the other. */
    private static final class Pace {
        private static final int REST = 4;

        private long dueNanos = System.nanoTime();

        boolean isDue() {
            return System.nanoTime() - dueNanos >= 0;
        }

        <T> T timed(Supplier<T> look) {
            long started = System.nanoTime();
            T seen = look.get();
            long ended = System.nanoTime();
            dueNanos = ended + REST * (ended - started);
            return seen;
        }
    }
}
