package io.stemline.separation.engine;

import io.stemline.separation.streaming.NetworkStage;
import io.stemline.separation.streaming.StemEstimator;
import io.stemline.separation.streaming.StreamingSeparator;
import java.time.Duration;

/** A model that is ready, and closed when it is retired and its last track is done. */
final class LoadedModel {

    private final NetworkStage network;
    private final StreamingSeparator separator;
    private final long loadedNanos = System.nanoTime();
    private int tracks;
    private boolean retired;

    LoadedModel(StemEstimator estimator, int batchSize) {
        this.network = new NetworkStage(estimator, batchSize);
        this.separator = new StreamingSeparator(network);
    }

    StemEstimator estimator() {
        return network.estimator();
    }

    StreamingSeparator separator() {
        return separator;
    }

    EngineStatistics statistics() {
        return new EngineStatistics(
                network.batchSize(),
                network.segments(),
                network.batches(),
                network.computing(),
                Duration.ofNanos(System.nanoTime() - loadedNanos));
    }

    /** Whether a track may begin; it must {@link #leave} again. */
    synchronized boolean enter() {
        if (retired) {
            return false;
        }
        tracks++;
        return true;
    }

    void leave() {
        boolean close;
        synchronized (this) {
            tracks--;
            close = retired && tracks == 0;
        }
        if (close) {
            network.close();
        }
    }

    /** Lets tracks in flight end, and none begin. */
    void retire() {
        boolean close;
        synchronized (this) {
            close = !retired && tracks == 0;
            retired = true;
        }
        if (close) {
            network.close();
        }
    }

    /** Fails tracks in flight. */
    void closeNow() {
        synchronized (this) {
            if (retired && tracks == 0) {
                return;
            }
            retired = true;
        }
        network.close();
    }
}
