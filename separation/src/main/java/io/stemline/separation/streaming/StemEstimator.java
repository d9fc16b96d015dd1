package io.stemline.separation.streaming;

import io.stemline.separation.model.ModelCard;
import java.time.Duration;
import java.util.List;

/**
 * Says what in a segment of a mixture belongs to which stem: a network, or a method without weights.
 *
 * <p>The card gives the representation and all shapes. Only one thread at a time calls {@link #estimate}; the other
 * methods may be called from any.
 */
public interface StemEstimator extends AutoCloseable {

    /** What the estimator is and what it wants to see. */
    ModelCard card();

    /**
     * The rate at which the estimator wants to see a mixture.
     *
     * @param mixtureRateHz the mixture's own rate
     */
    default int sampleRateHz(int mixtureRateHz) {
        return card().sampleRateHz();
    }

    /**
     * Fills each segment's {@link Segment#output()} from its {@link Segment#input()}. Segments of one batch may belong
     * to different tracks and know nothing of each other.
     *
     * @param batch between one and as many segments as the engine's batch size
     */
    void estimate(List<Segment> batch);

    /** Time spent computing so far, without preparing inputs and reading outputs. */
    Duration computing();

    @Override
    void close();
}
