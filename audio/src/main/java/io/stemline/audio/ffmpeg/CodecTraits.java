package io.stemline.audio.ffmpeg;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_PROP_LOSSY;
import static org.bytedeco.ffmpeg.global.avcodec.av_get_exact_bits_per_sample;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_descriptor_get;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_get_name;
import static org.bytedeco.ffmpeg.global.avutil.av_get_bytes_per_sample;

import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVCodecDescriptor;

/** What is known of a codec beyond its name. */
final class CodecTraits {

    private CodecTraits() {}

    static String name(AVCodecContext codec) {
        return avcodec_get_name(codec.codec_id()).getString();
    }

    static boolean pcm(AVCodecContext codec) {
        return name(codec).startsWith("pcm_");
    }

    static boolean lossless(AVCodecContext codec) {
        AVCodecDescriptor descriptor = avcodec_descriptor_get(codec.codec_id());
        // WavPack can be both, and is hardly ever lossy.
        return descriptor != null
                && ((descriptor.props() & AV_CODEC_PROP_LOSSY) == 0
                        || name(codec).equals("wavpack"));
    }

    /** The resolution of a stored sample, 0 if the codec is lossy. */
    static int bitsPerSample(AVCodecContext codec) {
        if (!lossless(codec)) {
            return 0;
        }
        if (pcm(codec)) {
            return av_get_exact_bits_per_sample(codec.codec_id());
        }
        int stated = codec.bits_per_raw_sample();
        return stated > 0 ? stated : Byte.SIZE * av_get_bytes_per_sample(codec.sample_fmt());
    }
}
