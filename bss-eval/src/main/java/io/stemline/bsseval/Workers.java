package io.stemline.bsseval;

import java.util.ArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/** A fixed number of threads for one scoring. The calling thread is one of them. */
final class Workers implements AutoCloseable {
    private final int parallelism;
    private final ExecutorService helpers;

    Workers(int parallelism) {
        this.parallelism = parallelism;
        this.helpers = Executors.newCachedThreadPool(
                Thread.ofPlatform().name("bss-eval-", 1).daemon().factory());
    }

    int parallelism() {
        return parallelism;
    }

    /** Runs the work once in every thread until all have returned; then the first failure is thrown, if there is one. */
    void inEveryThread(Runnable work) {
        var running = new ArrayList<Future<?>>();
        for (int w = 1; w < parallelism; w++) {
            running.add(helpers.submit(work));
        }
        Throwable failure = null;
        try {
            work.run();
        } catch (RuntimeException | Error e) {
            failure = e;
        }
        for (var future : running) {
            try {
                future.get();
            } catch (ExecutionException e) {
                failure = failure == null ? e.getCause() : failure;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                failure = failure == null ? e : failure;
            }
        }
        switch (failure) {
            case null -> {}
            case RuntimeException runtime -> throw runtime;
            case Error error -> throw error;
            default -> throw new IllegalStateException("Scoring was interrupted.", failure);
        }
    }

    /** Runs {@code task} for 0 to {@code count - 1}, each once, in any thread. */
    void forEach(int count, IntConsumer task) {
        var next = new AtomicInteger();
        inEveryThread(() -> {
            for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
                task.accept(i);
            }
        });
    }

    @Override
    public void close() {
        helpers.shutdown();
    }
}
