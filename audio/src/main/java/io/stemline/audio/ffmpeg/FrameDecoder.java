package io.stemline.audio.ffmpeg;

import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_decoder;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_flush_buffers;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_get_name;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_to_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_frame;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_packet;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EAGAIN;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;

import io.stemline.audio.NotAudioException;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/** Decodes the packets of a demuxer one after another. What cannot be decoded is skipped and counted. */
final class FrameDecoder implements AutoCloseable {

    private final Demuxer demuxer;
    private final AVCodecContext codec = avcodec_alloc_context3(null);
    private final AVPacket packet = av_packet_alloc();
    private final AVFrame frame = av_frame_alloc();
    private int undecodablePackets;
    private String lastReason = "";

    FrameDecoder(Demuxer demuxer) {
        this.demuxer = demuxer;
        AVStream stream = demuxer.stream();
        int codecId = stream.codecpar().codec_id();
        AVCodec decoder = avcodec_find_decoder(codecId);
        if (decoder == null) {
            close();
            throw new NotAudioException(
                    demuxer.file(),
                    "there is no decoder for its codec %s"
                            .formatted(avcodec_get_name(codecId).getString()));
        }
        avcodec_parameters_to_context(codec, stream.codecpar());
        codec.pkt_timebase(stream.time_base());
        codec.thread_count(1);
        int result = avcodec_open2(codec, decoder, (AVDictionary) null);
        if (result < 0) {
            close();
            throw new NotAudioException(
                    demuxer.file(), "not audio that can be decoded (" + Ffmpeg.reason(result) + ")");
        }
    }

    AVCodecContext codec() {
        return codec;
    }

    /** The frame that {@link #next} decoded, valid until the next call. */
    AVFrame frame() {
        return frame;
    }

    int undecodablePackets() {
        return undecodablePackets;
    }

    /** FFmpeg's words for the last failure, or nothing. */
    String lastReason() {
        return lastReason;
    }

    /**
     * Decodes the next frame.
     *
     * @return false at the end of the stream
     */
    boolean next() {
        demuxer.limits().startWaiting();
        while (true) {
            demuxer.limits().requireSoundInTime();
            int result = avcodec_receive_frame(codec, frame);
            if (result >= 0) {
                return true;
            }
            if (result == AVERROR_EOF()) {
                return false;
            }
            if (result == AVERROR_EAGAIN()) {
                feed();
            } else {
                countFailure(result);
            }
        }
    }

    /** Forgets what is half decoded, after the demuxer went to another place. */
    void flush() {
        avcodec_flush_buffers(codec);
    }

    private void feed() {
        if (!demuxer.next(packet)) {
            avcodec_send_packet(codec, null);
            return;
        }
        int result = avcodec_send_packet(codec, packet);
        av_packet_unref(packet);
        if (result < 0) {
            countFailure(result);
        }
    }

    private void countFailure(int result) {
        if (CodecTraits.pcm(codec)) {
            // Only the torn last frame of a file that was cut cannot be decoded, and a cut is reported as such.
            return;
        }
        undecodablePackets++;
        lastReason = Ffmpeg.reason(result);
    }

    @Override
    public void close() {
        avcodec_free_context(codec);
        av_packet_free(packet);
        av_frame_free(frame);
    }
}
