package io.stemline.training.songs;

import java.util.List;

/**
 * A part's channel of the mixing desk.
 *
 * @param levelDb loudness of the part while it plays, against the other parts
 * @param pan -1 left to 1 right
 * @param effects in the order in which they are applied
 */
public record Channel(double levelDb, double pan, List<Effect> effects) {
    public Channel {
        effects = List.copyOf(effects);
    }
}
