package io.stemline.separator;

import io.stemline.audio.AudioFormat;
import io.stemline.audio.AudioSink;
import io.stemline.audio.peaks.PeakRecorder;

/** Notes the peaks of what is written through it. */
final class PeakedSink implements AudioSink {
    private final AudioSink sink;
    private final PeakRecorder peaks;

    PeakedSink(AudioSink sink, PeakRecorder peaks) {
        this.sink = sink;
        this.peaks = peaks;
    }

    @Override
    public AudioFormat format() {
        return sink.format();
    }

    @Override
    public void write(float[][] block, int offset, int frames) {
        sink.write(block, offset, frames);
        peaks.add(block, offset, frames);
    }

    @Override
    public void close() {
        sink.close();
    }
}
