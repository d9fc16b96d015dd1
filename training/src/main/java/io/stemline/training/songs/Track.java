package io.stemline.training.songs;

import static java.lang.StrictMath.cos;
import static java.lang.StrictMath.sin;
import static java.lang.StrictMath.sqrt;

/** The stereo sound of one part while it is being made, {@code [2][lengthFrames]}. */
final class Track {
    private static final int LEVEL_STEP = 4;

    final float[] left;
    final float[] right;

    Track(int lengthFrames) {
        left = new float[lengthFrames];
        right = new float[lengthFrames];
    }

    int lengthFrames() {
        return left.length;
    }

    /** Adds a mono sound at a place between left and right (equal power); what lies beyond the end is dropped. */
    void add(float[] sound, int frames, int start, double gain, double pan) {
        double angle = (Math.clamp(pan, -1, 1) + 1) * Math.PI / 4;
        float toLeft = (float) (gain * sqrt(2) * cos(angle));
        float toRight = (float) (gain * sqrt(2) * sin(angle));
        int from = Math.max(0, -start);
        int to = Math.min(frames, lengthFrames() - start);
        for (int i = from; i < to; i++) {
            left[start + i] += toLeft * sound[i];
            right[start + i] += toRight * sound[i];
        }
    }

    /** Adds a stereo sound, {@code [2][frames]}; what lies beyond the end is dropped. */
    void add(float[][] sound, int start, double gain) {
        float factor = (float) gain;
        int frames = Math.min(sound[0].length, lengthFrames() - start);
        for (int i = 0; i < frames; i++) {
            left[start + i] += factor * sound[0][i];
            right[start + i] += factor * sound[1][i];
        }
    }

    /** Scales the difference of the sides: 1 leaves it, 0 makes the track mono. */
    void narrow(double width) {
        if (width == 1) {
            return;
        }
        float keep = (float) width;
        for (int i = 0; i < left.length; i++) {
            float middle = 0.5f * (left[i] + right[i]);
            float side = keep * 0.5f * (left[i] - right[i]);
            left[i] = middle + side;
            right[i] = middle - side;
        }
    }

    void add(Track other, double gain) {
        float factor = (float) gain;
        for (int i = 0; i < left.length; i++) {
            left[i] += factor * other.left[i];
            right[i] += factor * other.right[i];
        }
    }

    void scale(double gain) {
        float factor = (float) gain;
        for (int i = 0; i < left.length; i++) {
            left[i] *= factor;
            right[i] *= factor;
        }
    }

    /** Turns the balance towards a side without moving what is already on that side. */
    void balance(double pan) {
        double angle = (Math.clamp(pan, -1, 1) + 1) * Math.PI / 4;
        float keepLeft = (float) (sqrt(2) * cos(angle));
        float keepRight = (float) (sqrt(2) * sin(angle));
        for (int i = 0; i < left.length; i++) {
            left[i] *= keepLeft;
            right[i] *= keepRight;
        }
    }

    /** Root mean square of the moments in which the part plays: those within 34 dB of its loudest. From every fourth frame. */
    double activeLevel() {
        int block = 1024;
        int blocks = (lengthFrames() + block - 1) / block;
        double[] energies = new double[blocks];
        double loudest = 0;
        for (int b = 0; b < blocks; b++) {
            double energy = 0;
            for (int i = b * block; i < Math.min(lengthFrames(), (b + 1) * block); i += LEVEL_STEP) {
                energy += left[i] * left[i] + right[i] * right[i];
            }
            energies[b] = energy;
            loudest = Math.max(loudest, energy);
        }
        double sum = 0;
        int active = 0;
        for (double energy : energies) {
            if (energy > loudest * 4e-4) {
                sum += energy;
                active++;
            }
        }
        return active == 0 ? 0 : sqrt(sum * LEVEL_STEP / (2.0 * block * active));
    }
}
