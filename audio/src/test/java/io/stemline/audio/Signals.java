package io.stemline.audio;

import java.util.SplittableRandom;

/** Signals that tests are made of. */
public final class Signals {

    private Signals() {}

    /** Uniform noise, the same for the same seed. */
    public static AudioBuffer noise(int sampleRateHz, int channels, int lengthFrames, double amplitude, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[][] samples = new float[channels][lengthFrames];
        for (float[] channel : samples) {
            for (int n = 0; n < lengthFrames; n++) {
                channel[n] = (float) (amplitude * (2 * random.nextDouble() - 1));
            }
        }
        return new AudioBuffer(new AudioFormat(sampleRateHz, channels), samples);
    }

    /** Sines of different pitch per channel: 440 Hz, 660 Hz, 880 Hz, ... */
    public static AudioBuffer sines(int sampleRateHz, int channels, int lengthFrames, double amplitude) {
        float[][] samples = new float[channels][lengthFrames];
        for (int channel = 0; channel < channels; channel++) {
            double frequencyHz = 440 + 220 * channel;
            for (int n = 0; n < lengthFrames; n++) {
                samples[channel][n] = (float) (amplitude * Math.sin(2 * Math.PI * frequencyHz * n / sampleRateHz));
            }
        }
        return new AudioBuffer(new AudioFormat(sampleRateHz, channels), samples);
    }

    /** Rounded to a multiple of {@code 2^(1 - bits)}, as an integer format of so many bits holds it. */
    public static AudioBuffer quantized(AudioBuffer signal, int bits) {
        double steps = Math.scalb(1.0, bits - 1);
        float[][] samples = new float[signal.channels()][signal.lengthFrames()];
        for (int channel = 0; channel < samples.length; channel++) {
            for (int n = 0; n < samples[channel].length; n++) {
                double step = Math.rint(signal.channel(channel)[n] * steps);
                samples[channel][n] = (float) (Math.max(-steps, Math.min(steps - 1, step)) / steps);
            }
        }
        return new AudioBuffer(signal.format(), samples);
    }

    /** Power of the difference over power of the reference, in decibels, over some frames of a channel. */
    public static double errorDb(float[] actual, float[] reference, int from, int to) {
        double error = 0;
        double power = 0;
        for (int n = from; n < to; n++) {
            error += Math.pow((double) actual[n] - reference[n], 2);
            power += Math.pow(reference[n], 2);
        }
        return 10 * Math.log10(error / power);
    }
}
