package io.stemline.separation.engine;

import java.time.Duration;

/**
 * What a model's network has done so far.
 *
 * @param batchSize most segments that are computed at once
 * @param segments segments computed
 * @param batches batches they were computed in
 * @param computing time spent inside the network
 * @param loaded time since the model was loaded
 */
public record EngineStatistics(int batchSize, long segments, long batches, Duration computing, Duration loaded) {

    /** Share of the time since loading that was spent inside the network. */
    public double computingShare() {
        return loaded.isZero() ? 0 : (double) computing.toNanos() / loaded.toNanos();
    }
}
