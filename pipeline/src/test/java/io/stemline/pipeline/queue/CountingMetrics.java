package io.stemline.pipeline.queue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts what a queue tells. */
final class CountingMetrics implements QueueMetrics {

    final AtomicInteger started = new AtomicInteger();
    final AtomicInteger retried = new AtomicInteger();
    final AtomicInteger locksLost = new AtomicInteger();
    final List<Ending> endings = new CopyOnWriteArrayList<>();

    @Override
    public void started() {
        started.incrementAndGet();
    }

    @Override
    public void ended(Ending ending, Duration took) {
        endings.add(ending);
    }

    @Override
    public void retried() {
        retried.incrementAndGet();
    }

    @Override
    public void lockLost() {
        locksLost.incrementAndGet();
    }
}
