package io.stemline.separation.streaming;

import io.stemline.separation.SeparationCancelledException;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * A track in flight, as its stages see it: the events that wait for the writing stage, and the mixture's blocks that go
 * with them. Neither queue needs a bound: segments are bounded by their pools, and the mixture is read no further than
 * there are segments for it.
 */
final class Track {

    /** Something that the writing stage has to act on. */
    sealed interface Event {}

    /** The network has said what it has to say about a segment. */
    record Estimated(Segment segment) implements Event {}

    /** A stage cannot go on. */
    record Failed(Throwable cause) implements Event {}

    /** The mixture has ended. */
    record EndOfMixture(long segments, long lengthFrames) implements Event {}

    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final Queue<float[][]> mixture = new ConcurrentLinkedQueue<>();
    private volatile boolean abandoned;

    void put(Event event) {
        events.add(event);
    }

    Event take() throws InterruptedException {
        return events.take();
    }

    void addMixture(float[][] block) {
        mixture.add(block);
    }

    /** The blocks read so far that were not polled yet, one after the other, then null. */
    float[][] pollMixture() {
        return mixture.poll();
    }

    void cancel() {
        put(new Failed(new SeparationCancelledException("the separation was cancelled")));
    }

    /** Nobody waits for this track any more. */
    void abandon() {
        abandoned = true;
    }

    boolean isAbandoned() {
        return abandoned;
    }
}
