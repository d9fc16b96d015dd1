package io.stemline.training.evaluation;

import io.stemline.audio.AudioFormat;
import io.stemline.audio.AudioSink;

/** A stream into memory, of a length known before. */
final class MemorySink implements AudioSink {
    private final AudioFormat format;
    private final float[][] samples;
    private int position;

    MemorySink(AudioFormat format, int lengthFrames) {
        this.format = format;
        samples = new float[format.channels()][lengthFrames];
    }

    /** What was written, {@code [channel][frame]}. */
    float[][] samples() {
        return samples;
    }

    @Override
    public AudioFormat format() {
        return format;
    }

    @Override
    public void write(float[][] block, int offset, int frames) {
        for (int channel = 0; channel < samples.length; channel++) {
            System.arraycopy(block[channel], offset, samples[channel], position, frames);
        }
        position += frames;
    }

    @Override
    public void close() {}
}
