package io.stemline.training.batches;

import io.stemline.training.datasets.LabelledTrack;
import java.util.List;

/** A stretch of a track in memory, with all its stems. */
final class Passage {
    private static final int BLOCK_FRAMES = 4096;

    private final String track;
    private final float[][][] stems;
    private final double[][] energyBefore;

    /** @param stems {@code [stem][channel][frame]} */
    Passage(String track, float[][][] stems) {
        this.track = track;
        this.stems = stems;
        energyBefore = new double[stems.length][];
        for (int stem = 0; stem < stems.length; stem++) {
            energyBefore[stem] = energyBefore(stems[stem]);
        }
    }

    static Passage read(LabelledTrack track, List<String> stems, long firstFrame, int frames) {
        float[][][] samples = new float[stems.size()][][];
        for (int stem = 0; stem < samples.length; stem++) {
            samples[stem] = track.read(stems.get(stem), firstFrame, frames);
        }
        return new Passage(track.name(), samples);
    }

    private static double[] energyBefore(float[][] samples) {
        int frames = samples[0].length;
        double[] before = new double[(frames + BLOCK_FRAMES - 1) / BLOCK_FRAMES + 1];
        for (int block = 0; block < before.length - 1; block++) {
            double energy = 0;
            for (float[] channel : samples) {
                for (int i = block * BLOCK_FRAMES; i < Math.min(frames, (block + 1) * BLOCK_FRAMES); i++) {
                    energy += channel[i] * channel[i];
                }
            }
            before[block + 1] = before[block] + energy;
        }
        return before;
    }

    String track() {
        return track;
    }

    int lengthFrames() {
        return stems[0][0].length;
    }

    /** {@code [channel][frame]}, not to be written to. */
    float[][] stem(int stem) {
        return stems[stem];
    }

    /** Whether anything of the stem is in the blocks around a stretch. */
    boolean heard(int stem, int firstFrame, int frames) {
        int last = energyBefore[stem].length - 1;
        int from = Math.min(last, firstFrame / BLOCK_FRAMES);
        int to = Math.min(last, (firstFrame + frames + BLOCK_FRAMES - 1) / BLOCK_FRAMES);
        return energyBefore[stem][to] > energyBefore[stem][from];
    }
}
