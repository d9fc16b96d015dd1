package io.stemline.separation.streaming;

import io.stemline.separation.DeviceMemoryException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out how many segments a network should compute at once: batches of 1, 2, 4 and so on of noise are computed, each
 * once to warm up and once on the clock, as long as doubling gives {@value #WORTHWHILE} times the segments a second and
 * memory and patience last. A processor is busy with one segment already; a GPU wants many.
 */
public final class BatchSizeTuning {

    private static final Logger LOGGER = LoggerFactory.getLogger(BatchSizeTuning.class);

    private static final double WORTHWHILE = 1.05;
    private static final int LARGEST = 64;
    private static final long BUDGET_BYTES = 1L << 30;
    private static final Duration PATIENCE = Duration.ofMillis(1500);

    private final StemEstimator estimator;
    private final LongSupplier nanoClock;

    BatchSizeTuning(StemEstimator estimator, LongSupplier nanoClock) {
        this.estimator = estimator;
        this.nanoClock = nanoClock;
    }

    /** The best size of a batch, at least 1. */
    public static int measure(StemEstimator estimator) {
        return new BatchSizeTuning(estimator, System::nanoTime).measure();
    }

    int measure() {
        long start = nanoClock.getAsLong();
        var shape = SegmentShape.of(estimator.card(), Refinement.NONE);
        int channels = estimator.card().channels();
        var batch = new ArrayList<Segment>();
        int best = 1;
        double bestRate = 0;
        for (int size = 1; fits(size, shape.bytes(channels)); size *= 2) {
            double rate;
            try {
                rate = segmentsPerSecond(filled(batch, size, shape, channels));
            } catch (DeviceMemoryException e) {
                LOGGER.atDebug().addKeyValue("batchSize", size).log("too large for the device: {}", e.getMessage());
                break;
            }
            if (rate < WORTHWHILE * bestRate) {
                break;
            }
            best = size;
            bestRate = rate;
            if (nanoClock.getAsLong() - start > PATIENCE.toNanos()) {
                break;
            }
        }
        LOGGER.atInfo()
                .addKeyValue("model", estimator.card().id())
                .addKeyValue("batchSize", best)
                .addKeyValue("segmentsPerSecond", bestRate)
                .addKeyValue("seconds", (nanoClock.getAsLong() - start) / 1e9)
                .log("batch size found");
        return best;
    }

    private static boolean fits(int size, long segmentBytes) {
        return size == 1 || (size <= LARGEST && size * segmentBytes <= BUDGET_BYTES);
    }

    private static List<Segment> filled(List<Segment> batch, int size, SegmentShape shape, int channels) {
        var random = new Random(1);
        while (batch.size() < size) {
            var segment = new Segment(shape, new Track(), 0, channels);
            float[] input = segment.input();
            for (int index = 0; index < input.length; index++) {
                input[index] = random.nextFloat();
            }
            batch.add(segment);
        }
        return batch;
    }

    private double segmentsPerSecond(List<Segment> batch) {
        estimator.estimate(batch);
        long start = nanoClock.getAsLong();
        estimator.estimate(batch);
        return batch.size() * 1e9 / (nanoClock.getAsLong() - start);
    }
}
