package io.stemline.ingest.console.learning;

import io.stemline.ingest.learning.ModelScores;
import io.stemline.ingest.learning.ModelScores.Score;
import java.util.List;
import java.util.Optional;

/** Medians with a line for each stem and a column for each metric. */
record ScoreGrid(List<String> metrics, List<Line> lines) {

    /** @param tracks the most that any of its metrics has */
    record Line(String stem, List<Optional<Double>> mediansDb, int tracks) {}

    static ScoreGrid of(ModelScores scores) {
        List<String> metrics =
                scores.scores().stream().map(Score::metric).distinct().toList();
        return new ScoreGrid(
                metrics,
                scores.scores().stream()
                        .map(Score::stem)
                        .distinct()
                        .sorted()
                        .map(stem -> new Line(
                                stem,
                                metrics.stream()
                                        .map(metric -> medianDb(scores, metric, stem))
                                        .toList(),
                                scores.scores().stream()
                                        .filter(score -> score.stem().equals(stem))
                                        .mapToInt(Score::tracks)
                                        .max()
                                        .orElse(0)))
                        .toList());
    }

    static Optional<Double> medianDb(ModelScores scores, String metric, String stem) {
        return scores.scores().stream()
                .filter(score -> score.metric().equals(metric) && score.stem().equals(stem))
                .map(Score::medianDb)
                .findFirst();
    }
}
