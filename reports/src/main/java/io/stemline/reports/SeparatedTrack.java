package io.stemline.reports;

import io.stemline.reports.scores.ScoredTrack;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A track that a model separated.
 *
 * @param separationId where its stems are
 * @param seconds how long separating took
 * @param evaluatedAt when it was scored or checked, if it was
 * @param checks how many checks were made without references
 * @param failedChecks those that it failed
 * @param warnings what was noticed when it was scored
 */
public record SeparatedTrack(
        String modelId,
        ScoredTrack track,
        String separationId,
        double lengthSeconds,
        double seconds,
        Optional<Instant> evaluatedAt,
        int checks,
        List<FailedCheck> failedChecks,
        List<String> warnings) {

    public SeparatedTrack {
        failedChecks = List.copyOf(failedChecks);
        warnings = List.copyOf(warnings);
    }

    /** A check and what it found. */
    public record FailedCheck(String name, String detail) {}
}
