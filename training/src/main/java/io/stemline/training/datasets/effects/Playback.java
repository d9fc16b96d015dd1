package io.stemline.training.datasets.effects;

import java.util.Arrays;

/** Plays signals at another speed and another pitch. Keeps its working memory; used by one thread at a time. */
public final class Playback {
    private final int channels;
    private final RateChange rateChange = new RateChange();
    private final TimeStretch timeStretch = new TimeStretch();
    private float[][] source = {};
    private float[][] stretched = {};

    public Playback(int channels) {
        this.channels = channels;
    }

    /**
     * {@code out[n]} sounds as the signal does at {@code from + n * speed}, higher by {@code rateSteps / 256 / speed}.
     *
     * @param signal {@code [channel][frame]}; silent before its beginning and after its end
     * @param rateSteps speed times pitch, see {@link RateChange#nearestSteps}
     * @param out {@code [channel][frame]}, the first frames are overwritten
     */
    public void play(float[][] signal, int from, double speed, int rateSteps, float[][] out, int frames) {
        if (speed == 1 && rateSteps == RateChange.STEPS) {
            copy(signal, from, out, frames);
            return;
        }
        int margin = RateChange.margin(rateSteps);
        int needed = (int) Math.ceil((double) frames * rateSteps / RateChange.STEPS) + 2 * margin;
        stretched = atLeast(stretched, channels, needed);
        double stretch = rateSteps / (speed * RateChange.STEPS);
        if (stretch == 1) {
            copy(signal, from - margin, stretched, needed);
        } else {
            int context = TimeStretch.margin(stretch);
            int length = (int) Math.ceil(needed / stretch) + 2 * context;
            source = atLeast(source, channels, length);
            copy(signal, from - (int) Math.round(margin / stretch) - context, source, length);
            timeStretch.stretch(source, length, context, stretch, stretched, needed);
        }
        for (int channel = 0; channel < channels; channel++) {
            rateChange.play(stretched[channel], margin, rateSteps, out[channel], frames);
        }
    }

    private static void copy(float[][] signal, int from, float[][] to, int frames) {
        int first = Math.clamp(-(long) from, 0, frames);
        int last = Math.clamp((long) signal[0].length - from, first, frames);
        for (int channel = 0; channel < to.length; channel++) {
            Arrays.fill(to[channel], 0, first, 0);
            System.arraycopy(signal[channel], from + first, to[channel], first, last - first);
            Arrays.fill(to[channel], last, frames, 0);
        }
    }

    /** The array if it is large enough, or one that is. */
    public static float[][] atLeast(float[][] samples, int channels, int frames) {
        return samples.length == channels && samples[0].length >= frames ? samples : new float[channels][frames];
    }
}
