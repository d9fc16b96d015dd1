package io.stemline.audio.ffmpeg;

import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avformat.AVFMT_DURATION_FROM_BITRATE;
import static org.bytedeco.ffmpeg.global.avformat.AVIO_FLAG_READ;
import static org.bytedeco.ffmpeg.global.avformat.AVSEEK_FLAG_BACKWARD;
import static org.bytedeco.ffmpeg.global.avformat.av_read_frame;
import static org.bytedeco.ffmpeg.global.avformat.av_seek_frame;
import static org.bytedeco.ffmpeg.global.avformat.avformat_alloc_context;
import static org.bytedeco.ffmpeg.global.avformat.avformat_close_input;
import static org.bytedeco.ffmpeg.global.avformat.avformat_find_stream_info;
import static org.bytedeco.ffmpeg.global.avformat.avformat_open_input;
import static org.bytedeco.ffmpeg.global.avformat.avio_closep;
import static org.bytedeco.ffmpeg.global.avformat.avio_open2;
import static org.bytedeco.ffmpeg.global.avformat.avio_tell;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EAGAIN;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_AUDIO;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_free;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_iterate;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;
import static org.bytedeco.ffmpeg.global.avutil.av_rescale;

import io.stemline.audio.AudioFileAccessException;
import io.stemline.audio.DecodingLimits;
import io.stemline.audio.NoSuchStreamException;
import io.stemline.audio.NotAudioException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVDictionaryEntry;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.javacpp.BytePointer;

/**
 * An open file taken apart into the packets of one of its audio streams.
 *
 * <p>Only this one file is ever opened: a playlist or a reference to another file or address inside it leads nowhere.
 */
final class Demuxer implements AutoCloseable {

    private static final int MAX_BROKEN_PACKETS_IN_A_ROW = 100;

    private final Path file;
    private final long sizeBytes;
    private final Limits limits;
    private final AVIOContext bytes = new AVIOContext(null);
    private AVFormatContext context = new AVFormatContext(null);
    private final List<AVStream> audioStreams = new ArrayList<>();
    private AVStream stream;
    private long firstSampleByte;
    private long wavDataBytes;
    private boolean rf64;
    private int brokenPackets;

    private Demuxer(Path file, long sizeBytes, Limits limits) {
        this.file = file;
        this.sizeBytes = sizeBytes;
        this.limits = limits;
    }

    /**
     * @param audioStream which of the audio streams to read, from 0
     */
    static Demuxer open(Path file, int audioStream, DecodingLimits most) {
        NativeLog.forget();
        Demuxer demuxer = new Demuxer(file, LocalFile.requireReadable(file), new Limits(file, most));
        try {
            demuxer.limits.requireSize(demuxer.sizeBytes);
            demuxer.openContainer();
            demuxer.select(audioStream);
            return demuxer;
        } catch (Throwable e) {
            demuxer.close();
            throw e;
        }
    }

    private void openContainer() {
        AVDictionary options = new AVDictionary(null);
        try (BytePointer address = LocalFile.address(file)) {
            int result = avio_open2(bytes, address, AVIO_FLAG_READ, null, null);
            if (result < 0) {
                throw new AudioFileAccessException(file, "the file cannot be opened (" + Ffmpeg.reason(result) + ")");
            }
            context = avformat_alloc_context();
            context.pb(bytes);
            av_dict_set(options, "protocol_whitelist", "none", 0);
            result = avformat_open_input(context, address, null, options);
            requireAudio(result);
            firstSampleByte = avio_tell(bytes);
            rf64 = container().equals("wav") && WavHeader.isRf64(file);
            wavDataBytes = container().equals("wav") && !rf64 ? WavHeader.dataBytes(file, firstSampleByte) : 0;
            requireAudio(avformat_find_stream_info(context, (AVDictionary) null));
        } finally {
            av_dict_free(options);
        }
    }

    private void requireAudio(int result) {
        if (result < 0) {
            throw new NotAudioException(file, "not audio that can be decoded (" + Ffmpeg.reason(result) + ")");
        }
    }

