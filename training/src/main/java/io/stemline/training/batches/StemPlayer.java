package io.stemline.training.batches;

import java.util.Arrays;

/** Plays a stem of a take into a batch. Keeps its working memory; used by one thread at a time. */
final class StemPlayer {
    /** Filters begin this long before the chunk, so that the chunk does not begin with their settling. */
    private static final int LEAD_FRAMES = 2048;

    private final int channels;
    private final RateChange rateChange = new RateChange();
    private final TimeStretch timeStretch = new TimeStretch();
    private float[][] source = {};
    private float[][] stretched = {};
    private float[][] played = {};

    StemPlayer(int channels) {
        if (channels > 2) {
            throw new IllegalArgumentException("Batches are mono or stereo, not of " + channels + " channels");
        }
        this.channels = channels;
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
        played = atLeast(played, lead + frames);
        int from = take.firstFrame() - (int) Math.round(lead * take.speed());
        if (take.unchanged()) {
            copy(passage, from, played, lead + frames);
        } else {
            change(passage, from, take, lead + frames);
        }
        filter.filter(played, lead + frames);
        touch.apply(played, lead, to, at, frames);
    }

    private void change(float[][] passage, int from, Take take, int frames) {
        int margin = RateChange.margin(take.rateSteps());
        int needed = (int) Math.ceil((double) frames * take.rateSteps() / RateChange.STEPS) + 2 * margin;
        stretched = atLeast(stretched, needed);
        double stretch = take.stretch();
        if (stretch == 1) {
            copy(passage, from - margin, stretched, needed);
        } else {
            int context = TimeStretch.margin();
            int length = (int) Math.ceil(needed / stretch) + 2 * context;
            source = atLeast(source, length);
            copy(passage, from - (int) Math.round(margin / stretch) - context, source, length);
            timeStretch.stretch(source, length, context, stretch, stretched, needed);
        }
        for (int channel = 0; channel < channels; channel++) {
            rateChange.play(stretched[channel], margin, take.rateSteps(), played[channel], frames);
        }
    }

    private static void copy(float[][] passage, int from, float[][] to, int frames) {
        int first = Math.clamp(-(long) from, 0, frames);
        int last = Math.clamp((long) passage[0].length - from, first, frames);
        for (int channel = 0; channel < to.length; channel++) {
            Arrays.fill(to[channel], 0, first, 0);
            System.arraycopy(passage[channel], from + first, to[channel], first, last - first);
            Arrays.fill(to[channel], last, frames, 0);
        }
    }

    private float[][] atLeast(float[][] samples, int frames) {
        return samples.length == channels && samples[0].length >= frames ? samples : new float[channels][frames];
    }
}
