package io.stemline.training.songs;

import static java.lang.StrictMath.pow;

/**
 * Reverberation by a feedback delay network (Jot and Chaigne 1991): eight delay lines, mixed by a Hadamard matrix, each
 * with a loss that gives the room its decay time and two taps that make high tones decay sooner. All lines are longer than
 * a block, so that the loops over a block have no recursion and run in vectors; an order of magnitude cheaper than
 * convolution with a long impulse response.
 */
final class Room {
    private static final int LINES = 8;
    private static final int[] DELAYS = {1031, 1327, 1523, 1871, 2053, 2399, 2617, 2903};
    private static final int LONGEST = 2904;
    private static final int BLOCK = 512;
    private static final int CAPACITY = LONGEST + 16 * BLOCK;
    private static final float HADAMARD_SCALE = (float) Math.sqrt(1.0 / LINES);
    private static final float ANTI_DENORMAL = 1e-18f;

    private final float[][] lines = new float[LINES][CAPACITY];
    private final float[][] outputs = new float[LINES][BLOCK];
    private final float[] first = new float[LINES];
    private final float[] second = new float[LINES];
    private int written = LONGEST;

    private Room(double seconds, double brightnessHz) {
        double dullness = Math.clamp(0.3 * 2500 / brightnessHz, 0.02, 0.4);
        for (int line = 0; line < LINES; line++) {
            double loss = pow(10, -3.0 * DELAYS[line] / (seconds * SongGenerator.SAMPLE_RATE_HZ));
            first[line] = (float) (loss * (1 - dullness)) * HADAMARD_SCALE;
            second[line] = (float) (loss * dullness) * HADAMARD_SCALE;
        }
    }

    /** Adds the room's sound to the track at the level asked for. */
    static void reverberate(Track track, Effect.Reverb reverb) {
        Track wet = new Room(reverb.seconds(), reverb.brightnessHz()).wet(track, reverb.preDelaySeconds());
        double dryLevel = track.activeLevel();
        double wetLevel = wet.activeLevel();
        if (wetLevel > 0) {
            track.add(wet, Decibel.factor(reverb.levelDb()) * dryLevel / wetLevel);
        }
    }

    private Track wet(Track dry, double preDelaySeconds) {
        int frames = dry.lengthFrames();
        int preDelay = (int) (preDelaySeconds * SongGenerator.SAMPLE_RATE_HZ);
        Track wet = new Track(frames);
        for (int start = preDelay; start < frames; start += BLOCK) {
            int length = Math.min(BLOCK, frames - start);
            for (int line = 0; line < LINES; line++) {
                read(lines[line], outputs[line], written - DELAYS[line], first[line], second[line], length);
            }
            mixDown(outputs[0], outputs[2], outputs[4], outputs[6], wet.left, start, length);
            mixDown(outputs[1], outputs[3], outputs[5], outputs[7], wet.right, start, length);
            hadamard(length);
            for (int line = 0; line < LINES; line++) {
                float[] in = line % 2 == 0 ? dry.left : dry.right;
                write(outputs[line], in, start - preDelay, lines[line], written, length);
            }
            advance(length);
        }
        Biquad.highPass(150, 0.7).filter(wet);
        return wet;
    }

    private static void read(float[] line, float[] output, int from, float first, float second, int length) {
        for (int i = 0; i < length; i++) {
            output[i] = first * line[from + i] + second * line[from + i - 1];
        }
    }

    private static void mixDown(float[] a, float[] b, float[] c, float[] d, float[] out, int start, int length) {
        for (int i = 0; i < length; i++) {
            out[start + i] = a[i] - b[i] + c[i] - d[i];
        }
    }

    private static void write(float[] output, float[] in, int from, float[] line, int to, int length) {
        for (int i = 0; i < length; i++) {
            line[to + i] = output[i] + in[from + i] + ANTI_DENORMAL;
        }
    }

    private void hadamard(int length) {
        for (int half = 1; half < LINES; half *= 2) {
            for (int line = 0; line < LINES; line++) {
                if ((line & half) == 0) {
                    butterfly(outputs[line], outputs[line + half], length);
                }
            }
        }
    }

    private static void butterfly(float[] a, float[] b, int length) {
        for (int i = 0; i < length; i++) {
            float sum = a[i] + b[i];
            b[i] = a[i] - b[i];
            a[i] = sum;
        }
    }

    private void advance(int length) {
        written += length;
        if (written + BLOCK > CAPACITY) {
            for (float[] line : lines) {
                System.arraycopy(line, written - LONGEST, line, 0, LONGEST);
            }
            written = LONGEST;
        }
    }
}