    private void select(int audioStream) {
        for (int index = 0; index < context.nb_streams(); index++) {
            AVStream candidate = context.streams(index);
            candidate.discard(avcodec.AVDISCARD_ALL);
            if (candidate.codecpar().codec_type() == AVMEDIA_TYPE_AUDIO) {
                audioStreams.add(candidate);
            }
        }
        if (audioStreams.isEmpty()) {
            throw new NotAudioException(file, "there is no sound in this file, only pictures or other data");
        }
        if (audioStream >= audioStreams.size()) {
            throw new NoSuchStreamException(
                    file,
                    "there is no audio stream %d, the file has %d counted from 0"
                            .formatted(audioStream, audioStreams.size()));
        }
        stream = audioStreams.get(audioStream);
        stream.discard(avcodec.AVDISCARD_DEFAULT);
    }

    Path file() {
        return file;
    }

    Limits limits() {
        return limits;
    }

    AVStream stream() {
        return stream;
    }

    int audioStreams() {
        return audioStreams.size();
    }

    /** FFmpeg's name of the container; the family of QuickTime is called mp4. */
    String container() {
        String names = context.iformat().name().getString();
        if (names.startsWith("mov,")) {
            return "mp4";
        }
        int comma = names.indexOf(',');
        return comma < 0 ? names : names.substring(0, comma);
    }

    /** The tags of the file and, where the file itself does not have them, of the stream. */
    Map<String, String> tags() {
        Map<String, String> tags = new LinkedHashMap<>();
        collect(context.metadata(), tags);
        collect(stream.metadata(), tags);
        return tags;
    }

    private static void collect(AVDictionary dictionary, Map<String, String> tags) {
        AVDictionaryEntry entry = av_dict_iterate(dictionary, null);
        while (entry != null && !entry.isNull()) {
            String name = entry.key().getString(StandardCharsets.UTF_8).toLowerCase(Locale.ROOT);
            tags.putIfAbsent(name, entry.value().getString(StandardCharsets.UTF_8));
            entry = av_dict_iterate(dictionary, entry);
        }
    }

    /** The length that the container states for the stream, unless FFmpeg only guessed it from the bit rate. */
    OptionalLong statedLengthFrames(int sampleRateHz) {
        if (wavDataBytes > 0 && stream.codecpar().block_align() > 0) {
            return OptionalLong.of(wavDataBytes / stream.codecpar().block_align());
        }
        long duration = stream.duration();
        boolean guessed = context.duration_estimation_method() == AVFMT_DURATION_FROM_BITRATE;
        if (guessed || duration == AV_NOPTS_VALUE || duration < 0) {
            return OptionalLong.empty();
        }
        long frames = av_rescale(
                duration,
                (long) stream.time_base().num() * sampleRateHz,
                stream.time_base().den());
        return OptionalLong.of(frames);
    }

    boolean isRf64() {
        return rf64;
    }

    /** How many bytes of samples the file really has if they follow its header to its end. */
    long bytesAfterHeader() {
        return Math.max(0, sizeBytes - firstSampleByte);
    }

    /** How many pieces of the container could not be read and were skipped so far. */
    int brokenPackets() {
        return brokenPackets;
    }

    /**
     * Reads the stream's next packet.
     *
     * @return false at the end of the file
     */
    boolean next(AVPacket packet) {
        int failures = 0;
        while (failures < MAX_BROKEN_PACKETS_IN_A_ROW) {
            limits.requireSoundInTime();
            int result = av_read_frame(context, packet);
            if (result >= 0 && packet.stream_index() == stream.index()) {
                return true;
            }
            if (result >= 0) {
                av_packet_unref(packet);
            } else if (bytes.error() < 0 && bytes.error() != AVERROR_EOF()) {
                throw new AudioFileAccessException(
                        file, "the file cannot be read any further (" + Ffmpeg.reason(bytes.error()) + ")");
            } else if (result == AVERROR_EOF()) {
                return false;
            } else {
                failures++;
                brokenPackets += result == AVERROR_EAGAIN() ? 0 : 1;
            }
        }
        return false;
    }

    /**
     * Goes to a packet at or before a time.
     *
     * @param time in the stream's time base
     * @return false if the place cannot be found; then the demuxer is anywhere
     */
    boolean goTo(long time) {
        return av_seek_frame(context, stream.index(), time, AVSEEK_FLAG_BACKWARD) >= 0;
    }

    @Override
    public void close() {
        if (!context.isNull()) {
            avformat_close_input(context);
        }
        if (!bytes.isNull()) {
            avio_closep(bytes);
        }
    }
}
