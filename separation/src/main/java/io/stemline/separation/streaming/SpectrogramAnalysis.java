package io.stemline.separation.streaming;

import io.stemline.audio.spectrum.Stft;
import java.util.concurrent.BlockingQueue;

/**
 * Segments of spectra, with magnitudes for the network. Frames begin {@link Transform#leadSamples} before the track and
 * end after it, so that every sample of the track has its full share of windows.
 */
final class SpectrogramAnalysis extends SegmentAnalysis {

    private final Transform transform;
    private final ChannelGroup group;
    private final int networkChannels;
    private final int leadSamples;
    private final Stft stft;
    private final SampleQueue pending;
    private long samples;
    private long frames;

    SpectrogramAnalysis(
            Transform transform, Pass pass, int networkChannels, BlockingQueue<Segment> pool, NetworkStage network) {
        super(pool, network);
        this.transform = transform;
        this.group = pass.channels();
        this.networkChannels = networkChannels;
        this.stft = transform.newStft();
        this.leadSamples = transform.leadSamples() + pass.delay();
        this.pending = new SampleQueue(group.channels());
        pending.appendSilence(leadSamples);
    }

    @Override
    void accept(float[][] mixture, int offset, int count) throws InterruptedException {
        pending.append(mixture, group.first(), offset, count);
        samples += count;
        addFrames(Long.MAX_VALUE);
    }

    @Override
    void finish() throws InterruptedException {
        if (samples == 0) {
            return;
        }
        long total = Math.ceilDiv(samples + leadSamples, transform.hopLength());
        pending.appendSilence(transform.windowLength());
        addFrames(total);
        submitLast(samples);
    }

    /** Adds the frames whose samples are there, up to so many in all. */
    private void addFrames(long total) throws InterruptedException {
        while (frames < total && pending.available() >= transform.windowLength()) {
            long ready = (pending.available() - transform.windowLength()) / transform.hopLength() + 1;
            var segment = roomy();
            addFrames(segment, (int) Math.min(segment.room(), Math.min(ready, total - frames)));
        }
    }

    private void addFrames(Segment segment, int count) {
        int row = segment.addFrames(count);
        for (int channel = 0; channel < group.channels(); channel++) {
            float[] re = segment.re[channel];
            float[] im = segment.im[channel];
            stft.forwardFrames(pending.samples()[channel], pending.start(), count, re, im, row * transform.bins());
            for (int frame = row; frame < row + count; frame++) {
                writeMagnitudes(re, im, segment.input(), frame, channel);
            }
        }
        for (int frame = row; frame < row + count && group.channels() < networkChannels; frame++) {
            showAsBoth(segment.input(), frame);
        }
        pending.drop(count * transform.hopLength());
        frames += count;
    }

    private void writeMagnitudes(float[] re, float[] im, float[] input, int row, int channel) {
        int bins = transform.networkBins();
        int spectrum = row * transform.bins();
        int to = row * bins * networkChannels + channel;
        for (int bin = 0; bin < bins; bin++) {
            float real = re[spectrum + bin];
            float imaginary = im[spectrum + bin];
            input[to] = (float) Math.sqrt(real * real + imaginary * imaginary);
            to += networkChannels;
        }
    }

    private void showAsBoth(float[] input, int row) {
        int from = row * transform.networkBins() * networkChannels;
        int end = from + transform.networkBins() * networkChannels;
        for (int index = from; index < end; index += 2) {
            input[index + 1] = input[index];
        }
    }
}
