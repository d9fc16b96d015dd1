package io.stemline.ingest.progress;

import io.smallrye.mutiny.Multi;
import io.stemline.ingest.batches.BatchView;
import io.stemline.ingest.batches.Batches;
import io.stemline.ingest.batches.Batches.Change;
import io.stemline.ingest.batches.ItemView;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Follows batches for those who watch: looks a few times a second, says what changed, ends when the batch is finished. */
@Singleton
public final class BatchFeed {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);

    /** Rows that commit late carry an earlier time: each look reaches back this far, and what was said is not said again. */
    private static final Duration LATE_COMMITS = Duration.ofSeconds(10);

    private static final int ENTRIES_AN_EVENT = 1000;

    private final Batches batches;
    private final LiveProgress live;

    BatchFeed(Batches batches, LiveProgress live) {
        this.batches = batches;
        this.live = live;
    }

    public Multi<BatchProgress> follow(String batchId) {
        var watch = new Watch(batchId);
        return Looks.every(BETWEEN_LOOKS, watch::look)
                .select()
                .where(watch::isNews)
                .select()
                .first(watch::goesOn);
    }

    /** One watcher's place in one batch. */
    private final class Watch {
        private final String batchId;
        private final Map<String, Instant> said = new HashMap<>();
        private Instant reachedTo = Instant.EPOCH;
        private boolean hasMoreToSay;
        private BatchView last;
        private boolean finished;

        Watch(String batchId) {
            this.batchId = batchId;
        }

        BatchProgress look() {
            BatchView batch = batches.find(batchId).orElseThrow();
            List<Change> unsaid = batches
                    .changesAfter(
                            batchId, reachedTo.equals(Instant.EPOCH) ? Instant.EPOCH : reachedTo.minus(LATE_COMMITS))
                    .stream()
                    .filter(change -> !change.at().equals(said.get(change.itemId())))
                    .toList();
            List<Change> first = unsaid.subList(0, Math.min(ENTRIES_AN_EVENT, unsaid.size()));
            hasMoreToSay = first.size() < unsaid.size();
            List<ItemView> changed = first.isEmpty()
                    ? List.of()
                    : batches.items(first.stream().map(Change::itemId).toList());
            changed.forEach(item -> said.put(item.itemId(), item.changedAt()));
            if (!first.isEmpty() && first.getLast().at().isAfter(reachedTo)) {
                reachedTo = first.getLast().at();
            }
            return new BatchProgress(batch, changed, live.workingOn(batchId));
        }

        boolean isNews(BatchProgress progress) {
            boolean same = progress.batch().equals(last) && progress.changed().isEmpty();
            last = progress.batch();
            return !same || !progress.working().isEmpty() || last.isFinished();
        }

        /** True up to and with the first event in which the batch is finished and all is said. */
        boolean goesOn(BatchProgress progress) {
            boolean ended = finished;
            finished = progress.batch().isFinished() && !hasMoreToSay;
            return !ended;
        }
    }
}
