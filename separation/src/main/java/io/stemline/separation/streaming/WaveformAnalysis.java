package io.stemline.separation.streaming;

import java.util.concurrent.BlockingQueue;

/** Segments of samples. */
final class WaveformAnalysis extends SegmentAnalysis {

    private final ChannelGroup group;
    private final int networkChannels;
    private long samples;

    WaveformAnalysis(ChannelGroup group, int networkChannels, BlockingQueue<Segment> pool, NetworkStage network) {
        super(pool, network);
        this.group = group;
        this.networkChannels = networkChannels;
    }

    @Override
    void accept(float[][] mixture, int offset, int count) throws InterruptedException {
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

    @Override
    void finish() {
        if (samples > 0) {
            submitLast(samples);
        }
    }
}
