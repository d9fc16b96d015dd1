package io.stemline.events;

import java.util.Optional;

/**
 * How far the work on a track is. Not kept long, and nothing depends on it.
 *
 * @param trackId the track; of a training run, which works on none, the run's id
 * @param service who works
 * @param stage {@code separating}, {@code evaluating}, {@code training} and so on
 * @param fraction done of this stage, 0 to 1
 */
public record Progress(String trackId, String service, String stage, double fraction, Optional<Origin> origin)
        implements Event {

    @Override
    public String key() {
        return trackId;
    }
}
