package io.stemline.audio.ffmpeg;

import static org.bytedeco.ffmpeg.avformat.AVFormatContext.AVFMT_FLAG_BITEXACT;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_BITEXACT;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_GLOBAL_HEADER;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_rescale_ts;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_encoder_by_name;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_from_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_packet;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_frame;
import static org.bytedeco.ffmpeg.global.avformat.AVFMT_GLOBALHEADER;
import static org.bytedeco.ffmpeg.global.avformat.AVIO_FLAG_WRITE;
import static org.bytedeco.ffmpeg.global.avformat.av_write_frame;
import static org.bytedeco.ffmpeg.global.avformat.av_write_trailer;
import static org.bytedeco.ffmpeg.global.avformat.avformat_alloc_output_context2;
import static org.bytedeco.ffmpeg.global.avformat.avformat_free_context;
import static org.bytedeco.ffmpeg.global.avformat.avformat_new_stream;
import static org.bytedeco.ffmpeg.global.avformat.avformat_write_header;
import static org.bytedeco.ffmpeg.global.avformat.avio_closep;
import static org.bytedeco.ffmpeg.global.avformat.avio_flush;
import static org.bytedeco.ffmpeg.global.avformat.avio_open2;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EAGAIN;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_copy;
import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_default;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_free;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_make_writable;

import io.stemline.audio.AudioFileAccessException;
import io.stemline.audio.AudioFormat;
import io.stemline.audio.AudioSink;
import io.stemline.audio.Encoding;
import io.stemline.audio.UnsupportedAudioException;
import java.nio.file.Path;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.javacpp.BytePointer;

/**
 * Writes a file, in these steps: convert the rate where the codec does not know it, gather as many frames as the codec
 * takes at once, store them in its sample format, encode, write. Closing encodes the rest and completes the header.
 *
 * <p>What the codec cannot hold is refused before the file is touched. A disk that is full or fails is reported by the
 * write or the close that meets it; the file is then incomplete and left where it is. The same samples always give the
 * same bytes: no date and no version goes into the file.
 */
final class Encoder implements AudioSink {

    private static final int PCM_FRAMES_AT_ONCE = 4096;
    private static final int FRAMES_TAKEN_AT_ONCE = 1 << 14;

    private final Path file;
    private final AudioFormat format;
    private final EncoderSettings settings;
    private final int storedHz;
    private final AVFormatContext container = new AVFormatContext(null);
    private final AVIOContext bytes = new AVIOContext(null);
    private final AVPacket packet = av_packet_alloc();
    private final AVFrame frame = av_frame_alloc();
    private final FrameQueue waiting;
    private AVCodecContext codec = new AVCodecContext(null);
    private AVStream stream;
    private FormatConverter toStoredRate;
    private FrameStore store;
    private int framesAtOnce;
    private long encodedFrames;
    private boolean failed;
    private boolean closed;

    private Encoder(Path file, AudioFormat format, EncoderSettings settings) {
        this.file = file;
        this.format = format;
        this.settings = settings;
        this.storedHz = settings.storedRateHz(format.sampleRateHz());
        this.waiting = new FrameQueue(format.channels());
    }

    static Encoder create(Path file, AudioFormat format, Encoding encoding) {
        NativeLog.forget();
        EncoderSettings settings = EncoderSettings.of(encoding);
        if (format.channels() > settings.maxChannels()) {
            throw new UnsupportedAudioException(
                    file,
                    "%s holds at most %d channels, not %d"
                            .formatted(encoding, settings.maxChannels(), format.channels()));
        }
        LocalFile.requireWritable(file);
        Encoder encoder = new Encoder(file, format, settings);
        try {
            encoder.openCodec();
            encoder.openFile();
            return encoder;
        } catch (Throwable e) {
            encoder.free();
            throw e;
        }
    }

    private void openCodec() {
        AVCodec implementation = avcodec_find_encoder_by_name(settings.codec());
        if (implementation == null) {
            throw new UnsupportedAudioException(file, "this FFmpeg has no encoder " + settings.codec());
        }
        requireSupported(avformat_alloc_output_context2(container, null, settings.container(), null));
        container.flags(container.flags() | AVFMT_FLAG_BITEXACT);
        codec = avcodec_alloc_context3(implementation);
        av_channel_layout_default(codec.ch_layout(), format.channels());
        codec.sample_rate(storedHz);
        codec.sample_fmt(settings.sampleFormat());
        codec.bits_per_raw_sample(settings.bitsPerSample());
        codec.bit_rate(settings.bitRate(format.channels()));
        codec.thread_count(1);
        codec.flags(codec.flags() | AV_CODEC_FLAG_BITEXACT);
        if ((container.oformat().flags() & AVFMT_GLOBALHEADER) != 0) {
            codec.flags(codec.flags() | AV_CODEC_FLAG_GLOBAL_HEADER);
        }
        if (settings.compressionLevel() >= 0) {
            codec.compression_level(settings.compressionLevel());
        }
        try (AVRational framePeriod = new AVRational().num(1).den(storedHz)) {
            codec.time_base(framePeriod);
            requireSupported(avcodec_open2(codec, implementation, (AVDictionary) null));
            stream = avformat_new_stream(container, null);
            stream.time_base(framePeriod);
        }
        requireSupported(avcodec_parameters_from_context(stream.codecpar(), codec));
        framesAtOnce = codec.frame_size() > 0 ? codec.frame_size() : PCM_FRAMES_AT_ONCE;
        prepareFrame();
        if (storedHz != format.sampleRateHz()) {
            toStoredRate = new FormatConverter(format.channels(), format.sampleRateHz(), storedHz);
        }
    }

