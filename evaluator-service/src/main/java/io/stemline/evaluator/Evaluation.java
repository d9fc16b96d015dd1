package io.stemline.evaluator;

import io.stemline.evaluation.Check;
import io.stemline.evaluation.StemFrames;
import io.stemline.evaluation.TrackScores;
import io.stemline.evaluation.TrackWarning;
import io.stemline.events.EvaluationCompleted;
import java.util.List;

/**
 * What came of an evaluation.
 *
 * @param frames the windows behind the scores; empty where the evaluation was made before
 * @param seconds how long it took
 */
record Evaluation(
        List<EvaluationCompleted.Score> scores,
        List<StemFrames> frames,
        List<EvaluationCompleted.Check> checks,
        List<String> warnings,
        double seconds) {

    static Evaluation of(TrackScores scores, List<Check> checks, double seconds) {
        return new Evaluation(
                scores.scores().stream()
                        .map(score -> new EvaluationCompleted.Score(score.stem(), score.metric(), score.value()))
                        .toList(),
                scores.frames(),
                checks.stream()
                        .map(check -> new EvaluationCompleted.Check(check.name(), check.passed(), check.detail()))
                        .toList(),
                scores.warnings().stream().map(TrackWarning::message).toList(),
                seconds);
    }
}
