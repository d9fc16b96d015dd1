package io.stemline.modelimport.spleeter;

import io.stemline.audio.AudioBuffer;
import io.stemline.audio.AudioFormat;
import io.stemline.audio.AudioSource;
import java.util.List;

/** A signal in memory as a source. */
final class Mixture implements AudioSource {

    private final AudioBuffer buffer;
    private int position;

    Mixture(AudioBuffer buffer) {
        this.buffer = buffer;
    }

    @Override
    public AudioFormat format() {
        return buffer.format();
    }

    @Override
    public int read(float[][] block, int offset, int frames) {
        int count = Math.min(frames, buffer.lengthFrames() - position);
        for (int channel = 0; channel < block.length; channel++) {
            System.arraycopy(buffer.samples()[channel], position, block[channel], offset, count);
        }
        position += count;
        return count == 0 ? -1 : count;
    }

    @Override
    public List<String> warnings() {
        return List.of();
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
