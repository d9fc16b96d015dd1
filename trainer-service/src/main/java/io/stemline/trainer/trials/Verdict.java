package io.stemline.trainer.trials;

import io.stemline.statistics.Bootstrap;
import io.stemline.statistics.Interval;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What follows from a trial. For every track the differences of the stems' scores, candidate minus active, are averaged; the candidate
 * is better beyond doubt when the bootstrap's interval of the mean over the tracks lies above zero.
 *
 * <ul>
 *   <li>A track, or a stem of it, that neither model has a score of says nothing and is left out, as does one that only the active
 *       model has none of.
 *   <li>One that only the candidate has no score of counts as {@value #FAILURE_DB} dB.
 *   <li>Too few tracks are left: refused.
 *   <li>A stem that is worse by more than a set amount on the average: refused, however good the others are.
 * </ul>
 *
 * @param reason the sentence with the figures
 */
record Verdict(boolean better, String reason, Figures figures) {
    static final double FAILURE_DB = -20;

    private static final double CONFIDENCE = 0.95;
    private static final long SEED = 1;

    /** By which figures a candidate is judged. */
    record Rules(String metric, int leastTracks, double worstStemDb) {}

    /**
     * The figures behind a verdict, in decibels, candidate minus active.
     *
     * @param byTrack mean difference of each track that counted, by its id
     * @param byStem mean difference of each stem over these tracks
     * @param low lower end of the interval of 95 %; NaN where no track counted
     * @param failed tracks on which only the candidate failed
     * @param leftOut tracks that say nothing
     */
    record Figures(
            String metric,
            Map<String, Double> byTrack,
            Map<String, Double> byStem,
            double mean,
            double low,
            double high,
            int failed,
            int leftOut) {}

    static Verdict of(TrialScores scores, Rules rules) {
        Map<String, Double> byTrack = new TreeMap<>();
        Map<String, List<Double>> stems = new TreeMap<>();
        int failed = 0;
        for (TrialScores.Track track : scores.tracks()) {
            Map<String, Double> differences = differences(track, scores.stems());
            if (!differences.isEmpty()) {
                byTrack.put(track.trackId(), mean(differences.values().stream().toList()));
                differences.forEach((stem, difference) ->
                        stems.computeIfAbsent(stem, absent -> new ArrayList<>()).add(difference));
                failed += track.candidate().isEmpty() ? 1 : 0;
            }
        }
        Map<String, Double> byStem = new TreeMap<>();
        stems.forEach((stem, differences) -> byStem.put(stem, mean(differences)));
        Interval interval = Bootstrap.meanOf(
                byTrack.values().stream().mapToDouble(difference -> difference).toArray(), CONFIDENCE, SEED);
        var figures = new Figures(
                rules.metric(),
                byTrack,
                byStem,
                interval.estimate(),
                interval.low(),
                interval.high(),
                failed,
                scores.tracks().size() - byTrack.size());
        return of(figures, rules);
    }

    private static Verdict of(Figures figures, Rules rules) {
        int tracks = figures.byTrack().size();
        if (tracks < rules.leastTracks()) {
            return new Verdict(
                    false,
                    "not judged: %d test tracks could be compared, and %d are needed%s"
                            .formatted(tracks, rules.leastTracks(), leftOut(figures)),
                    figures);
        }
        String summary = String.format(
                Locale.ROOT,
                "%s %+.2f dB on %d test tracks, 95 %% interval %+.2f to %+.2f dB%s%s",
                figures.metric(),
                figures.mean(),
                tracks,
                figures.low(),
                figures.high(),
                figures.failed() == 0 ? "" : "; it failed on %d of them".formatted(figures.failed()),
                leftOut(figures));
        if (!(figures.low() > 0)) {
            return new Verdict(false, "not better beyond doubt: " + summary, figures);
        }
        Optional<Map.Entry<String, Double>> worst = figures.byStem().entrySet().stream()
                .min(Map.Entry.comparingByValue(Comparator.naturalOrder()))
                .filter(stem -> stem.getValue() < -rules.worstStemDb());
        return worst.map(stem -> new Verdict(
                        false,
                        String.format(
                                Locale.ROOT,
                                "%s is worse by %.2f dB, and %.2f dB are allowed, while all stems together: %s",
                                stem.getKey(),
                                -stem.getValue(),
                                rules.worstStemDb(),
                                summary),
                        figures))
                .orElseGet(() -> new Verdict(true, "better beyond doubt: " + summary, figures));
    }

    private static String leftOut(Figures figures) {
        return figures.leftOut() == 0 ? "" : "; %d left out that have no scores".formatted(figures.leftOut());
    }

    /** Differences by stem; empty if the track says nothing. */
    private static Map<String, Double> differences(TrialScores.Track track, List<String> stems) {
        Map<String, Double> differences = new TreeMap<>();
        for (String stem : stems) {
            double active = track.active().getOrDefault(stem, Double.NaN);
            double candidate = track.candidate().getOrDefault(stem, Double.NaN);
            if (Double.isFinite(active)) {
                differences.put(stem, Double.isFinite(candidate) ? candidate - active : FAILURE_DB);
            }
        }
        return differences;
    }

    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(value -> value).average().orElseThrow();
    }
}
