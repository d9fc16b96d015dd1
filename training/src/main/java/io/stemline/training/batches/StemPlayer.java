package io.stemline.training.batches;

import io.stemline.training.datasets.effects.BandFilter;
import io.stemline.training.datasets.effects.Playback;

/** Plays a stem of a take into a batch. Keeps its working memory; used by one thread at a time. */
final class StemPlayer {
    /** Filters begin this long before the chunk, so that the chunk does not begin with their settling. */
    private static final int LEAD_FRAMES = 2048;

    private final int channels;
    private final Playback playback;
    private float[][] played = {};

    StemPlayer(int channels) {
        if (channels > 2) {
            throw new IllegalArgumentException("Batches are mono or stereo, not of " + channels + " channels");
        }
        this.channels = channels;
        this.playback = new Playback(channels);
    }

    /** Writes {@code [channel][frames]} to {@code to} from {@code at} on. What the passage does not have is silent. */
    void play(Take take, int stem, BandFilter filter, Touch touch, float[] to, int at, int frames) {
        float[][] passage = take.passage().stem(stem);
        boolean inside = take.firstFrame() + frames <= take.passage().lengthFrames();
        if (take.unchanged() && filter.isEmpty() && inside) {
            touch.apply(passage, take.firstFrame(), to, at, frames);
            return;
        }
        int lead = filter.isEmpty() ? 0 : LEAD_FRAMES;
        played = Playback.atLeast(played, channels, lead + frames);
        int from = take.firstFrame() - (int) Math.round(lead * take.speed());
        playback.play(passage, from, take.speed(), take.rateSteps(), played, lead + frames);
        filter.filter(played, lead + frames);
        touch.apply(played, lead, to, at, frames);
    }
}
