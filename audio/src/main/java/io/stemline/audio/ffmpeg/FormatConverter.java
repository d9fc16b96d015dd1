package io.stemline.audio.ffmpeg;

import io.stemline.audio.AudioFormat;
import org.bytedeco.ffmpeg.avutil.AVChannelLayout;
import org.bytedeco.ffmpeg.global.avutil;

/**
 * Changes rate and channels of a stream of planar floats and keeps its length: after {@code n} frames in and the end,
 * exactly {@code round(n * toHz / fromHz)} frames have come out.
 */
public final class FormatConverter implements AutoCloseable {

    private static final int FRAMES_AT_ONCE = 1 << 14;

    private final int fromHz;
    private final int toHz;
    private final SampleConverter converter;
    private final FrameQueue converted;
    private long consumedFrames;
    private long producedFrames;

    /** The same channels at another rate. */
    public FormatConverter(int channels, int fromHz, int toHz) {
        this(layoutOf(channels), fromHz, new AudioFormat(toHz, channels));
    }

    /** From a layout, which is copied, to the usual layout of so many channels. */
    FormatConverter(AVChannelLayout from, int fromHz, AudioFormat to) {
        this.fromHz = new AudioFormat(fromHz, 1).sampleRateHz();
        this.toHz = to.sampleRateHz();
        AVChannelLayout target = from.nb_channels() == to.channels() ? from : layoutOf(to.channels());
        this.converter = SampleConverter.between(from, fromHz, target, toHz);
        this.converted = new FrameQueue(to.channels());
    }

    private static AVChannelLayout layoutOf(int channels) {
        AVChannelLayout layout = new AVChannelLayout();
        avutil.av_channel_layout_default(layout, channels);
        return layout;
    }

    /** Converts frames, {@code [channel][frame]}; what comes out is for other frames than went in, in number and time. */
    public float[][] process(float[][] block, int offset, int frames) {
        push(block, offset, frames);
        return converted.takeAll();
    }

    /** The rest, once everything has gone in. */
    public float[][] finish() {
        end();
        return converted.takeAll();
    }

    void processTo(FrameQueue target, float[][] block, int offset, int frames) {
        push(block, offset, frames);
        converted.moveTo(target::append);
    }

    void finishTo(FrameQueue target) {
        end();
        converted.moveTo(target::append);
    }

    private void push(float[][] block, int offset, int frames) {
        for (int taken = 0; taken < frames; taken += FRAMES_AT_ONCE) {
            converter.convert(block, offset + taken, Math.min(FRAMES_AT_ONCE, frames - taken), converted);
        }
        consumedFrames += frames;
        producedFrames += converted.frames();
    }

    private void end() {
        converter.flush(converted);
        producedFrames += converted.frames();
        long missing = expectedFrames() - producedFrames;
        if (missing > 0) {
            converted.appendSilence((int) missing);
        } else {
            converted.dropLast((int) Math.min(-missing, converted.frames()));
        }
        producedFrames += missing;
    }

    private long expectedFrames() {
        return (2 * consumedFrames * toHz + fromHz) / (2L * fromHz);
    }

    @Override
    public void close() {
        converter.close();
    }
}
