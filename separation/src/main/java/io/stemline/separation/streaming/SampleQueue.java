package io.stemline.separation.streaming;

import java.util.Arrays;

/**
 * Samples of several channels, first in, first out. Channels may be filled unevenly; they are taken evenly. Grows to the
 * most that ever waits and allocates nothing from then on.
 */
final class SampleQueue {

    private static final int FIRST_CAPACITY = 1 << 14;

    private final float[][] samples;
    private final int[] ends;
    private int start;

    SampleQueue(int channels) {
        this.samples = new float[channels][FIRST_CAPACITY];
        this.ends = new int[channels];
    }

    /** As many queues, all of so many channels. */
    static SampleQueue[] array(int length, int channels) {
        var queues = new SampleQueue[length];
        for (int index = 0; index < length; index++) {
            queues[index] = new SampleQueue(channels);
        }
        return queues;
    }

    /** Frames of which every channel has its sample. */
    int available() {
        int end = Integer.MAX_VALUE;
        for (int channelEnd : ends) {
            end = Math.min(end, channelEnd);
        }
        return end - start;
    }

    /** The samples, {@code [channel][frame]}; the oldest frame is at {@link #start()}. */
    float[][] samples() {
        return samples;
    }

    int start() {
        return start;
    }

    void append(int channel, float[] from, int offset, int count) {
        makeRoom(channel, count);
        System.arraycopy(from, offset, samples[channel], ends[channel], count);
        ends[channel] += count;
    }

    void append(float[][] block, int firstChannel, int offset, int count) {
        for (int channel = 0; channel < samples.length; channel++) {
            append(channel, block[firstChannel + channel], offset, count);
        }
    }

    void appendSilence(int count) {
        for (int channel = 0; channel < samples.length; channel++) {
            makeRoom(channel, count);
            Arrays.fill(samples[channel], ends[channel], ends[channel] + count, 0);
            ends[channel] += count;
        }
    }

    void drop(int count) {
        start += count;
    }

    private void makeRoom(int channel, int count) {
        if (ends[channel] + count <= samples[channel].length) {
            return;
        }
        moveToFront();
        int needed = ends[channel] + count;
        if (needed > samples[channel].length) {
            samples[channel] = Arrays.copyOf(samples[channel], Math.max(needed, 2 * samples[channel].length));
        }
    }

    private void moveToFront() {
        if (start == 0) {
            return;
        }
        for (int channel = 0; channel < samples.length; channel++) {
            System.arraycopy(samples[channel], start, samples[channel], 0, ends[channel] - start);
            ends[channel] -= start;
        }
        start = 0;
    }
}
