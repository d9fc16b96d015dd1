package io.stemline.cli.scores;

import java.util.Comparator;
import java.util.List;

/** The order in which museval lists stems. */
final class StemOrder {

    private static final List<String> FIRST = List.of("vocals", "drums", "bass", "other");
    private static final String LAST = "accompaniment";

    /** MUSDB's stems, then all others by name, then the accompaniment. */
    static final Comparator<String> MUSDB =
            Comparator.comparingInt(StemOrder::rank).thenComparing(Comparator.naturalOrder());

    private StemOrder() {}

    private static int rank(String stem) {
        int rank = FIRST.indexOf(stem);
        if (rank >= 0) {
            return rank;
        }
        return stem.equals(LAST) ? FIRST.size() + 1 : FIRST.size();
    }
}
