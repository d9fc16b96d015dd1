package io.stemline.separator;

import io.stemline.audio.AudioFormat;
import io.stemline.audio.AudioSource;
import io.stemline.audio.peaks.PeakRecorder;
import java.util.List;

/** Notes the peaks of what is read through it. */
final class PeakedSource implements AudioSource {
    private final AudioSource source;
    private final PeakRecorder peaks;

    PeakedSource(AudioSource source, PeakRecorder peaks) {
        this.source = source;
        this.peaks = peaks;
    }

    @Override
    public AudioFormat format() {
        return source.format();
    }

    @Override
    public int read(float[][] block, int offset, int frames) {
        int read = source.read(block, offset, frames);
        peaks.add(block, offset, Math.max(0, read));
        return read;
    }

    @Override
    public List<String> warnings() {
        return source.warnings();
    }

    @Override
    public long nonFiniteSamples() {
        return source.nonFiniteSamples();
    }

    @Override
    public void close() {
        source.close();
    }
}
