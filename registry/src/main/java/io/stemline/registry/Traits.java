package io.stemline.registry;

import io.stemline.events.AudioReady;
import java.util.Set;

/**
 * What a track may have in common with others, so that they must not be divided.
 *
 * @param tags as far as they tell
 * @param name what people call the track
 * @param sounds hashes of what the track and its true stems sound like, as far as they are known; silence has none
 */
public record Traits(AudioReady.Tags tags, String name, Set<String> sounds) {
    public Traits {
        sounds = Set.copyOf(sounds);
    }
}
