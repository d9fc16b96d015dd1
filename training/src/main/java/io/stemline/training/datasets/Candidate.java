package io.stemline.training.datasets;

import java.util.Map;
import java.util.Optional;

/**
 * A track as a layout lists it; nothing has been opened yet.
 *
 * @param stems those that are there, by label
 * @param mixture where it is stored, if it is; otherwise it is the sum of the stems
 */
record Candidate(Split split, String name, Map<String, SourceStem> stems, Optional<SourceStem> mixture) {
    Candidate {
        stems = Map.copyOf(stems);
    }

    Candidate in(Split other) {
        return new Candidate(other, name, stems, mixture);
    }
}
