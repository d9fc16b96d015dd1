package io.stemline.training.batches;

import io.stemline.training.datasets.Dataset;
import io.stemline.training.datasets.DatasetException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Batches in the order of steps, prepared ahead by background threads so that the device does not wait. The batch of a step
 * depends on the seed and the step alone, whatever the number of threads.
 *
 * <p>Two kinds of threads work: readers bring passages of tracks into memory, mixers make batches of them. If either fails
 * for a step, {@link #next} throws for that step, naming it and the reason. Taken from by one thread.
 */
public final class BatchFeed implements AutoCloseable {
    private static final int AHEAD = 3;
    private static final int STEPS_OF_PASSAGES_AHEAD = 12;

    private final PassageShelf shelf;
    private final ThreadLocal<ChunkMixer> mixers;
    private final int batchSize;
    private final ExecutorService workers;
    private final Deque<Future<Batch>> ahead = new ArrayDeque<>();
    private long orderedStep;
    private long takenStep;
    private long waitedNanos;

    /**
     * Starts to prepare batches of the data set's training tracks.
     *
     * @param seed of everything drawn
     * @param firstStep the step of the first batch
     * @param threads of each kind
     * @throws DatasetException if there is no track to train with
     */
    public BatchFeed(
            Dataset dataset,
            Curriculum curriculum,
            Augmentation augmentation,
            ChunkSettings chunks,
            long seed,
            long firstStep,
            int threads) {
        batchSize = chunks.batchSize();
        orderedStep = firstStep;
        takenStep = firstStep;
        mixers = ThreadLocal.withInitial(() -> new ChunkMixer(
                dataset.stems(),
                dataset.format().sampleRateHz(),
                dataset.format().channels(),
                chunks.chunkFrames(),
                augmentation,
                seed));
        shelf = new PassageShelf(dataset, curriculum, seed, threads);
        workers = Executors.newFixedThreadPool(
                threads, Thread.ofPlatform().name("batch-mixer-", 0).daemon().factory());
        while (ahead.size() < AHEAD) {
            order();
        }
    }

    private void order() {
        long step = orderedStep++;
        List<CompletableFuture<Passage>> window = shelf.window(step, STEPS_OF_PASSAGES_AHEAD);
        ahead.add(workers.submit(() -> mixers.get().mix(arrived(window), batchSize, step)));
    }

    private static List<Passage> arrived(List<CompletableFuture<Passage>> window)
            throws InterruptedException, ExecutionException {
        List<Passage> passages = new ArrayList<>();
        for (CompletableFuture<Passage> passage : window) {
            passages.add(passage.get());
        }
        return passages;
    }

    /**
     * The next step's batch; waits until it is ready.
     *
     * @throws DatasetException if it could not be prepared
     */
    public Batch next() throws InterruptedException {
        if (workers.isShutdown()) {
            throw new IllegalStateException("The feed is closed");
        }
        long before = System.nanoTime();
        try {
            Batch batch = ahead.element().get();
            ahead.remove();
            order();
            takenStep++;
            return batch;
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() instanceof ExecutionException read ? read.getCause() : e.getCause();
            throw new DatasetException(
                    "The batch of step " + takenStep + " could not be prepared: " + cause.getMessage(), cause);
        } finally {
            waitedNanos += System.nanoTime() - before;
        }
    }

    /** How long {@link #next} has waited for batches, all in all. */
    public Duration waited() {
        return Duration.ofNanos(waitedNanos);
    }

    @Override
    public void close() {
        workers.shutdownNow();
        shelf.close();
    }
}
