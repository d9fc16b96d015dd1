package io.stemline.separation.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import io.stemline.separation.DeviceMemoryException;
import io.stemline.separation.SavedModels;
import io.stemline.separation.model.ModelCard;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BatchSizeTuningTest {

    private static final int UNLIMITED = 1000;

    @ParameterizedTest
    @CsvSource({
        "a processor that is busy with one segment,        0, 50, 1",
        "a processor that gains a little from a second,    4, 50, 1",
        "a GPU that computes any number at once,          10,  0, 64",
        "a GPU that is full with eight or so,              4,  2, 32"
    })
    void theBestSizeFollowsFromWhatABatchAndASegmentTake(
            String device, int batchMillis, int segmentMillis, int expected) {
        // Given
        var estimator = new TimedEstimator(batchMillis, segmentMillis, UNLIMITED);

        // When
        int size = new BatchSizeTuning(estimator, estimator::nanoTime).measure();

        // Then
        assertThat(size).as(device).isEqualTo(expected);
    }

    @Test
    void aBatchThatDoesNotFitTheDeviceEndsTheMeasurement() {
        // Given
        var estimator = new TimedEstimator(10, 0, 5);

        // When
        int size = new BatchSizeTuning(estimator, estimator::nanoTime).measure();

        // Then
        assertThat(size).isEqualTo(4);
    }

    @Test
    void aSlowDeviceIsNotMeasuredForLong() {
        // Given
        var estimator = new TimedEstimator(1000, 0, UNLIMITED);

        // When
        int size = new BatchSizeTuning(estimator, estimator::nanoTime).measure();

        // Then
        assertThat(size).isEqualTo(1);
        assertThat(estimator.nanoTime()).isEqualTo(2_000_000_000L);
    }

    /** Computes nothing, and says what time it took for it. */
    private static final class TimedEstimator implements StemEstimator {

        private static final ModelCard CARD = SavedModels.card("timed").build();

        private final long batchNanos;
        private final long segmentNanos;
        private final int mostSegments;
        private long nanoTime;

        TimedEstimator(int batchMillis, int segmentMillis, int mostSegments) {
            this.batchNanos = 1_000_000L * batchMillis;
            this.segmentNanos = 1_000_000L * segmentMillis;
            this.mostSegments = mostSegments;
        }

        long nanoTime() {
            return nanoTime;
        }

        @Override
        public ModelCard card() {
            return CARD;
        }

        @Override
        public void estimate(List<Segment> batch) {
            if (batch.size() > mostSegments) {
                throw new DeviceMemoryException("too many", new IllegalStateException());
            }
            nanoTime += batchNanos + batch.size() * segmentNanos;
        }

        @Override
        public Duration computing() {
            return Duration.ZERO;
        }

        @Override
        public void close() {}
    }
}
