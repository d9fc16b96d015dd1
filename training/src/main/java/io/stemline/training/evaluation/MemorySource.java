package io.stemline.training.evaluation;

import io.stemline.audio.AudioFormat;
import io.stemline.audio.AudioSource;
import java.util.List;

/** Samples in memory as a stream. */
final class MemorySource implements AudioSource {
    private final AudioFormat format;
    private final float[][] samples;
    private int position;

    MemorySource(AudioFormat format, float[][] samples) {
        this.format = format;
        this.samples = samples;
    }

    @Override
    public AudioFormat format() {
        return format;
    }

    @Override
    public int read(float[][] block, int offset, int frames) {
        int count = Math.min(frames, samples[0].length - position);
        if (count == 0) {
            return -1;
        }
        for (int channel = 0; channel < samples.length; channel++) {
            System.arraycopy(samples[channel], position, block[channel], offset, count);
        }
        position += count;
        return count;
    }

    @Override
    public void close() {}

    @Override
    public List<String> warnings() {
        return List.of();
    }
}
