package io.stemline.evaluation;

import io.stemline.audio.AudioBuffer;
import io.stemline.audio.AudioFiles;
import io.stemline.audio.AudioFormat;
import io.stemline.audio.Encoding;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;

/** Signals for tests, and files of them. */
final class Sounds {
    static final int SAMPLE_RATE_HZ = 8000;

    private Sounds() {}

    /** White noise, stereo, [channel][frame]. */
    static float[][] noise(long seed, int lengthFrames, double level) {
        var random = new Random(seed);
        var samples = new float[2][lengthFrames];
        for (float[] channel : samples) {
            for (int i = 0; i < lengthFrames; i++) {
                channel[i] = (float) (level * random.nextGaussian());
            }
        }
        return samples;
    }

    static float[][] silence(int lengthFrames) {
        return new float[2][lengthFrames];
    }

    static float[][] sum(float[][]... signals) {
        var sum = new float[signals[0].length][signals[0][0].length];
        for (float[][] signal : signals) {
            for (int c = 0; c < sum.length; c++) {
                for (int i = 0; i < sum[c].length; i++) {
                    sum[c][i] += signal[c][i];
                }
            }
        }
        return sum;
    }

    static float[][] scaled(float[][] signal, double gain) {
        var scaled = new float[signal.length][signal[0].length];
        for (int c = 0; c < signal.length; c++) {
            for (int i = 0; i < signal[c].length; i++) {
                scaled[c][i] = (float) (gain * signal[c][i]);
            }
        }
        return scaled;
    }

    static float[][] cut(float[][] signal, int lengthFrames) {
        var cut = new float[signal.length][];
        Arrays.setAll(cut, c -> Arrays.copyOf(signal[c], lengthFrames));
        return cut;
    }

    static float[][] padded(float[][] signal, int moreFrames) {
        return cut(signal, signal[0].length + moreFrames);
    }

    static StemFile file(Path folder, String name, float[][] samples) {
        return file(folder, name, samples, SAMPLE_RATE_HZ);
    }

    static StemFile file(Path folder, String name, float[][] samples, int sampleRateHz) {
        Path file = folder.resolve(name + ".wav");
        var format = new AudioFormat(sampleRateHz, samples.length);
        AudioFiles.write(file, new AudioBuffer(format, samples), Encoding.WAV_FLOAT);
        String stem = name.substring(name.indexOf('-') + 1);
        return new StemFile(stem, file);
    }
}
