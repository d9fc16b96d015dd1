package io.stemline.audio.ffmpeg;

import io.stemline.audio.AudioProbe;
import io.stemline.audio.DecodingLimits;
import io.stemline.audio.ReadOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;

/**
 * Describes a file. Its length is what reading it gives, not what it states: PCM is counted by the bytes that are there,
 * everything else is decoded to its end.
 */
final class Prober {

    /** Containers whose samples follow the header in one piece. */
    private static final Set<String> PLAIN_CONTAINERS = Set.of("wav", "aiff");

    private Prober() {}

    static AudioProbe probe(Path file, DecodingLimits limits) {
        try (Decoder decoder = Decoder.open(file, ReadOptions.asIs().within(limits))) {
            OptionalLong counted = lengthFromBytes(decoder);
            long lengthFrames = counted.isPresent() ? counted.getAsLong() : decoder.countToEnd();
            decoder.limits().requireLength(lengthFrames, decoder.nativeFormat().sampleRateHz());
            List<String> warnings = new ArrayList<>(decoder.warnings());
            if (counted.isPresent()) {
                decoder.cutWarning(lengthFrames).ifPresent(warnings::add);
            }
            AVCodecContext codec = decoder.packets().codec();
            StreamFormat format = decoder.nativeFormat();
            return new AudioProbe(
                    decoder.demuxer().container(),
                    CodecTraits.name(codec),
                    format.sampleRateHz(),
                    format.channels(),
                    format.layoutName(),
                    lengthFrames,
                    CodecTraits.bitsPerSample(codec),
                    format.floatingPoint() && CodecTraits.lossless(codec),
                    decoder.demuxer().audioStreams(),
                    decoder.demuxer().tags(),
                    warnings);
        }
    }

    private static OptionalLong lengthFromBytes(Decoder decoder) {
        AVCodecContext codec = decoder.packets().codec();
        int bytesPerFrame = decoder.nativeFormat().channels() * CodecTraits.bitsPerSample(codec) / Byte.SIZE;
        // A header that contradicts itself says nothing about where frames begin; RF64 can do so about where they end.
        boolean plain = PLAIN_CONTAINERS.contains(decoder.demuxer().container())
                && !decoder.demuxer().isRf64()
                && CodecTraits.pcm(codec)
                && bytesPerFrame == decoder.demuxer().stream().codecpar().block_align();
        OptionalLong stated = decoder.demuxer().statedLengthFrames(codec.sample_rate());
        if (!plain || bytesPerFrame < 1 || stated.isEmpty()) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(Math.min(stated.getAsLong(), decoder.demuxer().bytesAfterHeader() / bytesPerFrame));
    }
}
