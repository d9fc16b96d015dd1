package io.stemline.ingest.progress;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import java.time.Duration;
import java.util.function.Supplier;

/** Looking at something again and again while somebody watches. */
public final class Looks {
    private Looks() {}

    /** Looks on a thread that may wait for the database; a look that is due while another goes on is left out. */
    public static <T> Multi<T> every(Duration interval, Supplier<T> look) {
        return Multi.createFrom()
                .ticks()
                .every(interval)
                .onOverflow()
                .drop()
                .emitOn(Infrastructure.getDefaultWorkerPool())
                .map(tick -> look.get());
    }
}
