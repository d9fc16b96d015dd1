package io.stemline.ingest.datasets;

import io.stemline.registry.Split;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A data set as the API shows it.
 *
 * @param hours how long all of its tracks play
 * @param splits how many tracks are in which split; splits that nothing is in are left out
 * @param waiting entries that nobody has looked at yet
 * @param refused how many entries were not taken
 */
public record DatasetView(
        String name,
        Instant createdAt,
        int tracks,
        double hours,
        Map<Split, Integer> splits,
        int waiting,
        int refused) {

    /**
     * A data set with all that is in it.
     *
     * @param refusals what was not taken, and why
     */
    public record Whole(DatasetView dataset, List<Track> tracks, List<Refusal> refusals) {}

    /**
     * A track of a data set.
     *
     * @param stems the stems that it has references for
     */
    public record Track(String trackId, String name, Split split, double seconds, List<String> stems) {}

    public record Refusal(String path, String reason) {}

    /**
     * What became of a request: the entries are taken in from now on.
     *
     * @param batchId the batch by which that can be followed
     */
    public record Accepted(DatasetView dataset, String batchId, int entries) {}
}
