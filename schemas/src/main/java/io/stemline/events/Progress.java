package io.stemline.events;

import java.util.Optional;

/**
 * How far the work on a track is. Not kept long, and nothing depends on it.
 *
 * @param service who works
 * @param stage {@code separating}, {@code evaluating} and so on
 * @param fraction done of this stage, 0 to 1
 */
public record Progress(String trackId, String service, String stage, double fraction, Optional<Origin> origin)
        implements Event {

    @Override
    public String key() {
        return trackId;
    }
}