    private void prepareFrame() {
        frame.nb_samples(framesAtOnce);
        frame.format(settings.sampleFormat());
        frame.sample_rate(storedHz);
        av_channel_layout_copy(frame.ch_layout(), codec.ch_layout());
        requireSupported(av_frame_get_buffer(frame, 0));
        store = FrameStore.of(settings, format.channels(), framesAtOnce);
    }

    private void openFile() {
        AVDictionary options = new AVDictionary(null);
        try (BytePointer address = LocalFile.address(file)) {
            requireWritten(avio_open2(bytes, address, AVIO_FLAG_WRITE, null, null));
            container.pb(bytes);
            settings.containerOptions().forEach((name, value) -> av_dict_set(options, name, value, 0));
            requireWritten(avformat_write_header(container, options));
        } finally {
            av_dict_free(options);
        }
    }

    @Override
    public AudioFormat format() {
        return format;
    }

    @Override
    public void write(float[][] block, int offset, int frames) {
        if (closed) {
            throw new IllegalStateException(file + " is closed");
        }
        for (int taken = 0; taken < frames; taken += FRAMES_TAKEN_AT_ONCE) {
            take(block, offset + taken, Math.min(FRAMES_TAKEN_AT_ONCE, frames - taken));
        }
    }

    private void take(float[][] block, int offset, int frames) {
        if (toStoredRate == null) {
            waiting.append(block, offset, frames);
        } else {
            toStoredRate.processTo(waiting, block, offset, frames);
        }
        while (waiting.frames() >= framesAtOnce) {
            encode(framesAtOnce);
        }
    }

    private void encode(int frames) {
        requireWritten(av_frame_make_writable(frame));
        frame.nb_samples(frames);
        frame.pts(encodedFrames);
        store.fill(frame, waiting, frames);
        encodedFrames += frames;
        requireWritten(avcodec_send_frame(codec, frame));
        writePackets();
    }

    private void writePackets() {
        while (true) {
            int result = avcodec_receive_packet(codec, packet);
            if (result == AVERROR_EAGAIN() || result == AVERROR_EOF()) {
                return;
            }
            requireWritten(result);
            if (packet.size() > 0 && packet.duration() == 0) {
                // LAME's last packet may hold nothing but padding. Its file then plays longer than what was written.
                av_packet_unref(packet);
                continue;
            }
            packet.stream_index(stream.index());
            av_packet_rescale_ts(packet, codec.time_base(), stream.time_base());
            result = av_write_frame(container, packet);
            av_packet_unref(packet);
            requireWritten(result);
            requireWritten(bytes.error());
        }
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            if (!failed) {
                complete();
            }
        } finally {
            free();
        }
    }

    private void complete() {
        if (toStoredRate != null) {
            toStoredRate.finishTo(waiting);
        }
        while (waiting.frames() > 0) {
            encode(Math.min(framesAtOnce, waiting.frames()));
        }
        requireWritten(avcodec_send_frame(codec, null));
        writePackets();
        requireWritten(av_write_trailer(container));
        avio_flush(bytes);
        requireWritten(bytes.error());
        requireWritten(avio_closep(bytes));
    }

    private void free() {
        if (toStoredRate != null) {
            toStoredRate.close();
        }
        avcodec_free_context(codec);
        av_packet_free(packet);
        av_frame_free(frame);
        if (!bytes.isNull()) {
            avio_closep(bytes);
        }
        avformat_free_context(container);
    }

    private void requireWritten(int result) {
        if (result < 0) {
            failed = true;
            throw new AudioFileAccessException(file, "the file cannot be written (" + Ffmpeg.reason(result) + ")");
        }
    }

    private void requireSupported(int result) {
        if (result < 0) {
            throw new UnsupportedAudioException(
                    file,
                    "%s cannot hold %d channels at %d Hz (%s)"
                            .formatted(settings.codec(), format.channels(), storedHz, Ffmpeg.reason(result)));
        }
    }
}
