package io.stemline.ingest.tracks;

import io.stemline.events.EvaluationCompleted.Check;
import io.stemline.events.EvaluationCompleted.Score;
import io.stemline.events.StemsReady.Stem;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A track as the API shows it.
 *
 * @param references names of the stems that it has references for
 * @param separations what was made of it, newest first
 */
public record TrackView(
        String trackId,
        String name,
        Optional<String> title,
        Optional<String> artist,
        Optional<String> album,
        Optional<String> isrc,
        String container,
        int sampleRateHz,
        int channels,
        long lengthFrames,
        List<String> references,
        List<SeparationView> separations) {

    /**
     * @param seconds how long the work took
     * @param protocol the way of scoring, once it is evaluated
     */
    public record SeparationView(
            String separationId,
            String modelId,
            String encoding,
            double seconds,
            Instant createdAt,
            List<Stem> stems,
            Optional<String> protocol,
            List<Score> scores,
            List<Check> checks,
            List<String> warnings) {}
}
