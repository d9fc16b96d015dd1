package io.stemline.cli.scores;

import io.stemline.bsseval.Medians;
import io.stemline.evaluation.StemScore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Medians over tracks, as museval's {@code EvalStore} takes them: of the tracks' medians over windows, without those that are not
 * defined.
 *
 * @param figures figures by stem and metric
 */
public record ScoreSummary(Map<String, Map<String, Double>> figures) {

    public static ScoreSummary of(List<TrackOutcome> outcomes) {
        var values = new TreeMap<String, Map<String, List<Double>>>(StemOrder.MUSDB);
        for (TrackOutcome outcome : outcomes) {
            for (StemScore score : outcome.scores()) {
                values.computeIfAbsent(score.stem(), stem -> new LinkedHashMap<>())
                        .computeIfAbsent(score.metric(), metric -> new ArrayList<>())
                        .add(score.value());
            }
        }
        var figures = new LinkedHashMap<String, Map<String, Double>>();
        values.forEach((stem, metrics) -> {
            var medians = new LinkedHashMap<String, Double>();
            metrics.forEach((metric, ofTracks) -> medians.put(metric, median(ofTracks)));
            figures.put(stem, medians);
        });
        return new ScoreSummary(figures);
    }

    private static double median(List<Double> figures) {
        return Medians.of(figures.stream().mapToDouble(Double::doubleValue).toArray());
    }
}
