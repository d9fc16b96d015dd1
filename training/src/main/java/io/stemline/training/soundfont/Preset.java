package io.stemline.training.soundfont;

import java.util.List;

/**
 * An instrument of a sound font.
 *
 * @param bank 128 holds drum kits
 * @param program 0 to 127; in bank 0 the sounds of General MIDI
 * @param regions what sounds at which key and velocity
 */
public record Preset(int bank, int program, String name, List<Region> regions) {
    public Preset {
        regions = List.copyOf(regions);
    }

    /** Whether this is a kit, where each key is a drum of its own. */
    public boolean isDrumKit() {
        return bank == 128;
    }

    /** Whether a key sounds at this velocity. */
    public boolean sounds(int key, int velocity) {
        return regions.stream().anyMatch(region -> region.covers(key, velocity));
    }
}
