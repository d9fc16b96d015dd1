package io.stemline.training.songs;

import static java.lang.StrictMath.exp;

/** Loudness over the time of a note. */
final class Envelope {
    private static final double SIXTY_DECIBELS = 6.907755278982137;

    private Envelope() {}

    /** The factor per frame of a decay by 60 dB in the given time. */
    static double keepPerFrame(double decaySeconds) {
        return exp(-SIXTY_DECIBELS / (decaySeconds * SongGenerator.SAMPLE_RATE_HZ));
    }

    /** A linear attack and a linear release at the end of the frames. */
    static void fade(float[] x, int frames, double attackSeconds, double releaseSeconds) {
        int attack = Math.min(frames / 2, (int) (attackSeconds * SongGenerator.SAMPLE_RATE_HZ));
        for (int i = 0; i < attack; i++) {
            x[i] *= (float) i / attack;
        }
        int release = Math.min(frames / 2, (int) (releaseSeconds * SongGenerator.SAMPLE_RATE_HZ));
        for (int i = 0; i < release; i++) {
            x[frames - 1 - i] *= (float) i / release;
        }
    }

    /** An exponential decay by 60 dB in the given time, towards a level that is kept. */
    static void decay(float[] x, int frames, double decaySeconds, double sustain) {
        float keep = (float) keepPerFrame(decaySeconds);
        float above = (float) (1 - sustain);
        for (int i = 0; i < frames; i++) {
            x[i] *= (float) sustain + above;
            above *= keep;
        }
    }
}
