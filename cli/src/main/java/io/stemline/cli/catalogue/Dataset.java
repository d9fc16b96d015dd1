package io.stemline.cli.catalogue;

import java.util.List;
import java.util.Map;

/**
 * Tracks with true stems.
 *
 * @param hours how long all of them play
 * @param splits how many tracks are in which split
 * @param waiting entries that nobody has looked at yet
 * @param refused how many entries were not taken
 */
public record Dataset(
        String name,
        String createdAt,
        int tracks,
        double hours,
        Map<String, Integer> splits,
        int waiting,
        int refused) {

    /** A data set with all that is in it. */
    public record Whole(Dataset dataset, List<Track> tracks, List<Refusal> refusals) {}

    public record Track(String trackId, String name, String split, double seconds, List<String> stems) {}

    public record Refusal(String path, String reason) {}

    /** A batch by which it can be followed how tracks are taken in. */
    public record Accepted(Dataset dataset, String batchId, int entries) {}
}
