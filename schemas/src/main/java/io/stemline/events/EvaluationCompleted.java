package io.stemline.events;

import java.util.List;
import java.util.Optional;

/**
 * The stems of a separation were scored against references, or checked without.
 *
 * @param protocol name and version of the way of scoring; scores of different protocols do not compare
 * @param scores empty where the track has no references
 * @param checks what was checked without references
 */
public record EvaluationCompleted(
        String evaluationId,
        String trackId,
        String separationId,
        String modelId,
        String protocol,
        List<Score> scores,
        List<Check> checks,
        Optional<Origin> origin)
        implements Event {

    public EvaluationCompleted {
        scores = List.copyOf(scores);
        checks = List.copyOf(checks);
    }

    @Override
    public String key() {
        return trackId;
    }

    /**
     * @param metric {@code SDR}, {@code SI-SDR}, {@code SNR} and so on
     * @param value in dB; may be infinite, or not a number where the metric is not defined
     */
    public record Score(String stem, String metric, double value) {}

    /**
     * @param name {@code stems-add-up}, {@code no-clipping} and so on
     * @param detail the measured figure in words
     */
    public record Check(String name, boolean passed, String detail) {}
}
