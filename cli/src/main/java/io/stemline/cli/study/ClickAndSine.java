package io.stemline.cli.study;

import io.stemline.cli.study.StftStudy.Sources;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * The mixture that shows what window and hop do: a steady tone, which is one line of a spectrogram, and clicks of two
 * milliseconds, which are columns. Both have the same energy.
 */
final class ClickAndSine {
    private static final int SAMPLE_RATE_HZ = 44_100;
    private static final int SECONDS = 8;
    private static final double TONE_HZ = 440;
    private static final double TONE_LEVEL = 0.25;
    private static final int CLICK_FRAMES = SAMPLE_RATE_HZ / 500;
    private static final double CLICKS_A_SECOND = 2;
    private static final long SEED = 8192;

    private ClickAndSine() {}

    static Sources sources() {
        int lengthFrames = SECONDS * SAMPLE_RATE_HZ;
        float[] tone = new float[lengthFrames];
        for (int n = 0; n < lengthFrames; n++) {
            tone[n] = (float) (TONE_LEVEL * Math.sin(2 * Math.PI * TONE_HZ * n / SAMPLE_RATE_HZ));
        }
        Map<String, float[][]> stems = new LinkedHashMap<>();
        stems.put("sine", new float[][] {tone});
        stems.put("click", new float[][] {scaledTo(energy(tone), clicks(lengthFrames))});
        return new Sources("click and sine", SAMPLE_RATE_HZ, stems);
    }

    /** Decaying noise, at times that no hop divides evenly. */
    private static float[] clicks(int lengthFrames) {
        var random = new SplittableRandom(SEED);
        float[] clicks = new float[lengthFrames];
        double distance = SAMPLE_RATE_HZ / CLICKS_A_SECOND;
        for (double start = distance / 2; start + CLICK_FRAMES < lengthFrames; start += distance) {
            int first = (int) start + random.nextInt((int) distance / 8);
            for (int n = 0; n < CLICK_FRAMES && first + n < lengthFrames; n++) {
                double decay = Math.exp(-4.0 * n / CLICK_FRAMES);
                clicks[first + n] = (float) (decay * (2 * random.nextDouble() - 1));
            }
        }
        return clicks;
    }

    private static float[] scaledTo(double energy, float[] samples) {
        double gain = Math.sqrt(energy / energy(samples));
        for (int n = 0; n < samples.length; n++) {
            samples[n] *= (float) gain;
        }
        return samples;
    }

    private static double energy(float[] samples) {
        double energy = 0;
        for (float sample : samples) {
            energy += (double) sample * sample;
        }
        return energy;
    }
}
