package io.stemline.cli.batches;

import io.stemline.cli.batches.BatchOutcome.Track;
import io.stemline.cli.catalogue.Batch;
import io.stemline.cli.catalogue.BatchProgress;
import io.stemline.cli.catalogue.Catalogue;
import io.stemline.cli.catalogue.CatalogueException;
import io.stemline.cli.catalogue.Item;
import io.stemline.cli.stems.StemDownloads;
import io.stemline.cli.stems.StemDownloads.Delivery;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Follows a batch to its end and brings home what is done while the rest is under way.
 *
 * <p>A connection that breaks, because the catalogue is being started again, is made anew for up to two minutes; nothing is
 * missed, as the first events after that tell of all entries. Stems that cannot be brought home make the track a failed one,
 * and the others go on.
 */
public final class BatchRun {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration BEFORE_ASKING_AGAIN = Duration.ofMillis(500);
    private static final int DELIVERIES_AT_ONCE = 2;

    private final Catalogue catalogue;
    private final StemDownloads downloads;
    private final BatchDisplay display;
    private final TreeMap<Integer, Item> items = new TreeMap<>();
    private final Map<String, Future<Delivery>> deliveries = new HashMap<>();
    private Batch batch;
    private long lastHeardNanos = System.nanoTime();

    public BatchRun(Catalogue catalogue, StemDownloads downloads, BatchDisplay display, Batch batch) {
        this.catalogue = catalogue;
        this.downloads = downloads;
        this.display = display;
        this.batch = batch;
    }

    /** Follows the batch to its end. */
    public BatchOutcome finish() throws InterruptedException {
        long started = System.nanoTime();
        try (var carriers = Executors.newFixedThreadPool(
                DELIVERIES_AT_ONCE, Thread.ofVirtual().name("delivery-", 0).factory())) {
            while (!isComplete()) {
                followOnce(carriers);
            }
            var tracks = new ArrayList<Track>();
            for (Item item : items.values()) {
                tracks.add(track(item));
            }
            return new BatchOutcome(batch, tracks, Duration.ofNanos(System.nanoTime() - started));
        }
    }

    private void followOnce(ExecutorService carriers) throws InterruptedException {
        try {
            catalogue.follow(batch.batchId(), progress -> {
                take(progress, carriers);
                return !isComplete();
            });
        } catch (CatalogueException e) {
            if (e.isRefusal() || System.nanoTime() - lastHeardNanos > PATIENCE.toNanos()) {
                throw e;
            }
        }
        if (!isComplete()) {
            Thread.sleep(BEFORE_ASKING_AGAIN);
        }
    }

    private void take(BatchProgress progress, ExecutorService carriers) {
        lastHeardNanos = System.nanoTime();
        batch = progress.batch();
        for (Item item : progress.changed()) {
            Item before = items.put(item.position(), item);
            boolean news = before == null || before.state() != item.state();
            if (item.state() == Item.State.DONE && !deliveries.containsKey(item.itemId())) {
                deliveries.put(item.itemId(), carriers.submit(() -> downloads.deliver(item)));
            }
            if (news && item.state().isFinal()) {
                display.ended(item, batch);
            }
        }
        display.show(batch, List.copyOf(items.values()), progress.working());
    }

    private boolean isComplete() {
        return items.size() == batch.entries()
                && items.values().stream().allMatch(item -> item.state().isFinal());
    }

    private Track track(Item item) throws InterruptedException {
        var delivery = deliveries.get(item.itemId());
        if (delivery == null) {
            return new Track(item, Optional.empty(), Optional.of(item.reason().orElse(item.name() + ": failed")));
        }
        try {
            return new Track(item, Optional.of(delivery.get()), Optional.empty());
        } catch (ExecutionException e) {
            String why = e.getCause() instanceof IOException io
                    ? "its stems cannot be written (" + io + ")"
                    : e.getCause().getMessage();
            return new Track(item, Optional.empty(), Optional.of(item.name() + ": " + why));
        }
    }
}
