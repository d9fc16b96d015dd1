package io.stemline.trainer.trials;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How two models did on the same tracks.
 *
 * @param stems of the candidate
 */
record TrialScores(List<String> stems, List<Track> tracks) {

    /**
     * One track. A model that failed on it has no scores.
     *
     * @param candidate score by stem; NaN where it is not defined
     * @param active the same of the active model
     */
    record Track(String trackId, String name, Map<String, Double> candidate, Map<String, Double> active) {
        Track {
            candidate = new TreeMap<>(candidate);
            active = new TreeMap<>(active);
        }
    }
}
