package io.stemline.evaluation;

import java.util.List;

/**
 * The scores of a track.
 *
 * @param scores one figure a stem and metric
 * @param frames the windows behind those figures that are medians
 * @param warnings what the reader of the figures must know: stems left out, figures to distrust
 */
public record TrackScores(List<StemScore> scores, List<StemFrames> frames, List<TrackWarning> warnings) {

    public TrackScores {
        scores = List.copyOf(scores);
        frames = List.copyOf(frames);
        warnings = List.copyOf(warnings);
    }
}
