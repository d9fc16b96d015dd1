package io.stemline.separation.streaming;

import java.util.concurrent.BlockingQueue;

/**
 * Cuts one group of channels, at the network's rate, into overlapping segments. A segment goes out when it is full and
 * the track is known to go on, so that the last one is known to be the last.
 */
abstract sealed class SegmentAnalysis permits SpectrogramAnalysis, WaveformAnalysis {

    private final BlockingQueue<Segment> pool;
    private final NetworkStage network;
    private Segment current;
    private long submitted;

    SegmentAnalysis(BlockingQueue<Segment> pool, NetworkStage network) {
        this.pool = pool;
        this.network = network;
    }

    /** Takes samples of the whole mixture, {@code [channel][frame]}; waits while too many segments are under way. */
    abstract void accept(float[][] mixture, int offset, int frames) throws InterruptedException;

    /** Sends the rest on its way. */
    abstract void finish() throws InterruptedException;

    /** Segments sent on their way. */
    final long submitted() {
        return submitted;
    }

    /** A segment with room for another row. */
    final Segment roomy() throws InterruptedException {
        if (current == null) {
            current = pool.take();
            current.startTrack();
        } else if (current.isFull()) {
            var next = pool.take();
            next.startAfter(current);
            submit(current);
            current = next;
        }
        return current;
    }

    final void submitLast(long trackLength) {
        current.endTrack(trackLength);
        submit(current);
    }

    private void submit(Segment segment) {
        submitted++;
        network.submit(segment);
    }
}
