package io.stemline.training.examples;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Batches in the order of steps, prepared ahead by background threads so that the device does not wait. The batch of a step
 * depends on the seed and the step alone. If preparing one fails, {@link #next} throws what happened.
 */
public final class BatchFeed implements AutoCloseable {
    private static final int AHEAD = 3;
    private static final int STEPS_OF_SONGS_AHEAD = 12;

    private record Prepared(Batch batch, RuntimeException failure) {}

    private final BlockingQueue<Prepared> queue = new ArrayBlockingQueue<>(AHEAD);
    private final SongShelf shelf;
    private final ChunkMixer mixer;
    private final int batchSize;
    private final long seed;
    private final Thread preparer;

    /**
     * Starts to prepare batches.
     *
     * @param frames frames of the network's input
     * @param firstStep the step of the first batch
     * @param threads that make songs
     */
    public BatchFeed(
            Curriculum curriculum,
            SpectrumSettings settings,
            Augmentation augmentation,
            int frames,
            int batchSize,
            long seed,
            int firstStep,
            int threads) {
        this.batchSize = batchSize;
        this.seed = seed;
        shelf = new SongShelf(curriculum, settings, threads);
        mixer = new ChunkMixer(frames, settings.bins(), augmentation);
        preparer = Thread.ofPlatform().name("batch-preparer").daemon().start(() -> prepare(firstStep));
    }

    private void prepare(int firstStep) {
        try {
            for (int step = firstStep; !Thread.currentThread().isInterrupted(); step++) {
                queue.put(prepared(step));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Prepared prepared(int step) {
        try {
            return new Prepared(mixer.mix(shelf.songs(step, STEPS_OF_SONGS_AHEAD), batchSize, step, seed), null);
        } catch (RuntimeException e) {
            return new Prepared(null, e);
        }
    }

    /** The next step's batch; waits until it is ready. */
    public Batch next() throws InterruptedException {
        Prepared prepared = queue.take();
        if (prepared.failure() != null) {
            throw new IllegalStateException("The songs for the next step could not be made", prepared.failure());
        }
        return prepared.batch();
    }

    @Override
    public void close() {
        preparer.interrupt();
        shelf.close();
    }
}
