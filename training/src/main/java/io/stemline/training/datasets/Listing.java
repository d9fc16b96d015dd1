package io.stemline.training.datasets;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a data set contains according to its folders or tables.
 *
 * @param labels all stems that its kind knows
 * @param candidates in the order of their names within each split
 */
record Listing(String name, List<String> labels, List<Candidate> candidates) {

    static Listing of(TrackList tracks) {
        List<Candidate> candidates = tracks.entries().stream()
                .map(entry -> new Candidate(
                        entry.split(), entry.name(), stems(entry), Optional.of(SourceStem.of(entry.mixture()))))
                .toList();
        return new Listing(tracks.name(), tracks.labels(), candidates);
    }

    private static Map<String, SourceStem> stems(TrackList.Entry entry) {
        Map<String, SourceStem> stems = new HashMap<>();
        entry.stems().forEach((label, audio) -> stems.put(label, SourceStem.of(audio)));
        return stems;
    }

    /**
     * Takes validation tracks from the training tracks where the data set has none: those whose name, as a number between 0
     * and 1, lies below the share, and the one with the lowest if there are none. A track stays on its side whatever other
     * tracks come and go.
     */
    Listing withValidation(double share) {
        boolean given = candidates.stream().anyMatch(candidate -> candidate.split() == Split.VALIDATION);
        List<Candidate> training = candidates.stream()
                .filter(candidate -> candidate.split() == Split.TRAIN)
                .toList();
        if (given || share == 0 || training.size() < 2) {
            return this;
        }
        Optional<Candidate> lowest = training.stream().min(Comparator.comparingDouble(Listing::fraction));
        double below = Math.max(share, Math.nextUp(fraction(lowest.orElseThrow())));
        List<Candidate> divided = new ArrayList<>();
        for (Candidate candidate : candidates) {
            boolean moves = candidate.split() == Split.TRAIN && fraction(candidate) < below;
            divided.add(moves ? candidate.in(Split.VALIDATION) : candidate);
        }
        return new Listing(name, labels, List.copyOf(divided));
    }

    private static double fraction(Candidate candidate) {
        return (Draws.number(candidate.name()) >>> 11) * 0x1.0p-53;
    }
}
