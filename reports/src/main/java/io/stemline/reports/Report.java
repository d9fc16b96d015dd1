package io.stemline.reports;

import io.stemline.reports.scores.ScoreTable;
import java.time.Instant;
import java.util.List;

/**
 * What a report is about.
 *
 * @param separated what models made of tracks, where that is known; scores that were read from files have none of it
 * @param failures what could not be separated at all
 * @param remarks what was noticed when scores were read
 */
public record Report(
        String title,
        Instant madeAt,
        ScoreTable scores,
        List<SeparatedTrack> separated,
        List<Failure> failures,
        List<Remark> remarks) {

    public Report {
        separated = List.copyOf(separated);
        failures = List.copyOf(failures);
        remarks = List.copyOf(remarks);
    }

    /** A report on scores alone. */
    public static Report of(String title, Instant madeAt, ScoreTable scores, List<Remark> remarks) {
        return new Report(title, madeAt, scores, List.of(), List.of(), remarks);
    }

    /** A track without stems, and why. */
    public record Failure(String name, String reason) {}
}
