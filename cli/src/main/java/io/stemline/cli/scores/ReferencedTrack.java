package io.stemline.cli.scores;

import io.stemline.evaluation.StemFile;
import java.util.List;

/**
 * A track to score.
 *
 * @param subset the part of the collection that it belongs to, for instance {@code test}; empty if there are no parts
 * @param name what it is called
 * @param references its true stems, and perhaps the mixture
 * @param estimates the stems to score
 */
public record ReferencedTrack(String subset, String name, List<StemFile> references, List<StemFile> estimates) {

    public ReferencedTrack {
        references = List.copyOf(references);
        estimates = List.copyOf(estimates);
    }

    /** Subset and name, which no other track shares. */
    public String title() {
        return subset.isEmpty() ? name : subset + "/" + name;
    }
}
