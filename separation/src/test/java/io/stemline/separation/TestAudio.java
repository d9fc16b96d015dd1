package io.stemline.separation;

import io.stemline.audio.AudioBuffer;
import io.stemline.audio.AudioFormat;
import io.stemline.audio.AudioSink;
import io.stemline.audio.AudioSource;
import io.stemline.separation.streaming.StemOutputs;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Sound that is made up, and places in memory for stems. */
public final class TestAudio {

    private TestAudio() {}

    /** Noise with a sine below it, different in every channel, at most 0.8. */
    public static AudioBuffer music(int sampleRateHz, int channels, int lengthFrames) {
        var random = new Random(7);
        var samples = new float[channels][lengthFrames];
        for (int channel = 0; channel < channels; channel++) {
            for (int n = 0; n < lengthFrames; n++) {
                double sine = Math.sin(2 * Math.PI * (220 + 110 * channel) * n / sampleRateHz);
                samples[channel][n] = (float) (0.4 * sine + 0.8 * (random.nextDouble() - 0.5));
            }
        }
        return new AudioBuffer(new AudioFormat(sampleRateHz, channels), samples);
    }

    /** A sine in every channel. */
    public static AudioBuffer sine(double frequencyHz, int channels, int lengthFrames) {
        var samples = new float[channels][lengthFrames];
        for (float[] channel : samples) {
            for (int n = 0; n < lengthFrames; n++) {
                channel[n] = (float) (0.5 * Math.sin(2 * Math.PI * frequencyHz * n / 44_100));
            }
        }
        return new AudioBuffer(new AudioFormat(44_100, channels), samples);
    }

    public static AudioSource source(AudioBuffer buffer) {
        return new BufferSource(buffer);
    }

    /** The largest difference between any two samples of the same place. */
    public static double largestDifference(float[][] one, float[][] other) {
        double largest = 0;
        for (int channel = 0; channel < one.length; channel++) {
            for (int n = 0; n < one[channel].length; n++) {
                largest = Math.max(largest, Math.abs((double) one[channel][n] - other[channel][n]));
            }
        }
        return largest;
    }

    public static float[][] scaled(float[][] samples, double factor) {
        var scaled = new float[samples.length][samples[0].length];
        for (int channel = 0; channel < samples.length; channel++) {
            for (int n = 0; n < samples[channel].length; n++) {
                scaled[channel][n] = (float) (factor * samples[channel][n]);
            }
        }
        return scaled;
    }

    private static final class BufferSource implements AudioSource {

        private final AudioBuffer buffer;
        private int position;

        BufferSource(AudioBuffer buffer) {
            this.buffer = buffer;
        }

        @Override
        public AudioFormat format() {
            return buffer.format();
        }

        @Override
        public int read(float[][] block, int offset, int frames) {
            int count = Math.min(frames, buffer.lengthFrames() - position);
            for (int channel = 0; channel < buffer.channels(); channel++) {
                System.arraycopy(buffer.channel(channel), position, block[channel], offset, count);
            }
            position += count;
            return count == 0 ? -1 : count;
        }

        @Override
        public List<String> warnings() {
            return List.of();
        }

        @Override
        public void close() {}
    }

    /** Stems kept in memory. */
    public static final class MemoryStems implements StemOutputs {

        private final Map<String, MemorySink> sinks = new LinkedHashMap<>();

        @Override
        public AudioSink open(String stem, AudioFormat format) {
            var sink = new MemorySink(format);
            sinks.put(stem, sink);
            return sink;
        }

        public float[][] stem(String name) {
            return sinks.get(name).samples();
        }

        public List<String> names() {
            return List.copyOf(sinks.keySet());
        }

        public boolean allClosed() {
            return sinks.values().stream().allMatch(sink -> sink.closed);
        }

        public float[][] sum() {
            float[][] sum = null;
            for (var sink : sinks.values()) {
                float[][] stem = sink.samples();
                if (sum == null) {
                    sum = new float[stem.length][stem[0].length];
                }
                for (int channel = 0; channel < sum.length; channel++) {
                    for (int n = 0; n < sum[channel].length; n++) {
                        sum[channel][n] += stem[channel][n];
                    }
                }
            }
            return sum;
        }
    }

    private static final class MemorySink implements AudioSink {

        private final AudioFormat format;
        private final List<float[][]> blocks = new ArrayList<>();
        private boolean closed;

        MemorySink(AudioFormat format) {
            this.format = format;
        }

        @Override
        public AudioFormat format() {
            return format;
        }

        @Override
        public void write(float[][] block, int offset, int frames) {
            blocks.add(Arrays.stream(block)
                    .map(channel -> Arrays.copyOfRange(channel, offset, offset + frames))
                    .toArray(float[][]::new));
        }

        @Override
        public void close() {
            closed = true;
        }

        float[][] samples() {
            int length = blocks.stream().mapToInt(block -> block[0].length).sum();
            var samples = new float[format.channels()][length];
            int position = 0;
            for (var block : blocks) {
                for (int channel = 0; channel < samples.length; channel++) {
                    System.arraycopy(block[channel], 0, samples[channel], position, block[channel].length);
                }
                position += block[0].length;
            }
            return samples;
        }
    }

    /** A stem that nobody hears. */
    public static AudioSink forget(String stem, AudioFormat format) {
        return new ForgetfulSink(format);
    }

    /** A signal of any length that needs no memory. */
    public static class GeneratedSource implements AudioSource {

        private final AudioFormat format;
        private final long lengthFrames;
        private volatile long position;

        public GeneratedSource(AudioFormat format, long lengthFrames) {
            this.format = format;
            this.lengthFrames = lengthFrames;
        }

        /** Frames read so far. */
        public long position() {
            return position;
        }

        @Override
        public AudioFormat format() {
            return format;
        }

        @Override
        public int read(float[][] block, int offset, int frames) {
            int count = (int) Math.min(frames, lengthFrames - position);
            for (int channel = 0; channel < block.length; channel++) {
                for (int n = 0; n < count; n++) {
                    block[channel][offset + n] = ((position + n) * (channel + 3) % 401) / 401f - 0.5f;
                }
            }
            position += count;
            return count == 0 ? -1 : count;
        }

        @Override
        public List<String> warnings() {
            return List.of();
        }

        @Override
        public void close() {}
    }

    /** Takes a stem and keeps nothing. */
    public static class ForgetfulSink implements AudioSink {

        private final AudioFormat format;

        public ForgetfulSink(AudioFormat format) {
            this.format = format;
        }

        @Override
        public AudioFormat format() {
            return format;
        }

        @Override
        public void write(float[][] block, int offset, int frames) {}

        @Override
        public void close() {}
    }
}
