package io.stemline.separation.streaming;

import io.stemline.audio.AudioFormat;
import io.stemline.separation.model.ModelCard;
import java.time.Duration;
import java.util.List;

/**
 * What came of a separation.
 *
 * @param model the card of the model that did it
 * @param format format of the stems
 * @param lengthFrames length of the stems, which is the mixture's at their rate
 * @param stems the stems in figures, in the order in which they were opened
 * @param factor by which all stems were scaled, see {@link Clipping#RESCALE}; else 1
 * @param duration how long it took
 * @param warnings what was wrong with the source and could be passed over
 */
public record SeparationResult(
        ModelCard model,
        AudioFormat format,
        long lengthFrames,
        List<StemSummary> stems,
        double factor,
        Duration duration,
        List<String> warnings) {

    public SeparationResult {
        stems = List.copyOf(stems);
        warnings = List.copyOf(warnings);
    }
}
