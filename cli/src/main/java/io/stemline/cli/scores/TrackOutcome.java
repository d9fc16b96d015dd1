package io.stemline.cli.scores;

import io.stemline.evaluation.StemScore;
import io.stemline.evaluation.TrackWarning;
import java.util.List;
import java.util.Optional;

/**
 * What came of a track.
 *
 * @param scores one figure a stem and metric; none if it failed
 * @param again whether an earlier run had scored it already
 * @param objection why what an earlier run left could not be used
 * @param failure why it has no scores
 */
public record TrackOutcome(
        ReferencedTrack track,
        List<StemScore> scores,
        List<TrackWarning> warnings,
        boolean again,
        Optional<String> objection,
        Optional<String> failure) {

    static TrackOutcome scored(ReferencedTrack track, TrackRecord record, boolean again, Optional<String> objection) {
        return new TrackOutcome(track, record.scores(), record.warnings(), again, objection, Optional.empty());
    }

    static TrackOutcome failed(ReferencedTrack track, String failure, Optional<String> objection) {
        return new TrackOutcome(track, List.of(), List.of(), false, objection, Optional.of(failure));
    }
}
