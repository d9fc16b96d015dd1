package io.stemline.audio.ffmpeg;

import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_FLT;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_FLTP;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_S16;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_S32;

import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.ShortPointer;

/**
 * Puts planar floats into a native frame in the sample format of its codec. Integers are rounded to the nearest step,
 * ties to even, and saturate. What is not a number becomes silence, infinity becomes full scale.
 */
abstract sealed class FrameStore {

    private final float[][] block;

    private FrameStore(int channels, int framesAtOnce) {
        this.block = new float[channels][framesAtOnce];
    }

    static FrameStore of(EncoderSettings settings, int channels, int framesAtOnce) {
        return switch (settings.sampleFormat()) {
            case AV_SAMPLE_FMT_S16 -> new Shorts(channels, framesAtOnce);
            case AV_SAMPLE_FMT_S32 -> new LeftAlignedInts(channels, framesAtOnce, settings.bitsPerSample());
            case AV_SAMPLE_FMT_FLT -> new PackedFloats(channels, framesAtOnce);
            case AV_SAMPLE_FMT_FLTP -> new PlanarFloats(channels, framesAtOnce);
            default -> throw new IllegalArgumentException("Sample format " + settings.sampleFormat());
        };
    }

    /** Takes frames from the queue, which has enough, and stores them in the frame, which has room for them. */
    final void fill(AVFrame frame, FrameQueue queue, int frames) {
        queue.take(block, 0, frames);
        store(block, frames, frame);
    }

    abstract void store(float[][] samples, int frames, AVFrame frame);

    /** The nearest step of an integer scale that has {@code fullScale} steps below zero and one less above. */
    static int quantized(float sample, int fullScale) {
        double step = Math.rint((double) sample * fullScale);
        return (int) Math.max(-fullScale, Math.min(fullScale - 1.0, step));
    }

    static float finite(float sample) {
        if (Float.isFinite(sample)) {
            return sample;
        }
        return Float.isNaN(sample) ? 0 : Math.signum(sample);
    }

    private static final class Shorts extends FrameStore {
        private final short[] packed;

        Shorts(int channels, int framesAtOnce) {
            super(channels, framesAtOnce);
            this.packed = new short[channels * framesAtOnce];
        }

        @Override
        void store(float[][] samples, int frames, AVFrame frame) {
            int channels = samples.length;
            for (int channel = 0; channel < channels; channel++) {
                float[] plane = samples[channel];
                for (int n = 0; n < frames; n++) {
                    packed[n * channels + channel] = (short) quantized(plane[n], 1 << 15);
                }
            }
            new ShortPointer(frame.data(0)).put(packed, 0, frames * channels);
        }
    }

    private static final class LeftAlignedInts extends FrameStore {
        private final int[] packed;
        private final int bits;

        LeftAlignedInts(int channels, int framesAtOnce, int bits) {
            super(channels, framesAtOnce);
            this.packed = new int[channels * framesAtOnce];
            this.bits = bits;
        }

        @Override
        void store(float[][] samples, int frames, AVFrame frame) {
            int channels = samples.length;
            for (int channel = 0; channel < channels; channel++) {
                float[] plane = samples[channel];
                for (int n = 0; n < frames; n++) {
                    packed[n * channels + channel] = quantized(plane[n], 1 << (bits - 1)) << (Integer.SIZE - bits);
                }
            }
            new IntPointer(frame.data(0)).put(packed, 0, frames * channels);
        }
    }

    private static final class PackedFloats extends FrameStore {
        private final float[] packed;

        PackedFloats(int channels, int framesAtOnce) {
            super(channels, framesAtOnce);
            this.packed = new float[channels * framesAtOnce];
        }

        @Override
        void store(float[][] samples, int frames, AVFrame frame) {
            int channels = samples.length;
            for (int channel = 0; channel < channels; channel++) {
                float[] plane = samples[channel];
                for (int n = 0; n < frames; n++) {
                    packed[n * channels + channel] = finite(plane[n]);
                }
            }
            new FloatPointer(frame.data(0)).put(packed, 0, frames * channels);
        }
    }

    private static final class PlanarFloats extends FrameStore {

        PlanarFloats(int channels, int framesAtOnce) {
            super(channels, framesAtOnce);
        }

        @Override
        void store(float[][] samples, int frames, AVFrame frame) {
            for (int channel = 0; channel < samples.length; channel++) {
                float[] plane = samples[channel];
                for (int n = 0; n < frames; n++) {
                    plane[n] = finite(plane[n]);
                }
                new FloatPointer(frame.extended_data(channel)).put(plane, 0, frames);
            }
        }
    }
}
