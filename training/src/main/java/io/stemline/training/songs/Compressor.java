package io.stemline.training.songs;

import static java.lang.StrictMath.exp;
import static java.lang.StrictMath.pow;
import static java.lang.StrictMath.sqrt;

/** Evens out levels: the gain follows the level of the whole track, so that it can be applied to several tracks alike. */
final class Compressor {
    private static final int BLOCK = 64;

    private Compressor() {}

    /** One gain per block of 64 frames: the level to the power of -amount, relative to the loudest moment. */
    static float[] gains(Track track, double amount, double seconds) {
        int frames = track.lengthFrames();
        int blocks = frames / BLOCK + 2;
        double keep = exp(-BLOCK / (seconds * SongGenerator.SAMPLE_RATE_HZ));
        double[] levels = new double[blocks];
        double power = 0;
        double loudest = 1e-9;
        for (int block = 0; block < blocks; block++) {
            power = power * keep + (1 - keep) * power(track, block * BLOCK);
            levels[block] = sqrt(power);
            loudest = Math.max(loudest, levels[block]);
        }
        float[] gains = new float[blocks];
        for (int block = 0; block < blocks; block++) {
            gains[block] = (float) pow(levels[block] / loudest + 0.03, -amount);
        }
        return gains;
    }

    private static double power(Track track, int start) {
        double sum = 0;
        for (int i = start; i < Math.min(track.lengthFrames(), start + BLOCK); i++) {
            sum += track.left[i] * track.left[i] + track.right[i] * track.right[i];
        }
        return sum / (2 * BLOCK);
    }

    static void apply(float[] gains, Track track) {
        for (int block = 0; block * BLOCK < track.lengthFrames(); block++) {
            float gain = gains[block];
            float step = (gains[block + 1] - gain) / BLOCK;
            for (int i = block * BLOCK; i < Math.min(track.lengthFrames(), (block + 1) * BLOCK); i++) {
                track.left[i] *= gain;
                track.right[i] *= gain;
                gain += step;
            }
        }
    }
}
