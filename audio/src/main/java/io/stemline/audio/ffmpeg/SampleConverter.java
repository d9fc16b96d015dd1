package io.stemline.audio.ffmpeg;

import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_FLTP;

import org.bytedeco.ffmpeg.avutil.AVChannelLayout;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swresample;
import org.bytedeco.ffmpeg.swresample.SwrContext;
import org.bytedeco.javacpp.PointerPointer;

/**
 * One libswresample context with planar floats as its output: sample formats, channels and rates are converted here.
 *
 * <p>Rates are converted by a polyphase filter with 64 taps at the lower rate under a Kaiser window, with exact phases
 * for rational ratios. Its delay is compensated: frame {@code n} of the output stands for the time {@code n / toHz}.
 */
final class SampleConverter implements AutoCloseable {

    private static final int FILTER_TAPS = 64;
    private static final double KAISER_BETA = 10;
    private static final double CUTOFF = 0.95;

    private final SwrContext context;
    private final NativePlanes input;
    private final NativePlanes output;
    private final int inputChannels;

    private SampleConverter(SwrContext context, int inputChannels, int outputChannels) {
        this.context = context;
        this.inputChannels = inputChannels;
        this.input = new NativePlanes(inputChannels);
        this.output = new NativePlanes(outputChannels);
    }

    /** From any of FFmpeg's sample formats to planar floats, nothing else changed. */
    static SampleConverter toFloat(AVChannelLayout layout, int sampleRateHz, int sampleFormat) {
        return create(layout, sampleRateHz, sampleFormat, layout, sampleRateHz);
    }

    /**
     * From planar floats to planar floats.
     *
     * @throws IllegalArgumentException when FFmpeg does not know how to mix these layouts
     */
    static SampleConverter between(AVChannelLayout from, int fromHz, AVChannelLayout to, int toHz) {
        return create(from, fromHz, AV_SAMPLE_FMT_FLTP, to, toHz);
    }

    private static SampleConverter create(
            AVChannelLayout from, int fromHz, int fromFormat, AVChannelLayout to, int toHz) {
        SwrContext context = new SwrContext(null);
        int result = swresample.swr_alloc_set_opts2(
                context, to, AV_SAMPLE_FMT_FLTP, toHz, from, fromFormat, fromHz, 0, null);
        if (result >= 0) {
            avutil.av_opt_set_int(context, "filter_size", FILTER_TAPS, 0);
            avutil.av_opt_set_int(context, "exact_rational", 1, 0);
            avutil.av_opt_set_double(context, "kaiser_beta", KAISER_BETA, 0);
            avutil.av_opt_set_double(context, "cutoff", CUTOFF, 0);
            avutil.av_opt_set(context, "filter_type", "kaiser", 0);
            setMatrix(context, from.nb_channels(), to.nb_channels());
            result = swresample.swr_init(context);
        }
        if (result < 0) {
            swresample.swr_free(context);
            throw new IllegalArgumentException(Ffmpeg.reason(result));
        }
        return new SampleConverter(context, from.nb_channels(), to.nb_channels());
    }

    // libswresample's own rule for mono and stereo keeps the power instead of the level.
    private static void setMatrix(SwrContext context, int fromChannels, int toChannels) {
        if (fromChannels == 1 && toChannels == 2) {
            swresample.swr_set_matrix(context, new double[] {1, 1}, 1);
        } else if (fromChannels == 2 && toChannels == 1) {
            swresample.swr_set_matrix(context, new double[] {0.5, 0.5}, 2);
        }
    }

    /** Converts frames that lie in native memory in the input's sample format. */
    void convert(PointerPointer<?> planes, int frames, FrameQueue converted) {
        run(planes, frames, converted);
    }

    /** Converts planar floats, {@code [channel][frame]}. */
    void convert(float[][] block, int offset, int frames, FrameQueue converted) {
        PointerPointer<?> planes = input.atLeast(frames);
        for (int channel = 0; channel < inputChannels; channel++) {
            input.plane(channel).put(block[channel], offset, frames);
        }
        run(planes, frames, converted);
    }

    /** Gives out what the filter still holds. */
    void flush(FrameQueue converted) {
        run(null, 0, converted);
    }

    private void run(PointerPointer<?> planes, int frames, FrameQueue converted) {
        int room = swresample.swr_get_out_samples(context, frames);
        int produced = room <= 0 ? room : swresample.swr_convert(context, output.atLeast(room), room, planes, frames);
        if (produced < 0) {
            throw new IllegalStateException("libswresample failed: " + Ffmpeg.reason(produced));
        }
        if (produced > 0) {
            converted.append(output::plane, produced);
        }
    }

    @Override
    public void close() {
        swresample.swr_free(context);
        input.close();
        output.close();
    }
}
