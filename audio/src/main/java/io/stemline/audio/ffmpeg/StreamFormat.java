package io.stemline.audio.ffmpeg;

import static org.bytedeco.ffmpeg.global.avutil.AV_CHANNEL_ORDER_UNSPEC;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_DBL;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_FLT;
import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_compare;
import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_copy;
import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_default;
import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_describe;
import static org.bytedeco.ffmpeg.global.avutil.av_get_packed_sample_fmt;

import java.nio.charset.StandardCharsets;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avutil.AVChannelLayout;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/**
 * How decoded frames look.
 *
 * @param stated the layout in the stream
 * @param layout the same, or the usual one for so many channels where the stream does not state any
 * @param sampleFormat one of FFmpeg's {@code AV_SAMPLE_FMT_} constants
 */
record StreamFormat(AVChannelLayout stated, AVChannelLayout layout, int sampleRateHz, int sampleFormat) {

    static StreamFormat of(AVFrame frame) {
        return copied(frame.ch_layout(), frame.sample_rate(), frame.format());
    }

    static StreamFormat of(AVCodecContext codec) {
        return copied(codec.ch_layout(), codec.sample_rate(), codec.sample_fmt());
    }

    private static StreamFormat copied(AVChannelLayout stated, int sampleRateHz, int sampleFormat) {
        AVChannelLayout copy = new AVChannelLayout();
        av_channel_layout_copy(copy, stated);
        AVChannelLayout usual = copy;
        if (stated.order() == AV_CHANNEL_ORDER_UNSPEC) {
            usual = new AVChannelLayout();
            av_channel_layout_default(usual, stated.nb_channels());
        }
        return new StreamFormat(copy, usual, sampleRateHz, sampleFormat);
    }

    int channels() {
        return layout.nb_channels();
    }

    String layoutName() {
        byte[] name = new byte[256];
        int written = av_channel_layout_describe(layout, name, name.length);
        int length = Math.max(0, Math.min(written, name.length) - 1);
        return new String(name, 0, length, StandardCharsets.UTF_8);
    }

    boolean floatingPoint() {
        int packed = av_get_packed_sample_fmt(sampleFormat);
        return packed == AV_SAMPLE_FMT_FLT || packed == AV_SAMPLE_FMT_DBL;
    }

    boolean matches(AVFrame frame) {
        return frame.sample_rate() == sampleRateHz
                && frame.format() == sampleFormat
                && av_channel_layout_compare(frame.ch_layout(), stated) == 0;
    }
}
