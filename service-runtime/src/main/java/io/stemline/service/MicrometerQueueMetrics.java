package io.stemline.service;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.stemline.pipeline.queue.QueueMetrics;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/** A queue's metrics for Prometheus. */
final class MicrometerQueueMetrics implements QueueMetrics {
    private final MeterRegistry registry;
    private final String topic;
    private final AtomicInteger running;

    MicrometerQueueMetrics(MeterRegistry registry, String topic) {
        this.registry = registry;
        this.topic = topic;
        this.running = new AtomicInteger();
        registry.gauge(MetricNames.JOBS_RUNNING, Tags.of("topic", topic), running);
    }

    @Override
    public void started() {
        running.incrementAndGet();
    }

    @Override
    public void ended(Ending ending, Duration took) {
        running.decrementAndGet();
        registry.timer(MetricNames.JOBS, "topic", topic, "ending", ending.name().toLowerCase(Locale.ROOT))
                .record(took);
    }

    @Override
    public void retried() {
        registry.counter(MetricNames.RETRIES, "topic", topic).increment();
    }

    @Override
    public void lockLost() {
        registry.counter(MetricNames.LOCKS_LOST, "topic", topic).increment();
    }
}
