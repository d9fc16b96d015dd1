package io.stemline.reports.scores;

import java.util.Comparator;
import java.util.List;

/** The order in which the field lists stems and metrics; others follow by name. */
final class ScoreOrder {
    private static final List<String> STEMS = List.of("vocals", "drums", "bass", "other", "accompaniment");
    private static final List<String> METRICS =
            List.of("SDR", "SIR", "SAR", "ISR", "SI-SDR", "SI-SDRi", "SNR", "SNRi", "MDX-SDR", "MDX-SDRi");

    static final Comparator<String> OF_STEMS = by(STEMS);
    static final Comparator<String> OF_METRICS = by(METRICS);

    private ScoreOrder() {}

    private static Comparator<String> by(List<String> first) {
        return Comparator.<String>comparingInt(name -> first.contains(name) ? first.indexOf(name) : first.size())
                .thenComparing(Comparator.naturalOrder());
    }
}
