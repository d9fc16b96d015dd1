package io.stemline.training.batches;

import io.stemline.training.datasets.Dataset;
import io.stemline.training.datasets.DatasetException;
import io.stemline.training.datasets.Draws;
import io.stemline.training.datasets.LabelledTrack;
import io.stemline.training.datasets.Split;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The passages of the window and the next few, read in the background; those that the window has left are dropped. Passages
 * go through all training tracks, in another order each time, from a place that is drawn.
 */
final class PassageShelf implements AutoCloseable {
    private final Dataset dataset;
    private final List<LabelledTrack> tracks;
    private final Curriculum curriculum;
    private final long seed;
    private final Map<Long, CompletableFuture<Passage>> passages = new ConcurrentHashMap<>();
    private final ExecutorService readers;
    private final int passageFrames;

    PassageShelf(Dataset dataset, Curriculum curriculum, long seed, int threads) {
        this.dataset = dataset;
        this.tracks = dataset.tracks(Split.TRAIN);
        if (tracks.isEmpty()) {
            throw new DatasetException(dataset.name() + ": no track to train with ("
                    + dataset.report().summary() + ")");
        }
        this.curriculum = curriculum;
        this.seed = seed;
        this.passageFrames = Math.toIntExact(
                Math.round(curriculum.passageSeconds() * dataset.format().sampleRateHz()));
        readers = Executors.newFixedThreadPool(
                threads, Thread.ofPlatform().name("passage-reader-", 0).daemon().factory());
    }

    /** The passages of a step's window, some of them still to come. Steps must not go backwards. */
    List<CompletableFuture<Passage>> window(long step, int stepsAhead) {
        long start = curriculum.start(step);
        passages.keySet().removeIf(number -> number < start);
        for (long number = start; number < curriculum.end(step + stepsAhead); number++) {
            passages.computeIfAbsent(number, this::order);
        }
        List<CompletableFuture<Passage>> window = new ArrayList<>();
        for (long number = start; number < curriculum.end(step); number++) {
            window.add(passages.get(number));
        }
        return window;
    }

    private CompletableFuture<Passage> order(long number) {
        return CompletableFuture.supplyAsync(() -> read(number), readers);
    }

    private Passage read(long number) {
        LabelledTrack track = tracks.get(trackOf(number));
        long placesMore = Math.max(0, track.lengthFrames() - passageFrames);
        long from = placesMore == 0 ? 0 : Draws.of(seed, number, 1).below(placesMore + 1);
        int frames = (int) Math.min(passageFrames, track.lengthFrames());
        return Passage.read(track, dataset.stems(), from, frames);
    }

    private int trackOf(long number) {
        int size = tracks.size();
        int place = (int) (number % size);
        return dataset.endless() ? place : order(size, Draws.of(seed, number / size, 2))[place];
    }

    private static int[] order(int size, Draws draws) {
        int[] order = new int[size];
        for (int i = 0; i < size; i++) {
            int other = draws.below(i + 1);
            order[i] = order[other];
            order[other] = i;
        }
        return order;
    }

    @Override
    public void close() {
        readers.shutdownNow();
    }
}
