package io.stemline.modelimport.spleeter;

import io.stemline.audio.AudioFormat;
import io.stemline.audio.AudioSink;
import io.stemline.separation.streaming.StemOutputs;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Stems that are kept in memory. */
final class Stems implements StemOutputs {

    private final Map<String, Kept> stems = new LinkedHashMap<>();

    @Override
    public AudioSink open(String stem, AudioFormat format) {
        var kept = new Kept(format);
        stems.put(stem, kept);
        return kept;
    }

    List<String> names() {
        return List.copyOf(stems.keySet());
    }

    /** {@code [channel][frame]}. */
    float[][] samples(String stem) {
        var kept = stems.get(stem);
        return Arrays.stream(kept.samples)
                .map(channel -> Arrays.copyOf(channel, kept.length))
                .toArray(float[][]::new);
    }

    private static final class Kept implements AudioSink {

        private final AudioFormat format;
        private final float[][] samples;
        private int length;

        Kept(AudioFormat format) {
            this.format = format;
            this.samples = new float[format.channels()][1 << 16];
        }

        @Override
        public AudioFormat format() {
            return format;
        }

        @Override
        public void write(float[][] block, int offset, int frames) {
            for (int channel = 0; channel < samples.length; channel++) {
                if (length + frames > samples[channel].length) {
                    samples[channel] = Arrays.copyOf(samples[channel], 2 * (length + frames));
                }
                System.arraycopy(block[channel], offset, samples[channel], length, frames);
            }
            length += frames;
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }
}
