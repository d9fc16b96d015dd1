package io.stemline.separation.streaming;

import java.util.Arrays;
import java.util.concurrent.BlockingQueue;

/** Segments of samples. */
final class WaveformAnalysis extends SegmentAnalysis {

    private final ChannelGroup group;
    private final int networkChannels;
    private final int delay;
    private long samples;

    WaveformAnalysis(Pass pass, int networkChannels, BlockingQueue<Segment> pool, NetworkStage network) {
        super(pool, network);
        this.group = pass.channels();
        this.networkChannels = networkChannels;
        this.delay = pass.delay();
    }

    @Override
    void accept(float[][] mixture, int offset, int count) throws InterruptedException {
        if (samples == 0) {
            addSilence();
        }
        float[] left = mixture[group.first()];
        float[] right = mixture[group.first() + group.channels() - 1];
        for (int n = offset; n < offset + count; n++) {
            var segment = roomy();
            int to = segment.addFrame() * networkChannels;
            segment.input()[to] = left[n];
            if (networkChannels == 2) {
                segment.input()[to + 1] = right[n];
            }
        }
        samples += count;
    }

    private void addSilence() throws InterruptedException {
        for (int n = 0; n < delay; n++) {
            var segment = roomy();
            int to = segment.addFrame() * networkChannels;
            Arrays.fill(segment.input(), to, to + networkChannels, 0);
        }
    }

    @Override
    void finish() {
        if (samples > 0) {
            submitLast(samples);
        }
    }
}
