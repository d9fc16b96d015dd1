package io.stemline.ingest.console.live;

import io.stemline.ingest.batches.BatchView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What goes on right now.
 *
 * @param trouble what keeps this from being complete, in a sentence
 * @param batches the newest, newest first
 * @param inWork tracks that somebody works on right now, those heard of last first; no more than a page shows
 * @param inWorkTotal how many they are altogether
 * @param failures the last, newest first
 */
public record LiveView(
        Optional<String> trouble,
        Speed speed,
        List<Queue> queues,
        List<BatchView> batches,
        List<InWork> inWork,
        int inWorkTotal,
        List<Failure> failures) {

    /**
     * How fast tracks are separated: over the last minutes, or since the stack has something to do.
     *
     * @param timesRealTime seconds of music separated in a second; absent when nothing was separated lately
     * @param remaining how long what is accepted will take at that speed; absent when that is not known
     */
    public record Speed(Optional<Double> timesRealTime, Optional<Double> tracksPerHour, Optional<Duration> remaining) {}

    /**
     * A queue of work.
     *
     * @param name {@code intake}, {@code separation}, {@code evaluation}
     * @param waiting how many wait or are under work
     * @param workers how many jobs can be done at the same time; absent when the broker does not say
     * @param hosts on how many machines
     */
    public record Queue(String name, long waiting, Optional<Integer> workers, int hosts) {}

    /** A track in work: {@code fraction} of its {@code stage} is done. */
    public record InWork(
            String itemId, String batchId, String name, Optional<String> trackId, String stage, double fraction) {}

    public record Failure(
            String itemId, String batchId, String name, Optional<String> trackId, String reason, Instant at) {}
}
