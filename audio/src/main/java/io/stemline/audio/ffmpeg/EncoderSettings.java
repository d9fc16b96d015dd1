package io.stemline.audio.ffmpeg;

import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_FLT;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_FLTP;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_S16;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_S32;

import io.stemline.audio.AudioFormat;
import io.stemline.audio.Encoding;
import java.util.List;
import java.util.Map;

/**
 * What an encoding means to FFmpeg.
 *
 * @param sampleFormat one of the {@code AV_SAMPLE_FMT_} constants
 * @param bitsPerSample significant bits of integer samples, 0 for floats
 * @param bitRatePerChannel in bits per second, 0 if the codec has no such choice
 * @param compressionLevel the codec's effort, -1 for its default
 * @param ratesHz the rates that the codec knows, ascending; none if it knows all
 */
record EncoderSettings(
        String container,
        String codec,
        int sampleFormat,
        int bitsPerSample,
        int maxChannels,
        int bitRatePerChannel,
        int compressionLevel,
        List<Integer> ratesHz,
        Map<String, String> containerOptions) {

    private static final int CODEC_DEFAULT = -1;
    private static final int LAME_HIGH_QUALITY = 2;
    private static final Map<String, String> RF64_BEYOND_4_GB = Map.of("rf64", "auto");
    private static final List<Integer> MP3_RATES_HZ =
            List.of(8000, 11025, 12000, 16000, 22050, 24000, 32000, 44100, 48000);
    private static final List<Integer> AAC_RATES_HZ =
            List.of(7350, 8000, 11025, 12000, 16000, 22050, 24000, 32000, 44100, 48000, 64000, 88200, 96000);

    static EncoderSettings of(Encoding encoding) {
        return switch (encoding) {
            case WAV_16 -> wav("pcm_s16le", AV_SAMPLE_FMT_S16, 16);
            case WAV_24 -> wav("pcm_s24le", AV_SAMPLE_FMT_S32, 24);
            case WAV_FLOAT -> wav("pcm_f32le", AV_SAMPLE_FMT_FLT, 0);
            case FLAC_16 -> flac(AV_SAMPLE_FMT_S16, 16);
            case FLAC_24 -> flac(AV_SAMPLE_FMT_S32, 24);
            case MP3 ->
                new EncoderSettings(
                        "mp3",
                        "libmp3lame",
                        AV_SAMPLE_FMT_FLTP,
                        0,
                        2,
                        160_000,
                        LAME_HIGH_QUALITY,
                        MP3_RATES_HZ,
                        Map.of());
            case AAC ->
                new EncoderSettings(
                        "ipod", "aac", AV_SAMPLE_FMT_FLTP, 0, 8, 128_000, CODEC_DEFAULT, AAC_RATES_HZ, Map.of());
        };
    }

    private static EncoderSettings wav(String codec, int sampleFormat, int bitsPerSample) {
        return new EncoderSettings(
                "wav",
                codec,
                sampleFormat,
                bitsPerSample,
                AudioFormat.MAX_CHANNELS,
                0,
                CODEC_DEFAULT,
                List.of(),
                RF64_BEYOND_4_GB);
    }

    private static EncoderSettings flac(int sampleFormat, int bitsPerSample) {
        return new EncoderSettings(
                "flac", "flac", sampleFormat, bitsPerSample, 8, 0, CODEC_DEFAULT, List.of(), Map.of());
    }

    long bitRate(int channels) {
        int counted = codec.equals("libmp3lame") ? 2 : channels;
        return (long) bitRatePerChannel * counted;
    }

    /** The rate itself if the codec knows it, otherwise the next higher one that it knows, or its highest. */
    int storedRateHz(int sampleRateHz) {
        return ratesHz.stream()
                .filter(rateHz -> rateHz >= sampleRateHz)
                .findFirst()
                .orElse(ratesHz.isEmpty() ? sampleRateHz : ratesHz.getLast());
    }
}
