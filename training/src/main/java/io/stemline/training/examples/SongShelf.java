package io.stemline.training.examples;

import io.stemline.training.songs.SongGenerator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The songs of the window and the next few, made in the background; those that the window has left are dropped. */
final class SongShelf implements AutoCloseable {
    private final Curriculum curriculum;
    private final SpectrumSettings settings;
    private final SongGenerator generator = new SongGenerator();
    private final Map<Integer, CompletableFuture<SongSpectra>> songs = new ConcurrentHashMap<>();
    private final ExecutorService makers;

    SongShelf(Curriculum curriculum, SpectrumSettings settings, int threads) {
        this.curriculum = curriculum;
        this.settings = settings;
        makers = Executors.newFixedThreadPool(
                threads, Thread.ofPlatform().name("song-maker-", 0).daemon().factory());
    }

    /** The songs of a step's window; waits for those that are not ready. Steps must not go backwards. */
    List<SongSpectra> songs(int step, int stepsAhead) {
        int start = curriculum.start(step);
        songs.keySet().removeIf(number -> number < start);
        for (int number = start; number < curriculum.end(step + stepsAhead); number++) {
            songs.computeIfAbsent(number, this::order);
        }
        List<SongSpectra> window = new ArrayList<>();
        for (int number = start; number < curriculum.end(step); number++) {
            window.add(songs.get(number).join());
        }
        return window;
    }

    private CompletableFuture<SongSpectra> order(int number) {
        return CompletableFuture.supplyAsync(() -> make(curriculum.firstSeed() + number), makers);
    }

    private SongSpectra make(long seed) {
        Duration length = Duration.ofMillis(Math.round(curriculum.songSeconds() * 1000));
        return SongSpectra.of(generator.generate(seed, length), settings);
    }

    @Override
    public void close() {
        makers.shutdownNow();
    }
}
