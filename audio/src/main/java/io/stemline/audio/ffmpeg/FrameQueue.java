package io.stemline.audio.ffmpeg;

import java.util.Arrays;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;

/** Planar frames on their way: appended at the end, taken from the front. Grows as needed, never shrinks. */
final class FrameQueue {

    private final float[][] samples;
    private int start;
    private int end;

    FrameQueue(int channels) {
        this.samples = new float[channels][0];
    }

    int frames() {
        return end - start;
    }

    void append(float[][] block, int offset, int frames) {
        makeRoomFor(frames);
        for (int channel = 0; channel < samples.length; channel++) {
            System.arraycopy(block[channel], offset, samples[channel], end, frames);
        }
        end += frames;
    }

    /** Appends what lies in native memory, one plane of floats per channel. */
    void append(PlaneAddress planes, int frames) {
        makeRoomFor(frames);
        for (int channel = 0; channel < samples.length; channel++) {
            new FloatPointer(planes.of(channel)).get(samples[channel], end, frames);
        }
        end += frames;
    }

    void appendSilence(int frames) {
        makeRoomFor(frames);
        for (float[] channel : samples) {
            Arrays.fill(channel, end, end + frames, 0);
        }
        end += frames;
    }

    /** Takes back frames from the end. */
    void dropLast(int frames) {
        end -= frames;
    }

    /** Throws frames away from the beginning. */
    void drop(int frames) {
        start += frames;
    }

    /** Takes up to this many frames, returns how many. */
    int take(float[][] block, int offset, int frames) {
        int taken = Math.min(frames, frames());
        for (int channel = 0; channel < samples.length; channel++) {
            System.arraycopy(samples[channel], start, block[channel], offset, taken);
        }
        start += taken;
        return taken;
    }

    /** Takes everything, {@code [channel][frame]}. */
    float[][] takeAll() {
        float[][] all = new float[samples.length][frames()];
        take(all, 0, frames());
        return all;
    }

    /** Hands everything on. */
    void moveTo(Receiver receiver) {
        receiver.accept(samples, start, frames());
        start = end;
    }

    /** Throws everything away, returns how many frames. */
    int clear() {
        int frames = frames();
        start = end;
        return frames;
    }

    /** Replaces what is not a finite number by silence and returns how often that was needed. */
    long silenceNonFinite() {
        long replaced = 0;
        for (float[] channel : samples) {
            for (int n = start; n < end; n++) {
                if (!Float.isFinite(channel[n])) {
                    channel[n] = 0;
                    replaced++;
                }
            }
        }
        return replaced;
    }

    private void makeRoomFor(int frames) {
        int waiting = frames();
        int capacity = samples[0].length;
        boolean grows = waiting + frames > capacity;
        if (!grows && end + frames <= capacity) {
            return;
        }
        for (int channel = 0; channel < samples.length; channel++) {
            float[] room = grows ? new float[2 * (waiting + frames)] : samples[channel];
            System.arraycopy(samples[channel], start, room, 0, waiting);
            samples[channel] = room;
        }
        start = 0;
        end = waiting;
    }

    /** Takes planar samples, {@code [channel][frame]}. */
    @FunctionalInterface
    interface Receiver {
        void accept(float[][] block, int offset, int frames);
    }

    /** Where the samples of a channel lie in native memory. */
    @FunctionalInterface
    interface PlaneAddress {
        Pointer of(int channel);
    }
}
