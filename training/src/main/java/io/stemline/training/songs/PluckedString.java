package io.stemline.training.songs;

import static java.lang.StrictMath.pow;

/** A plucked string (Karplus and Strong 1983, tuned by an all-pass after Jaffe and Smith 1983). */
final class PluckedString {
    private static final double SAMPLE_RATE_HZ = SongGenerator.SAMPLE_RATE_HZ;

    private PluckedString() {}

    /**
     * The sound of one string, about peak 1.
     *
     * @param brightness of the plectrum: 0 a thumb, 1 hard plastic
     * @param decaySeconds in which the fundamental falls by 60 dB
     * @param damping 0 a steel string to 0.5 a nylon one
     */
    static float[] pluck(Dice dice, int frames, double hertz, double brightness, double decaySeconds, double damping) {
        double period = SAMPLE_RATE_HZ / hertz;
        int delay = (int) (period - damping - 0.1);
        double fraction = period - damping - delay;
        float tuning = (float) ((1 - fraction) / (1 + fraction));
        float loss = (float) pow(10, -3 * period / (decaySeconds * SAMPLE_RATE_HZ));
        float[] y = excitation(dice, Math.max(frames, delay + 2), delay, brightness);
        float here = loss * (float) (1 - damping);
        float before = loss * (float) damping;
        float lastIn = 0;
        float lastOut = 0;
        for (int i = delay + 1; i < frames; i++) {
            float in = here * y[i - delay] + before * y[i - delay - 1];
            float out = tuning * in + lastIn - tuning * lastOut;
            lastIn = in;
            lastOut = out;
            y[i] += out + 1e-18f;
        }
        return y;
    }

    /** Filtered noise of one period, with the notches of a place along the string. */
    private static float[] excitation(Dice dice, int frames, int delay, double brightness) {
        float[] y = new float[frames];
        float keep = (float) (1 - brightness) * 0.98f;
        float state = 0;
        double energy = 0;
        int place = Math.max(1, (int) (delay * dice.uniform(0.08, 0.3)));
        float[] burst = new float[delay];
        for (int i = 0; i < delay; i++) {
            state = keep * state + (1 - keep) * dice.noise();
            burst[i] = state;
        }
        for (int i = 0; i < delay; i++) {
            y[i] = burst[i] - 0.8f * burst[Math.floorMod(i - place, delay)];
            energy += y[i] * y[i];
        }
        float scale = (float) (0.35 / Math.sqrt(energy / delay + 1e-12));
        for (int i = 0; i < delay; i++) {
            y[i] *= scale;
        }
        return y;
    }
}
