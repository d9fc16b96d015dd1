package io.stemline.ingest.learning;

import java.util.List;
import java.util.Optional;

/**
 * How well a model separates, by what was evaluated.
 *
 * @param scores by metric and stem
 * @param parent the same beside the model that it was trained from, on the tracks that both were scored on; absent without a parent
 */
public record ModelScores(String modelId, List<Score> scores, Optional<Parent> parent) {

    /**
     * A metric of a stem, in decibels.
     *
     * @param tracks how many have it
     */
    public record Score(String metric, String stem, int tracks, double medianDb) {}

    public record Parent(String modelId, List<Difference> differences) {}

    /**
     * A model beside its parent on the same tracks, in decibels.
     *
     * @param tracks how many both have it on
     * @param differenceDb the median of what each track gained, which is not the difference of the medians
     */
    public record Difference(
            String metric, String stem, int tracks, double medianDb, double parentMedianDb, double differenceDb) {}
}
