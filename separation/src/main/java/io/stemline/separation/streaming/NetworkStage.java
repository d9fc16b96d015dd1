package io.stemline.separation.streaming;

import io.stemline.separation.DeviceMemoryException;
import io.stemline.separation.SeparationException;
import io.stemline.separation.model.ModelCard;
import io.stemline.separation.model.ModelException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The network's own thread. Takes segments of all tracks in flight in the order they came, as many as wait up to the
 * batch size, never waiting for more: while it computes, the next batch gathers.
 *
 * <p>Per batch: drop the segments of tracks that were given up; compute (a failure fails every track of the batch, and
 * none other; where the device's memory does not suffice, batches are halved from then on and nothing fails); refuse numbers that are not finite (fails the track concerned); hand the segments on to their tracks.
 * Closing fails the tracks that still wait.
 */
public final class NetworkStage implements AutoCloseable {

    private static final Logger LOGGER = LoggerFactory.getLogger(NetworkStage.class);

    private final StemEstimator estimator;
    private volatile int batchSize;
    private final BlockingQueue<Segment> waiting = new LinkedBlockingQueue<>();
    private final AtomicLong segments = new AtomicLong();
    private final AtomicLong batches = new AtomicLong();
    private final Thread thread;
    private volatile boolean closed;

    /**
     * Starts the thread.
     *
     * @param estimator what computes; closed with the stage
     * @param batchSize most segments to compute at once
     */
    public NetworkStage(StemEstimator estimator, int batchSize) {
        this.estimator = estimator;
        this.batchSize = batchSize;
        this.thread = Thread.ofPlatform()
                .name("stemline-network-" + estimator.card().id())
                .daemon()
                .start(this::run);
    }

    /** What computes. */
    public StemEstimator estimator() {
        return estimator;
    }

    /** Segments computed so far. */
    public long segments() {
        return segments.get();
    }

    /** Batches computed so far. */
    public long batches() {
        return batches.get();
    }

    /** Time spent computing so far. */
    public Duration computing() {
        return estimator.computing();
    }

    /** Most segments that are computed at once. */
    public int batchSize() {
        return batchSize;
    }

    ModelCard card() {
        return estimator.card();
    }

    void submit(Segment segment) {
        waiting.add(segment);
        if (closed) {
            failWaiting();
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        Threads.join(thread);
        failWaiting();
        estimator.close();
    }

    private void failWaiting() {
        var left = new ArrayList<Segment>();
        waiting.drainTo(left);
        left.forEach(segment -> segment.track().put(new Track.Failed(closedException())));
    }

    private SeparationException closedException() {
        return new SeparationException("model '" + card().id() + "' was closed while it was in use");
    }

    private void run() {
        var batch = new ArrayList<Segment>(batchSize);
        while (!closed) {
            batch.clear();
            try {
                batch.add(waiting.take());
            } catch (InterruptedException e) {
                return;
            }
            waiting.drainTo(batch, batchSize - 1);
            batch.removeIf(segment -> segment.track().isAbandoned());
            if (!batch.isEmpty()) {
                compute(batch);
            }
        }
    }

    private void compute(List<Segment> batch) {
        try {
            estimate(batch);
        } catch (Throwable e) {
            batch.forEach(segment -> segment.track().put(new Track.Failed(e)));
            return;
        }
        for (var segment : batch) {
            segment.track()
                    .put(isFinite(segment.output()) ? new Track.Estimated(segment) : new Track.Failed(notFinite()));
        }
    }

    private void estimate(List<Segment> batch) {
        for (int start = 0; start < batch.size(); ) {
            var part = batch.subList(start, Math.min(batch.size(), start + batchSize));
            try {
                estimator.estimate(part);
                segments.addAndGet(part.size());
                batches.incrementAndGet();
                start += part.size();
            } catch (DeviceMemoryException e) {
                if (part.size() == 1) {
                    throw e;
                }
                batchSize = part.size() / 2;
                LOGGER.atWarn()
                        .addKeyValue("model", card().id())
                        .addKeyValue("batchSize", batchSize)
                        .log("the device's memory does not suffice; batches are smaller from now on");
            }
        }
    }

    private ModelException notFinite() {
        return new ModelException("model '" + card().id()
                + "': the network answered with a number that is not finite (NaN or infinity); its weights are broken");
    }

    private static boolean isFinite(float[] values) {
        float zero = 0;
        for (float value : values) {
            zero += value * 0;
        }
        return zero == 0;
    }
}
